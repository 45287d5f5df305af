import { describe, expect, it } from 'vitest';
import { licence } from './licence.js';
import { namedLicenceExpression } from './licence-names.js';
import { spdxExpression, spdxLicenceId } from './spdx-expression.js';

describe('spdxExpression', () => {
  // SPDX 2.3, annex D.
  it.each([
    ['MIT', 'MIT'],
    ['mit', 'MIT'],
    ['  Apache-2.0 ', 'Apache-2.0'],
    ['MIT or apache-2.0', 'MIT OR Apache-2.0'],
    ['MIT AND (ISC OR Zlib)', 'MIT AND (ISC OR Zlib)'],
    ['((MIT))', '((MIT))'],
    ['GPL-2.0-or-later WITH Classpath-exception-2.0', 'GPL-2.0-or-later WITH Classpath-exception-2.0'],
    ['gpl-3.0-only with gcc-exception-3.1 OR MIT', 'GPL-3.0-only WITH GCC-exception-3.1 OR MIT'],
    ['Apache-1.0+', 'Apache-1.0+'],
    ['GPL-2.0', 'GPL-2.0-only'],
    ['GPL-2.0+', 'GPL-2.0-or-later'],
    ['LGPL-2.1+', 'LGPL-2.1-or-later'],
    ['AGPL-3.0', 'AGPL-3.0-only'],
    ['', undefined],
    ['UNLICENSED', undefined],
    ['SEE LICENSE IN LICENSE.txt', undefined],
    ['BSD', undefined],
    ['MIT OR', undefined],
    ['OR MIT', undefined],
    ['MIT ISC', undefined],
    ['MIT/ISC', undefined],
    ['(MIT', undefined],
    ['MIT)', undefined],
    ['MIT WITH nothing', undefined],
    ['MIT WITH', undefined],
    ['LicenseRef-mine', undefined],
    ['('.repeat(3000), undefined],
    [`${'('.repeat(900)}MIT${')'.repeat(900)}`, `${'('.repeat(900)}MIT${')'.repeat(900)}`],
  ])('reads %j as %j', (text, expected) => {
    expect(spdxExpression(text)).toBe(expected);
  });

  it('knows ids in any case, and nothing else', () => {
    expect(['0BSD', 'bsd-3-clause', 'nope', '__proto__'].map(spdxLicenceId)).toEqual(['0BSD', 'BSD-3-Clause', undefined, undefined]);
  });
});

describe('namedLicenceExpression', () => {
  it.each([
    ['The MIT License', 'MIT'],
    ['MIT License', 'MIT'],
    ['Apache License, Version 2.0', 'Apache-2.0'],
    ['Apache 2.0', 'Apache-2.0'],
    ['3-Clause BSD License', 'BSD-3-Clause'],
    ['GPLv3+', 'GPL-3.0-or-later'],
    // Each of these leaves a choice of versions or of texts.
    ['Apache', undefined],
    ['BSD', undefined],
    ['GPL', undefined],
    ['GPLv2', undefined],
    ['LGPL', undefined],
    ['constructor', undefined],
  ])('reads %j as %j', (name, expected) => {
    expect(namedLicenceExpression(name)).toBe(expected);
  });
});

describe('licence', () => {
  it('keeps the first line of a text, and not more of it than a name needs', () => {
    expect(licence(`  ${'x'.repeat(400)}\nsecond`)).toEqual({ declared: `${'x'.repeat(300)}…` });
  });
});

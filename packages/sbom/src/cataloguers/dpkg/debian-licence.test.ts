import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { debianLicence } from './debian-licence.js';
import { parseCopyright } from './parse-copyright.js';

const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, 'fixtures/copyright', name), 'utf8');

describe('parseCopyright', () => {
  it('takes the short names of a machine-readable file, each once', () => {
    const text = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: GPL-2+\n\nFiles: a\nLicense: Expat\n text\n\nLicense: GPL-2+\n text\n';
    expect(parseCopyright(text)).toEqual([
      { name: 'GPL-2+', isReference: false },
      { name: 'Expat', isReference: false },
    ]);
  });

  it('takes references to common texts of any other file', () => {
    const text = 'The text is in /usr/share/common-licenses/GPL-2.\nThat of the library in `/usr/share/common-licenses/LGPL-2.1\', see above.\n';
    expect(parseCopyright(text)).toEqual([
      { name: 'GPL-2', isReference: true },
      { name: 'LGPL-2.1', isReference: true },
    ]);
  });

  it('takes the short names of a package of Debian', () => {
    expect(parseCopyright(fixture('libaudit-common')).map(({ name }) => name)).toEqual(['GPL-2', 'LGPL-2.1']);
  });

  it('takes no short names of a file that is not said to be machine-readable', () => {
    expect(parseCopyright(fixture('trilicense'))).toEqual([]);
  });
});

describe('a copyright file that is not machine-readable', () => {
  const expressions = (name: string): readonly (string | undefined)[] => parseCopyright(fixture(name)).map((found) => debianLicence(found, '/copyright').spdxExpression ?? found.name);

  // As a person reads them.
  it.each([
    ['libmpc3', ['LGPL-3.0-or-later']],
    ['libsemanage2', ['GPL', 'LGPL-2.1-or-later']],
    ['binutils', ['LGPL', 'GPL-3.0-or-later', 'GFDL-1.3-no-invariants-or-later']],
    ['ca-certificates-java', ['GPL']],
    ['gcc-defaults', ['GPL-2.0-or-later', 'BSD-4-Clause']],
    ['fontconfig', ['HPND-sell-variant']],
    ['trilicense', []],
  ])('of %s grants %j', (name, expected) => {
    expect(expressions(name)).toEqual(expected);
  });

  it('names the file of a licence text, which nobody named', () => {
    expect(parseCopyright(fixture('fontconfig')).map((found) => debianLicence(found, '/usr/share/doc/fontconfig/copyright'))).toEqual([
      { declared: '/usr/share/doc/fontconfig/copyright', spdxExpression: 'HPND-sell-variant', acknowledgement: 'concluded', confidence: 1 },
    ]);
  });
});

describe('names that a machine-readable file defines itself', () => {
  const file = (licences: string): string => `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n${licences}`;
  const bsd = `Redistributions of source code must retain the above copyright notice\n Redistributions in binary form must reproduce the above copyright notice\n The names may be used to endorse or promote products derived from this software\n ANY EXPRESS OR IMPLIED WARRANTIES`;

  it.each<[string, string, string, string | undefined]>([
    ['are the text behind them', 'BSD3', `License: BSD3\n ${bsd}\n`, 'BSD-3-Clause'],
    ['are what their author grants', 'LPGL-2.1+', 'License: LPGL-2.1+\n under the GNU Lesser General Public License as published by the Free Software Foundation;\n either version 2.1 of the License, or (at your option) any later version.\n', 'LGPL-2.1-or-later'],
    ['are the common text they refer to', 'Perl-Artistic', 'License: Perl-Artistic\n See /usr/share/common-licenses/Artistic.\n', 'Artistic-1.0-Perl'],
    ['count among others', 'Expat and BSD3', `License: Expat and BSD3\n\nLicense: BSD3\n ${bsd}\n`, 'MIT AND BSD-3-Clause'],
    ['are not told of a text with more in it', 'BSD3', `License: BSD3\n ${bsd}\n ${'And one more clause. '.repeat(60)}\n`, undefined],
    ['are not told of prose', 'ad-hoc', 'License: ad-hoc\n Do what you like.\n', undefined],
    ['never are another than the standard has', 'ISC', `License: ISC\n ${bsd}\n`, 'ISC'],
  ])('%s', (_what, name, licences, expected) => {
    const found = parseCopyright(file(licences)).find((each) => each.name === name);
    expect(found === undefined ? 'none' : debianLicence(found, '/copyright').spdxExpression).toBe(expected);
  });
});

describe('debianLicence', () => {
  // copyright-format 1.0, section 7, beside the SPDX licence list.
  it.each([
    ['GPL-2', 'GPL-2.0-only'],
    ['GPL-2+', 'GPL-2.0-or-later'],
    ['GPL-3.0+', 'GPL-3.0-or-later'],
    ['LGPL-2.1', 'LGPL-2.1-only'],
    ['LGPL-2+', 'LGPL-2.0-or-later'],
    ['GFDL-1.3+', 'GFDL-1.3-or-later'],
    ['GFDL-NIV-1.3+', 'GFDL-1.3-no-invariants-or-later'],
    ['Expat', 'MIT'],
    ['Apache-2', 'Apache-2.0'],
    ['BSD-3-clause', 'BSD-3-Clause'],
    ['zlib', 'Zlib'],
    ['GPL-2+ or Artistic-2.0', 'GPL-2.0-or-later OR Artistic-2.0'],
    ['GPL-2+ and Expat', 'GPL-2.0-or-later AND MIT'],
    ['Expat or GPL-2 and ISC', 'MIT OR GPL-2.0-only AND ISC'],
    ['Expat or ISC, and Zlib', '(MIT OR ISC) AND Zlib'],
    ['GPL-2+ with Libtool exception', 'GPL-2.0-or-later WITH Libtool-exception'],
    ['GPL-2 with Linux-syscall-note exception', 'GPL-2.0-only WITH Linux-syscall-note'],
    ['GPL-2+ with OpenSSL exception', undefined],
    ['GPL', undefined],
    ['Artistic or GPL-1+', undefined],
    ['BSD', undefined],
    ['public-domain', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('maps %j to %j', (name, spdxExpression) => {
    expect(debianLicence({ name, isReference: false }, '/copyright').spdxExpression).toBe(spdxExpression);
  });

  // A reference to the text of version 2 does not say whether a later version may be chosen.
  it.each([
    ['GPL-2', undefined],
    ['LGPL-3', undefined],
    ['Apache-2.0', 'Apache-2.0'],
    // So says the copyright file of base-files, which brings the texts.
    ['Artistic', 'Artistic-1.0-Perl'],
  ])('maps a reference to %s to %j', (name, spdxExpression) => {
    expect(debianLicence({ name, isReference: true }, '/copyright')).toEqual({ declared: name, ...(spdxExpression === undefined ? {} : { spdxExpression }) });
  });
});

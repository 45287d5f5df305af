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
    ['GPL-2+ with OpenSSL exception', undefined],
    ['GPL', undefined],
    ['Artistic or GPL-1+', undefined],
    ['BSD', undefined],
    ['public-domain', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('maps %j to %j', (name, spdxExpression) => {
    expect(debianLicence({ name, isReference: false }).spdxExpression).toBe(spdxExpression);
  });

  // A reference to the text of version 2 does not say whether a later version may be chosen.
  it.each([
    ['GPL-2', undefined],
    ['LGPL-3', undefined],
    ['Apache-2.0', 'Apache-2.0'],
    ['Artistic', undefined],
  ])('maps a reference to %s to %j', (name, spdxExpression) => {
    expect(debianLicence({ name, isReference: true })).toEqual({ declared: name, ...(spdxExpression === undefined ? {} : { spdxExpression }) });
  });
});

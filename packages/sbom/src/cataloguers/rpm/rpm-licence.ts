import type { Licence } from '../../catalogue.js';
import { namedLicenceExpression } from '../../licences/licence-names.js';
import { licence } from '../../licences/licence.js';
import { spdxExpression } from '../../licences/spdx-expression.js';

/**
 * Short names of Fedora and what descends from it, from before they took SPDX ids (2022), that mean exactly one licence.
 * `BSD`, `Python`, `Artistic` and the like stand for several and are left as declared.
 */
const shortNames: Readonly<Record<string, string>> = {
  'GPL+': 'GPL-1.0-or-later',
  GPLv1: 'GPL-1.0-only',
  GPLv2: 'GPL-2.0-only',
  'GPLv2+': 'GPL-2.0-or-later',
  GPLv3: 'GPL-3.0-only',
  'GPLv3+': 'GPL-3.0-or-later',
  'LGPLv2+': 'LGPL-2.0-or-later',
  'LGPLv2.1': 'LGPL-2.1-only',
  'LGPLv2.1+': 'LGPL-2.1-or-later',
  LGPLv3: 'LGPL-3.0-only',
  'LGPLv3+': 'LGPL-3.0-or-later',
  AGPLv3: 'AGPL-3.0-only',
  'AGPLv3+': 'AGPL-3.0-or-later',
  'ASL 1.1': 'Apache-1.1',
  'ASL 2.0': 'Apache-2.0',
  'Artistic 2.0': 'Artistic-2.0',
  Boost: 'BSL-1.0',
  CC0: 'CC0-1.0',
  'MPLv1.0': 'MPL-1.0',
  'MPLv1.1': 'MPL-1.1',
  'MPLv2.0': 'MPL-2.0',
  OFL: 'OFL-1.1',
  'ZPLv2.0': 'ZPL-2.0',
  'ZPLv2.1': 'ZPL-2.1',
  zlib: 'Zlib',
};

/** Longest declaration that is taken apart. */
const maximumLength = 1000;

/** The licence of an rpm package, with an SPDX expression where each of its names means one licence. */
export function rpmLicence(declared: string): Licence {
  if (declared.length > maximumLength) return licence(declared);
  const expression = namedLicenceExpression(declared) ?? spdxExpression(withSpdxNames(declared));
  return licence(declared, expression);
}

function withSpdxNames(declared: string): string {
  return declared
    .split(/(\(|\)|\s+(?:and|or|AND|OR)\s+)/)
    .map((part) => shortNames[part.trim()] ?? part)
    .join('');
}

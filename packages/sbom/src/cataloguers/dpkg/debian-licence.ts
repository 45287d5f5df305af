import type { Licence } from '../../catalogue.js';
import { licence } from '../../licences/licence.js';
import { commonLicence, shortNameExpression } from './debian-short-names.js';
import type { CopyrightLicence } from './parse-copyright.js';

/** A licence of a Debian copyright file, with its SPDX expression where the specification of the short names or the file itself gives one. */
export function debianLicence({ name, isReference, spdxExpression: told }: CopyrightLicence, file: string): Licence {
  if (name === '' && told !== undefined) return { declared: file, spdxExpression: told, acknowledgement: 'concluded', confidence: 1 };
  return licence(name, told ?? (isReference ? commonLicence(name) : shortNameExpression(name)));
}

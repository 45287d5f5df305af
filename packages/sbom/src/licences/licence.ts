import type { Licence } from '../catalogue.js';
import { spdxExpression } from './spdx-expression.js';

// A package that writes the whole text of its licence where a name belongs is known by its first line.
const maximumDeclaredLength = 300;

/** A licence as declared, with its SPDX expression when the declaration is one. */
export function licence(declared: string, expression = spdxExpression(declared)): Licence {
  const line = declared.trim().split('\n')[0]?.trim() ?? '';
  const shortened = line.length > maximumDeclaredLength ? `${line.slice(0, maximumDeclaredLength)}…` : line;
  return expression === undefined ? { declared: shortened } : { declared: shortened, spdxExpression: expression };
}

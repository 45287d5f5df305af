import type { Licence } from '../../catalogue.js';
import { spdxLicenceId } from '../../licences/spdx-expression.js';

type CycloneDxLicence = { readonly id: string; readonly acknowledgement: 'declared' } | { readonly name: string; readonly acknowledgement: 'declared' };

export type CycloneDxLicenceChoice = { readonly license: CycloneDxLicence } | { readonly expression: string; readonly acknowledgement: 'declared' };

/** On the SPDX list, and younger than the list that the 1.6 schema accepts as `license.id`. */
const idsUnknownToSchema = new Set([
  'atc-game',
  'Brian-Gladman-3-Clause-no-conversion',
  'BSD-2-Clause-pos-unchanged',
  'BSD-3-Clause-OpenWebUI',
  'BSD-ask-to-endorse',
  'BSD-Source-alt-GPL',
  'BSD-Source-Code-no-disclaimer',
  'Bugroff',
  'CC-BY-NC-3.0-IGO',
  'FDK-MPEG-H',
  'Hippocratic-3.0-core',
  'Informatica',
  'MVT-1.1',
]);

const acknowledgement = 'declared';

/**
 * Licences of a component: one compound expression as `expression`, which the schema allows only alone; otherwise ids for
 * what is on the SPDX list and names for the rest, compound expressions among several as names. Without duplicates.
 */
export function cycloneDxLicences(licences: readonly Licence[]): readonly CycloneDxLicenceChoice[] {
  const [first] = licences;
  if (licences.length === 1 && first?.spdxExpression !== undefined && schemaId(first.spdxExpression) === undefined) {
    return [{ expression: first.spdxExpression, acknowledgement }];
  }
  const choices = licences.map(({ declared, spdxExpression }): CycloneDxLicenceChoice => {
    const id = spdxExpression === undefined ? undefined : schemaId(spdxExpression);
    return { license: id === undefined ? { name: spdxExpression ?? declared, acknowledgement } : { id, acknowledgement } };
  });
  return [...new Map(choices.map((choice) => [JSON.stringify(choice), choice])).values()];
}

/** The expression when it is one id that `license.id` may hold. */
function schemaId(expression: string): string | undefined {
  return spdxLicenceId(expression) === expression && !idsUnknownToSchema.has(expression) ? expression : undefined;
}

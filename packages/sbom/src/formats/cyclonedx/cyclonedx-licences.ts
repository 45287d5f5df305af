import type { Licence } from '../../catalogue.js';
import { spdxLicenceId } from '../../licences/spdx-expression.js';
import type { CycloneDxLicenceChoice, CycloneDxVersion } from './cyclonedx-model.js';

/** On the SPDX list, and younger than the list that versions 1.6 and 1.7 were published with as values of `license.id`. */
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

/**
 * Licences of a component: ids for what is on the SPDX list, expressions, and names for the rest. Version 1.6 allows an
 * expression only alone; among several it stands as a name there. Without duplicates.
 */
export function cycloneDxLicences(licences: readonly Licence[], version: CycloneDxVersion): readonly CycloneDxLicenceChoice[] {
  const mayMix = version !== '1.6' || licences.length === 1;
  const choices = licences.map(({ declared, spdxExpression, acknowledgement = 'declared' }): CycloneDxLicenceChoice => {
    const id = spdxExpression === undefined ? undefined : schemaId(spdxExpression);
    if (id !== undefined) return { license: { id, acknowledgement } };
    if (spdxExpression !== undefined && mayMix) return { expression: spdxExpression, acknowledgement };
    return { license: { name: spdxExpression ?? declared, acknowledgement } };
  });
  return [...new Map(choices.map((choice) => [JSON.stringify(choice), choice])).values()];
}

/** The expression when it is one id that `license.id` may hold. */
function schemaId(expression: string): string | undefined {
  return spdxLicenceId(expression) === expression && !idsUnknownToSchema.has(expression) ? expression : undefined;
}

import type { AdvisoryPackage } from '../database/changed-packages.js';
import { distributionEcosystems } from './distribution-ecosystems.js';
import { isOperatingSystemPackage, languageLookUps, operatingSystemLookUps } from './look-ups.js';
import type { MatchInput } from './match-components.js';

/**
 * Every package the matcher would ask the database for on behalf of an image, once each: what to keep beside a stored image so
 * that changed packages lead back to it. An ecosystem that holds `*` is a pattern, since some distributions are spread over
 * ecosystems that only the database knows; hold it against a name with `isEcosystem`.
 */
export function packagesAskedFor(input: MatchInput): AdvisoryPackage[] {
  const data = input.distribution === undefined ? undefined : distributionEcosystems(input.distribution);
  const packages = new Map<string, AdvisoryPackage>();
  for (const component of input.components) {
    const lookUps = isOperatingSystemPackage(component) ? operatingSystemLookUps(component, data?.ecosystems ?? []) : languageLookUps(component);
    for (const { ecosystem, name } of lookUps) packages.set(`${ecosystem}\n${name}`, { ecosystem, name });
  }
  return [...packages.values()];
}

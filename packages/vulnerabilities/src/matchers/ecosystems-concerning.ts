import { distributionEcosystems } from './distribution-ecosystems.js';
import { isOperatingSystemPackage, languageLookUps } from './look-ups.js';
import type { MatchDistribution } from './match-input.js';

/**
 * Every advisory ecosystem whose coming or going changes how an image is judged, whatever its packages ask for: those of its packages,
 * by their types (`deb`, `npm`), and those that tell what the silence of its distribution means. A name that holds `*` is a pattern;
 * hold it against a name with `isEcosystem`.
 */
export function ecosystemsConcerning(packageTypes: readonly string[], distribution: MatchDistribution | undefined): string[] {
  const data = distribution === undefined || !packageTypes.some((type) => isOperatingSystemPackage({ ecosystem: type })) ? undefined : distributionEcosystems(distribution);
  const ofDistribution = data === undefined ? [] : [...data.ecosystems.map(({ ecosystem }) => ecosystem), data.completeWith, data.listsFixesOnly];
  // Drupal's packages are asked for in a second place.
  const ofLanguages = packageTypes.filter((type) => !isOperatingSystemPackage({ ecosystem: type })).flatMap((type) => languageLookUps({ id: '', ecosystem: type, name: 'drupal/core', version: '', packageUrl: '', locations: [] }));
  return [...new Set([...ofDistribution.filter((name) => typeof name === 'string'), ...ofLanguages.map(({ ecosystem }) => ecosystem)])];
}

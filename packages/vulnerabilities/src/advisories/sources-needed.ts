import { distributionEcosystems } from '../matchers/distribution-ecosystems.js';
import { isOperatingSystemPackage, languageEcosystem } from '../matchers/look-ups.js';
import type { MatchInput } from '../matchers/match-components.js';
import { baseEcosystem } from '../ecosystems/ecosystems.js';
import { sourcesOfEcosystem } from './sources-of-ecosystem.js';

/** Facts about vulnerabilities and releases of every kind; small, and wanted by every image. */
export const enrichmentSources: readonly string[] = ['end-of-life', 'epss', 'kev'];

/**
 * Names of the sources that judge an image: those of its distribution, in the release it is, and of each language it has
 * packages of, with the enrichment that goes with all. Empty for an image without components. Sorted, and what `updateAdvisories` takes.
 */
export function sourcesNeeded(input: Pick<MatchInput, 'components' | 'distribution'>): string[] {
  const { components, distribution } = input;
  if (components.length === 0) return [];
  const data = distribution !== undefined && components.some(isOperatingSystemPackage) ? distributionEcosystems(distribution) : undefined;
  const languages = components.flatMap((component) => languageEcosystem(component) ?? []);
  // A pattern stands for ecosystems that are in one bundle.
  const asked = [...(data?.ecosystems.map(({ ecosystem }) => (ecosystem.includes('*') ? baseEcosystem(ecosystem) : ecosystem)) ?? []), ...languages];
  return [...new Set([...asked.flatMap(sourcesOfEcosystem), ...enrichmentSources])].toSorted();
}

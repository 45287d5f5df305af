import { packagesWithSupport, supportNotices, supportOfDistribution, supportOfRuntimes, type MatchComponent, type MatchDistribution } from '@esscm/vulnerabilities';
import type { OpenAdvisories } from './advisories-at-hand.js';
import type { MatchOutcome } from './match-outcome.js';

/** What of an image decides which of its parts are supported. */
export interface ImageSupport {
  readonly distribution?: MatchDistribution;
  /** How many packages of the distribution it has. */
  readonly packageCount: number;
  /** Components that may be releases of a product. */
  readonly runtimes: readonly Pick<MatchComponent, 'ecosystem' | 'version' | 'packageUrl'>[];
}

/** Package URLs without version, in lower case, of components that may be releases of a product. */
export function supportedPackages(advisories: OpenAdvisories | undefined): readonly string[] {
  return advisories === undefined ? [] : packagesWithSupport(advisories.database);
}

/** The notices on ends of support that a match would write on a day (`YYYY-MM-DD`), of each image. */
export function supportNoticesOf(images: readonly ImageSupport[], today: string, advisories: OpenAdvisories | undefined): MatchOutcome['notices'][] {
  return images.map(({ distribution, packageCount, runtimes }) => {
    if (advisories === undefined) return [];
    const components = runtimes.map((runtime, index) => ({ ...runtime, id: String(index), name: '', locations: [] }));
    const ofDistribution = distribution && supportOfDistribution(distribution, advisories.database, today);
    return supportNotices(ofDistribution, supportOfRuntimes(components, advisories.database, today), [], today).map(({ code, message, componentIds }) => ({ code, message, componentCount: code === 'distribution-unsupported' ? packageCount : componentIds.length }));
  });
}

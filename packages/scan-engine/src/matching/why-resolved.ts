import type { AdvisoryDatabase } from '@esscm/vulnerabilities';

/** What a finding rested on, as far as it tells why the finding is there no longer. */
export interface RestedOn {
  readonly recordId: string;
  /** With the release: `Debian:12`. */
  readonly ecosystem: string;
  readonly comparedVersion: string;
}

/** What an image was found to have before, and by which rules. */
export interface EarlierFindings {
  readonly matcherVersion: string;
  readonly findings: readonly { readonly componentId: string; readonly vulnerability: string; readonly evidence: readonly RestedOn[] }[];
}

/** Of one finding; notices of a distribution may be many. */
const maximumReasons = 5;

/** What became of the records that said a component was affected, in words; `sameRules` when the rules of matching are those of then. */
export function whyResolved(evidence: readonly RestedOn[], database: AdvisoryDatabase, sameRules: boolean): string {
  const reasons = evidence.map(({ recordId, ecosystem, comparedVersion }) => {
    const record = database.newestCopy(recordId);
    if (record === undefined) return database.ecosystems().includes(ecosystem) ? `${recordId} is published no longer` : `this server holds no advisories about ${ecosystem} any longer`;
    if (record.withdrawn !== undefined) return `${recordId} was withdrawn on ${record.withdrawn.slice(0, 10)}`;
    return sameRules ? `${recordId} says no longer that ${comparedVersion} is affected` : `by the rules of this version of ESSCM ${recordId} does not say that ${comparedVersion} is affected`;
  });
  return [...new Set(reasons)].slice(0, maximumReasons).join('; ');
}

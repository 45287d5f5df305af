import { createHash } from 'node:crypto';
import type { Enrichment, Finding } from '@esscm/vulnerabilities';
import type { KnownExploitation, MatchedFinding, MatchedFindingDetail } from './match-outcome.js';

/** A finding of the matcher in the form that is kept. */
export function matchedFinding(finding: Finding): MatchedFinding {
  const detail: MatchedFindingDetail = {
    summary: finding.summary,
    identifiers: finding.identifiers,
    ratings: finding.ratings,
    alsoFixedIn: finding.fix.alsoFixedIn,
    evidence: finding.evidence.map(({ recordId, source, ecosystem, packageName, lookedUpBy, comparedVersion, reason }) => ({ recordId, source, ecosystem, packageName, lookedUpBy, comparedVersion, reason })),
    notes: finding.notes,
  };
  const judged = {
    severity: finding.severity.level,
    fixState: finding.fix.state,
    class: finding.class,
    hidden: finding.hidden,
    confidence: finding.confidence,
    ...(finding.severity.score === undefined ? {} : { score: finding.severity.score }),
    ...(finding.fix.version === undefined ? {} : { fixVersion: finding.fix.version }),
    ...(finding.published === undefined ? {} : { published: finding.published }),
  };
  return {
    componentId: finding.componentId,
    vulnerability: finding.id,
    packageKey: packageKeyOf(finding.component.packageUrl),
    ...judged,
    ...exploitationOf(finding.enrichment),
    fingerprint: createHash('sha256').update(JSON.stringify([finding.id, judged, detail])).digest('base64url').slice(0, 22),
    detail,
  };
}

/** What is known of exploitation, in the form that is kept. */
export function exploitationOf({ epss, exploited }: Enrichment = {}): Omit<KnownExploitation, 'vulnerability'> {
  return {
    ...(epss === undefined ? {} : { epss: epss.probability, epssPercentile: epss.percentile }),
    ...(exploited === undefined ? {} : { exploitedSince: exploited.added, exploitedDue: exploited.due }),
    ransomware: exploited?.ransomware ?? false,
  };
}

/** `pkg:npm/lodash` of `pkg:npm/lodash@4.17.20?…`: an `@` of a scope is encoded in a package URL. */
function packageKeyOf(packageUrl: string): string {
  const [path = ''] = packageUrl.split(/[?#]/, 1);
  const at = path.lastIndexOf('@');
  return at > 0 ? path.slice(0, at) : path;
}

import type { StoredSource } from '../database/advisory-database.js';
import type { Finding, MatchResult, SuppressedFinding } from '../matchers/finding.js';
import type { MatchComponent, MatchDistribution } from '../matchers/match-input.js';

/** Everything a report is made of. The same report always gives the same bytes: nothing here comes from a clock. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string; readonly address?: string };
  readonly image: {
    /** Such as `public.ecr.aws/nginx/nginx`. */
    readonly name: string;
    readonly tag?: string;
    readonly digest: string;
    readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
    /** Base layer first. */
    readonly layers?: readonly { readonly createdBy?: string }[];
  };
  readonly distribution?: MatchDistribution & { readonly prettyName?: string };
  readonly components: readonly ReportComponent[];
  readonly relationships?: readonly { readonly from: string; readonly to: string; readonly kind?: string }[];
  readonly result: MatchResult;
  /** What the database held when it was asked. */
  readonly sources: readonly StoredSource[];
}

/** A component with the layers its evidence is in, base layer 0. */
export interface ReportComponent extends MatchComponent {
  readonly locations: readonly { readonly path: string; readonly layerIndex?: number; readonly layerDiffId?: string }[];
}

/** One line of a report: a finding, and what became of it. */
export interface ReportedFinding {
  readonly finding: Finding;
  /** `hidden`: of a class that is not reported by default. */
  readonly state: 'open' | 'hidden' | 'suppressed';
  /** Why, unless it is open. */
  readonly reason: string | undefined;
  readonly suppressed: SuppressedFinding | undefined;
}

/** Every finding of a report, open ones first, each group in its own order. */
export function reportedFindings(result: MatchResult): ReportedFinding[] {
  const open = result.findings.filter((finding) => !finding.hidden).map((finding): ReportedFinding => ({ finding, state: 'open', reason: undefined, suppressed: undefined }));
  const hidden = result.findings.filter((finding) => finding.hidden).map((finding): ReportedFinding => ({ finding, state: 'hidden', reason: `Findings of the class ${finding.class} are hidden by default.`, suppressed: undefined }));
  const suppressed = result.suppressed.map((entry): ReportedFinding => ({ finding: entry.finding, state: 'suppressed', reason: entry.reason, suppressed: entry }));
  return [...open, ...hidden, ...suppressed];
}

/** The newest import of any source: how old the knowledge is. Undefined for an empty database. */
export function dataTime(sources: readonly StoredSource[]): string | undefined {
  return sources.map((source) => source.importedAt).toSorted().at(-1);
}

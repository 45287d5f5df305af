import { posix } from 'node:path';
import type { Finding, MatchResult, SuppressedFinding } from '../matchers/finding.js';
import { countBySeverity } from '../matchers/match-components.js';
import { matchComponentIdentity } from '../vex/match-identity.js';
import type { VexSubject } from '../vex/vex-subject.js';
import type { Exception } from './exception.js';

/** What became of one exception. */
export interface ExceptionOutcome {
  readonly exception: Exception;
  /** Findings it takes out of the report. */
  readonly applied: number;
  /** Findings it would take out, had it not run out. */
  readonly expired: number;
  /** Findings it would take out, were there no fix. */
  readonly reopened: number;
}

/** A match without what was excepted. */
export interface ExceptionApplication {
  readonly result: MatchResult;
  /** In the order given. */
  readonly outcomes: readonly ExceptionOutcome[];
}

/** Takes findings with a valid exception out of the report, and keeps them with it. `now` is RFC 3339. */
export function applyExceptions(result: MatchResult, exceptions: readonly Exception[], subject: VexSubject, now: string): ExceptionApplication {
  const components = new Map(subject.components.map((component) => [component.id, component]));
  const outcomes = exceptions.map((exception) => ({ exception, applied: 0, expired: 0, reopened: 0 }));
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [...result.suppressed];
  for (const finding of result.findings) {
    const component = components.get(finding.componentId);
    const fitting = outcomes.filter(({ exception }) => component !== undefined && covers(exception, finding, component, subject));
    const valid = fitting.filter((outcome) => {
      const { expiresAt, untilFixed } = outcome.exception;
      const hasExpired = expiresAt !== undefined && Date.parse(now) > Date.parse(expiresAt);
      const isReopened = untilFixed && finding.fix.version !== undefined;
      if (hasExpired) outcome.expired += 1;
      else if (isReopened) outcome.reopened += 1;
      return !hasExpired && !isReopened;
    });
    const [outcome] = valid;
    if (outcome === undefined) {
      findings.push(finding);
      continue;
    }
    outcome.applied += 1;
    suppressed.push({ finding, by: 'exception', reason: inWords(outcome.exception), exception: outcome.exception });
  }
  return { result: { ...result, findings, suppressed, counts: countBySeverity(findings) }, outcomes };
}

function covers(exception: Exception, finding: Finding, component: VexSubject['components'][number], { image }: VexSubject): boolean {
  const named = exception.vulnerability.toUpperCase();
  if (!finding.identifiers.some((id) => id.toUpperCase() === named)) return false;
  if (exception.packageUrl !== undefined && matchComponentIdentity({ packageUrls: [exception.packageUrl], digests: [], cpes: [], name: undefined, versions: undefined }, component) === undefined) return false;
  const { path, image: pattern } = exception;
  if (path !== undefined && !component.locations.some((location) => posix.matchesGlob(location.path, path))) return false;
  return pattern === undefined || (image !== undefined && [image.name, `${image.name}:${image.tag ?? ''}`].some((name) => posix.matchesGlob(name, pattern)));
}

function inWords({ reason, author, expiresAt }: Exception): string {
  const details = [...(author === undefined ? [] : [author]), ...(expiresAt === undefined ? [] : [`until ${expiresAt.slice(0, 10)}`])];
  return details.length === 0 ? reason : `${reason} (${details.join(', ')})`;
}

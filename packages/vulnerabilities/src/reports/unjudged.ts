import type { MatchNotice, MatchResult } from '../matchers/finding.js';

/** Notices of packages that nothing can be said of. A release that is no longer supported gets no advisories: its silence means nothing. */
const codes: ReadonlySet<MatchNotice['code']> = new Set<MatchNotice['code']>([
  'no-distribution',
  'distribution-not-covered',
  'no-advisories-for-ecosystem',
  'packages-from-elsewhere',
  'version-not-comparable',
  'distribution-unsupported',
]);

/** What of an image could not be judged. Without findings such an image is not a clean one. */
export interface Unjudged {
  readonly notices: readonly MatchNotice[];
  /** Components that any of them is about. */
  readonly componentCount: number;
}

/** Undefined when every package was judged. */
export function unjudgedOf(result: Pick<MatchResult, 'notices'>): Unjudged | undefined {
  const notices = result.notices.filter(({ code }) => codes.has(code));
  if (notices.length === 0) return undefined;
  return { notices, componentCount: new Set(notices.flatMap(({ componentIds }) => componentIds)).size };
}

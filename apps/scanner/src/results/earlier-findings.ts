import type { EarlierFindings } from '@esscm/scan-engine';
import type { Store } from '@esscm/store';

/** What a content shows now, for a match that replaces it to say what became of it; nothing for one that was not matched. */
export async function earlierFindings({ findings }: Pick<Store, 'findings'>, organizationId: string, contentId: string): Promise<{ readonly earlier?: EarlierFindings }> {
  const matching = (await findings.matchingsOf(organizationId, [contentId])).get(contentId);
  if (matching === undefined) return {};
  return { earlier: { matcherVersion: matching.matcherVersion, findings: await findings.evidenceOf(organizationId, contentId) } };
}

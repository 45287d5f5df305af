import type { ComparedPair, Store } from '@esscm/store';

/** Whether both contents were held against advisories. Where one was not, a finding that is missing on its side means nothing. */
export async function bothJudged(store: Pick<Store, 'findings'>, organizationId: string, { from, to }: ComparedPair): Promise<boolean> {
  const contentIds = [...new Set([from.contentId, to.contentId])];
  const matchings = await store.findings.matchingsOf(organizationId, contentIds);
  return contentIds.every((contentId) => (matchings.get(contentId)?.state ?? 'unmatched') !== 'unmatched');
}

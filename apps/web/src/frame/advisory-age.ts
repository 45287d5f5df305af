interface Source {
  readonly state: 'FAILED' | 'FETCHING' | 'READY' | 'WANTED';
  readonly checkedAt?: string | null;
}

/** What the top bar says of the advisories. */
export type AdvisoryAge = { readonly kind: 'none' } | { readonly kind: 'waiting' } | { readonly kind: 'known'; readonly at: string };

/**
 * The age of the oldest source that was ever fetched: a result is no newer than what it was matched with least. Sources that wait for
 * their first time are not counted, because images that need them say so themselves.
 */
export function advisoryAge(sources: readonly Source[]): AdvisoryAge {
  if (sources.length === 0) return { kind: 'none' };
  const [oldest] = sources.flatMap(({ checkedAt }) => checkedAt ?? []).toSorted();
  return oldest === undefined ? { kind: 'waiting' } : { kind: 'known', at: oldest };
}

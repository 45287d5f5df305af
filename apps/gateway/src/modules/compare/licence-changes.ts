import type { LicenceCountRecord } from '@esscm/store';

/** A licence with how many components have it on either side; absent stands for components that declare none. */
export interface LicenceChangeRecord {
  readonly licence?: string;
  readonly fromCount: number;
  readonly toCount: number;
}

/** Licences of two images: new ones first, then gone ones, then those that count differently; the same are left out. */
export function licenceChanges(from: readonly LicenceCountRecord[], to: readonly LicenceCountRecord[]): readonly LicenceChangeRecord[] {
  const before = new Map(from.map(({ licence, count }) => [licence, count]));
  const after = new Map(to.map(({ licence, count }) => [licence, count]));
  const rank = ({ fromCount, toCount }: LicenceChangeRecord): number => (fromCount === 0 ? 0 : toCount === 0 ? 1 : 2);
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((licence) => ({ ...(licence !== undefined && { licence }), fromCount: before.get(licence) ?? 0, toCount: after.get(licence) ?? 0 }))
    .filter(({ fromCount, toCount }) => fromCount !== toCount)
    .toSorted((one, other) => rank(one) - rank(other));
}

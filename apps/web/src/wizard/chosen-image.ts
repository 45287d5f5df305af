/** An image the user picked for a new connection, from the browser or typed. */
export interface ChosenImage {
  /** As the API takes it: address with tag or digest. The identity of a choice. */
  readonly reference: string;
  readonly repository: string;
  /** Absent for a choice by digest. */
  readonly tag?: string;
  readonly digest: string;
  /** Decimal text; absent when the registry did not say. */
  readonly sizeBytes?: string;
  /** ISO 8601. */
  readonly pushedAt?: string;
  /** An image for several platforms. */
  readonly index?: boolean;
  /** How many platforms are behind the digest, when known. */
  readonly platformCount?: number;
  /** What was assumed while reading the reference. */
  readonly notes?: readonly string[];
}

/** What a choice costs together. */
export interface SelectionTotals {
  readonly imageCount: number;
  readonly repositoryCount: number;
  /** Digests counted once; undefined as soon as one size is not known. */
  readonly sizeBytes: number | undefined;
}

/** How many images, in how many repositories, and how large together. */
export function selectionTotals(chosen: readonly ChosenImage[]): SelectionTotals {
  const sizes = new Map(chosen.map(({ digest, sizeBytes }) => [digest, sizeBytes === undefined ? Number.NaN : Number(sizeBytes)]));
  const sum = [...sizes.values()].reduce((total, size) => total + size, 0);
  return {
    imageCount: chosen.length,
    repositoryCount: new Set(chosen.map(({ repository }) => repository)).size,
    sizeBytes: Number.isNaN(sum) ? undefined : sum,
  };
}

/** Bounds on what an image may ask of this process. What is beyond one of them is refused or reported, never followed. */
export interface CatalogueLimits {
  /** Tar entries of one layer; beyond it the layer is refused. */
  readonly maximumEntries: number;
  /** Bytes of the uncompressed tar; beyond it the layer is refused. */
  readonly maximumLayerBytes: number;
  /** Uncompressed bytes for each compressed byte, judged once 512 MiB have come out; beyond it the layer is refused. */
  readonly maximumRatio: number;
  /** Entries of all layers of one image; beyond it no catalogue is made. */
  readonly maximumImageEntries: number;
  /** Characters of one path or link target; an entry with a longer one is left out and reported. */
  readonly maximumPathLength: number;
  /** Characters of all paths and link targets of one layer; beyond it the layer is refused. */
  readonly maximumPathCharacters: number;
  /** Bytes of one file a cataloguer wants; a larger one is left out and reported. */
  readonly maximumFileBytes: number;
  /** Bytes of all files of one layer that cataloguers want; what comes after it is left out and reported. */
  readonly maximumWantedBytes: number;
}

const mebibyte = 1024 * 1024;

/** Generous for real images: the largest published layers stay well below each of these. */
export const defaultLimits: CatalogueLimits = {
  maximumEntries: 1_000_000,
  maximumLayerBytes: 32 * 1024 * mebibyte,
  maximumRatio: 200,
  maximumImageEntries: 3_000_000,
  maximumPathLength: 4096,
  maximumPathCharacters: 256 * mebibyte,
  maximumFileBytes: 64 * mebibyte,
  maximumWantedBytes: 1024 * mebibyte,
};

/** Fills in the defaults for what `limits` does not say. */
export function withDefaultLimits(limits: Partial<CatalogueLimits> | undefined): CatalogueLimits {
  return { ...defaultLimits, ...limits };
}

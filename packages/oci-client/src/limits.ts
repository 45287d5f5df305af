const mebibyte = 1024 * 1024;

/** Bounds on what is read from a registry, a layout or an archive. */
export interface OciLimits {
  readonly manifestBytes: number;
  readonly configurationBytes: number;
  /** Of one layer as stored. Amazon ECR allows 52,000 MiB. */
  readonly layerBytes: number;
  readonly layers: number;
  /** Indexes inside an index. */
  readonly indexDepth: number;
  /** Entries of all indexes behind one reference. */
  readonly indexEntries: number;
  readonly redirects: number;
  /** Tries of one request, the first included, and of one blob between two stretches of progress. */
  readonly attempts: number;
  /** A `Retry-After` beyond this is not waited for: the failure is `throttled` at once. */
  readonly longestRetryAfterMs: number;
  /** Without a byte from the peer for this long, a connection counts as dropped. A paused reader does not count. */
  readonly idleTimeoutMs: number;
  /** For manifests, tokens, lists: the whole answer. */
  readonly documentTimeoutMs: number;
}

/** Wide enough for every image seen, narrow enough that a hostile registry cannot fill memory or keep a scan for ever. */
export const defaultLimits: OciLimits = {
  manifestBytes: 4 * mebibyte,
  configurationBytes: 8 * mebibyte,
  layerBytes: 52_000 * mebibyte,
  layers: 512,
  indexDepth: 2,
  indexEntries: 2_000,
  redirects: 3,
  attempts: 5,
  longestRetryAfterMs: 60_000,
  idleTimeoutMs: 30_000,
  documentTimeoutMs: 60_000,
};

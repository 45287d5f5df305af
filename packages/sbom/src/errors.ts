/** Why no catalogue could be made, or a stored document not be read. */
export type SbomErrorCode =
  /** The layer's bytes are no complete gzip, zstd or plain tar stream. */
  | 'corrupt-layer'
  /** The uncompressed tar does not have the diffID that the image configuration promises. */
  | 'diff-id-mismatch'
  /** Larger than the configured {@link CatalogueLimits}. */
  | 'limit'
  /** The caller's signal was aborted. */
  | 'cancelled'
  /** Text that is not a catalogue of this format version. */
  | 'invalid-catalogue';

export interface SbomErrorDetails {
  readonly code: SbomErrorCode;
  readonly message: string;
  /** What the operator can do about it, one sentence. */
  readonly remedy: string;
  /** Of the layer concerned. */
  readonly layerDigest?: string;
  readonly cause?: unknown;
}

/**
 * Every failure that this package decides on. Errors of the stream a layer is read from (a dropped connection, a
 * digest that does not agree) pass through unchanged.
 */
export class SbomError extends Error {
  override readonly name = 'SbomError';
  readonly code: SbomErrorCode;
  readonly remedy: string;
  readonly layerDigest: string | undefined;

  constructor(details: SbomErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.remedy = details.remedy;
    this.layerDigest = details.layerDigest;
  }
}

/** The error for an aborted signal. */
export function cancelled(signal: AbortSignal): SbomError {
  return new SbomError({
    code: 'cancelled',
    message: 'Reading the image was cancelled',
    remedy: 'Start the scan again.',
    cause: signal.reason,
  });
}

/** Failures of the engine itself; those of registries and of layers are `OciError` and `SbomError`. */
export type ScanEngineErrorCode =
  /** A reading thread ended, for instance because a layer's metadata did not fit into its memory. */
  | 'reader-ended'
  /** A reading thread made no headway within the time allowed. */
  | 'reader-stuck'
  /** Facts kept a moment ago cannot be read back. */
  | 'facts-unreadable'
  /** The thread that matches ended, or something unforeseen happened on it. */
  | 'matcher-ended'
  /** The engine was disposed while a scan was running. */
  | 'closed';

/** A scan that could not be done for reasons of the engine itself, not of the image or its registry. */
export class ScanEngineError extends Error {
  override readonly name = 'ScanEngineError';
  readonly code: ScanEngineErrorCode;
  /** A thread that ended may have been short of memory for a moment; the rest will happen again. */
  readonly retryable: boolean;

  constructor(code: ScanEngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.retryable = code === 'reader-ended' || code === 'matcher-ended' || code === 'closed';
  }
}

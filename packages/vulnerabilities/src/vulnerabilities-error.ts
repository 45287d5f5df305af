/** Stable and machine-readable kinds of failure of this package. */
export type VulnerabilitiesErrorCode =
  | 'database-missing'
  | 'database-damaged'
  | 'database-outdated'
  | 'database-shrunk'
  | 'database-contended'
  | 'disk-full'
  | 'folder-unwritable'
  | 'file-unreadable'
  | 'nothing-to-import'
  | 'bundle-damaged'
  | 'bundle-outdated'
  | 'bundle-too-large'
  | 'download-failed'
  | 'source-unknown'
  | 'feed-malformed'
  | 'vex-malformed'
  | 'vex-too-large'
  | 'exceptions-malformed';

/** A failure with what to do about it. The cause, where there is one, is the error underneath. */
export class VulnerabilitiesError extends Error {
  override readonly name = 'VulnerabilitiesError';
  readonly code: VulnerabilitiesErrorCode;
  readonly remedy: string;
  /** The source of advisories it is about, where it is about one. */
  readonly source: string | undefined;

  constructor(code: VulnerabilitiesErrorCode, message: string, remedy: string, cause?: unknown, source?: string) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = remedy;
    this.source = source;
  }
}

import { VulnerabilitiesError } from '../vulnerabilities-error.js';

/** A file that was not fetched (`download-failed`), and what the server answered in place of it. */
export class DownloadError extends VulnerabilitiesError {
  /** Of HTTP; 404 for a local file that is not there, undefined without an answer. */
  readonly status: number | undefined;

  constructor(message: string, remedy: string, details: { readonly status?: number; readonly cause?: unknown } = {}) {
    super('download-failed', message, remedy, details.cause);
    this.status = details.status;
  }
}

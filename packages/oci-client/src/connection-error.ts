import { OciError } from './errors.js';

const missingHostCodes = new Set(['ENOTFOUND', 'EAI_NONAME', 'EAI_NODATA']);
const certificatePattern = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|ERR_TLS|ERR_SSL|EPROTO/;

/** Translates what Node reports of a connection. An abort of `signal` wins over what it caused. */
export function connectionError(error: unknown, host: string, signal: AbortSignal): OciError {
  if (signal.aborted) return cancelled(signal);
  if (error instanceof OciError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const details = { code: 'unreachable', host, cause: error } as const;
  if (code !== undefined && missingHostCodes.has(code)) {
    return new OciError({ ...details, message: `The host name ${host} is not known to DNS.`, retryable: false });
  }
  if (code !== undefined && certificatePattern.test(code)) {
    return new OciError({ ...details, message: `No trusted TLS connection to ${host} (${code}).`, retryable: false });
  }
  return new OciError({ ...details, message: `The connection to ${host} failed${code === undefined ? '' : ` (${code})`}.` });
}

/** The error for work ended by its own signal; a time limit of this package shows as `unreachable`. */
export function cancelled(signal: AbortSignal): OciError {
  const reason: unknown = signal.reason;
  if (reason instanceof OciError) return reason;
  return new OciError({ code: 'cancelled', message: 'The work was cancelled.', retryable: false, cause: reason });
}

import type { SbomError, SbomErrorCode } from '@esscm/sbom';
import type { ScanEngineError } from '@esscm/scan-engine';
import type { ScanFailureRecord } from '@esscm/store';
import { failureRecord, headings } from './failure-details.js';

const sbomHeadings: Readonly<Record<SbomErrorCode, string>> = {
  'corrupt-layer': headings.damaged,
  'diff-id-mismatch': headings.damaged,
  limit: headings.tooLarge,
  cancelled: headings.interrupted,
  'invalid-catalogue': headings.internal,
};

/** A layer that arrived as promised and cannot be read. */
export function sbomFailure(error: SbomError): ScanFailureRecord {
  return failureRecord({ code: error.code, heading: sbomHeadings[error.code], message: error.message, remedy: error.remedy, retryable: false });
}

/** A failure of the reading threads. */
export function engineFailure(error: ScanEngineError): ScanFailureRecord {
  return failureRecord({
    code: error.code,
    heading: headings.internal,
    message: error.message,
    remedy: error.retryable ? 'Scan again; if it stays, give the server more memory.' : 'Tell the operator of this server; its log has the details.',
    retryable: error.retryable,
  });
}

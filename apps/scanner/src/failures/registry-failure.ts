import type { RegistryError } from '@esscm/registry-core';
import type { ScanFailureRecord } from '@esscm/store';
import { failureRecord } from './failure-details.js';

/** What a plugin said, which is worded for users already. */
export function registryFailure(error: RegistryError): ScanFailureRecord {
  return failureRecord({
    code: error.kind,
    heading: error.heading,
    message: error.message,
    remedy: error.remedy,
    remedySnippet: error.remedySnippet,
    upstreamCode: error.upstream?.code,
    upstreamMessage: error.upstream?.message,
    requestId: error.upstream?.requestId,
    retryable: error.retryable,
  });
}

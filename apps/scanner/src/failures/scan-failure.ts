import { OciError } from '@esscm/oci-client';
import { RegistryError } from '@esscm/registry-core';
import { SbomError } from '@esscm/sbom';
import { ScanEngineError } from '@esscm/scan-engine';
import type { ScanFailureRecord } from '@esscm/store';
import { engineFailure, sbomFailure } from './catalogue-failure.js';
import { failureRecord, headings } from './failure-details.js';
import { ociFailure } from './oci-failure.js';
import { registryFailure } from './registry-failure.js';

/** How deep causes are looked into. */
const maximumDepth = 8;

/**
 * What users read about a failed scan. A plugin's own words win wherever they are in the chain of causes: signing in happens
 * inside a pull, and the pull's words for it say less. An error that nobody foresaw is not quoted, since it may hold anything.
 */
export function scanFailure(error: unknown): ScanFailureRecord {
  const chain = causesOf(error);
  const registryError = chain.find((cause) => cause instanceof RegistryError);
  if (registryError !== undefined) return registryFailure(registryError);
  for (const cause of chain) {
    if (cause instanceof OciError) return ociFailure(cause);
    if (cause instanceof SbomError) return sbomFailure(cause);
    if (cause instanceof ScanEngineError) return engineFailure(cause);
  }
  return failureRecord({
    code: 'internal',
    heading: headings.internal,
    message: 'Something failed inside the scanner.',
    remedy: 'Scan again. If it stays, the operator finds the cause in the log of this server under the id of the scan.',
    retryable: true,
  });
}

/** A scan stopped by the end of the process that ran it. */
export function interruptedFailure(): ScanFailureRecord {
  return failureRecord({
    code: 'interrupted',
    heading: headings.interrupted,
    message: 'The server was stopped during the scan. It goes on when the server is back.',
    retryable: true,
  });
}

/** A scan whose process ended more often than chance allows. */
export function givenUpFailure(): ScanFailureRecord {
  return failureRecord({
    code: 'given-up',
    heading: headings.interrupted,
    message: 'The process that ran this scan ended unexpectedly several times.',
    remedy: 'Give the server more memory, then scan again.',
    retryable: true,
  });
}

function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let cause = error; cause !== undefined && chain.length < maximumDepth; cause = cause instanceof Error ? cause.cause : undefined) {
    chain.push(cause);
  }
  return chain;
}

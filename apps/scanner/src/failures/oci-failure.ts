import type { OciError, OciErrorCode } from '@esscm/oci-client';
import type { ScanFailureRecord } from '@esscm/store';
import { failureRecord, headings } from './failure-details.js';

interface Wording {
  /** The same class that plugins use for the same thing, so that reports count them together. */
  readonly code: string;
  readonly heading: string;
  readonly remedy: string;
}

const wordings: Readonly<Record<OciErrorCode, Wording>> = {
  unauthorized: {
    code: 'invalid-credentials',
    heading: headings.credentials,
    remedy: 'Verify the credentials of the connection and that they have not been deactivated, then scan again.',
  },
  denied: {
    code: 'access-denied',
    heading: headings.denied,
    remedy: 'Allow the identity of the connection to read manifests and layers of this repository. Check the repository policy and organisation-wide policies too.',
  },
  'not-found': {
    code: 'not-found',
    heading: headings.notFound,
    remedy: 'Check that the repository and the tag or digest still exist, and that the region of the connection is right.',
  },
  throttled: { code: 'throttled', heading: headings.throttled, remedy: 'Wait a few minutes, then scan again.' },
  unreachable: {
    code: 'unreachable',
    heading: headings.unreachable,
    remedy: 'Check the network, proxy and firewall between this server and the registry, then scan again.',
  },
  blocked: {
    code: 'blocked',
    heading: headings.blocked,
    remedy: 'If the registry is meant to be in a private network, the operator of this server can allow that network.',
  },
  integrity: {
    code: 'integrity',
    heading: headings.damaged,
    remedy: 'What the registry sent does not have the promised digest. Scan again; if it stays, push the image again.',
  },
  protocol: {
    code: 'protocol',
    heading: headings.unexpected,
    remedy: 'Check that the address is a container registry and that no proxy answers in its place.',
  },
  unsupported: {
    code: 'unsupported',
    heading: headings.unsupported,
    remedy: 'Choose an image in OCI or Docker schema 2 form, for a platform the image is built for.',
  },
  limit: { code: 'limit', heading: headings.tooLarge, remedy: 'The image is outside the limits of this server.' },
  cancelled: { code: 'cancelled', heading: headings.interrupted, remedy: 'Scan again.' },
};

/** A failure between this server and the registry while it pulled. */
export function ociFailure(error: OciError): ScanFailureRecord {
  const { code, heading, remedy } = wordings[error.code];
  return failureRecord({
    code,
    heading,
    message: error.message,
    remedy,
    upstreamCode: error.upstreamCode,
    upstreamMessage: error.upstreamMessage,
    requestId: error.requestId,
    retryable: error.retryable,
  });
}

import { OciError } from '@esscm/oci-client';
import { RegistryError } from '@esscm/registry-core';
import { describeDenial } from './describe-denial.js';
import type { FailureWords } from './failure-words.js';
import { readableAccount } from './format.js';
import { headings } from './headings.js';
import { isDenial, parseDenial } from './parse-denial.js';

/** What was being pulled when oci-client failed. */
export interface OciErrorContext {
  readonly variantId: 'public' | 'private';
  readonly repository: string;
  /** Tag or digest. */
  readonly reference?: string;
  readonly region?: string;
  /** 12 digits. */
  readonly accountId?: string;
  /** The list of images says the image is archived: ECR answers a pull of one as if it did not exist. */
  readonly archived?: boolean;
}

/** Turns a failed pull from ECR into the error the rest of the product knows. Pure; never throws. */
export function translateOciError(error: unknown, context: OciErrorContext): RegistryError {
  if (error instanceof RegistryError) return error;
  if (!(error instanceof OciError)) {
    return new RegistryError({
      kind: 'protocol',
      heading: headings.unexpected,
      message: 'Reading the image failed in a way that is not known.',
      cause: error,
    });
  }
  const code = error.upstreamCode;
  const message = error.upstreamMessage;
  return new RegistryError({
    ...wordsFor(error, context),
    upstream: {
      ...(error.status !== undefined && { status: error.status }),
      ...(code !== undefined && { code }),
      ...(message !== undefined && { message }),
      ...(error.requestId !== undefined && { requestId: error.requestId }),
      ...(error.host !== undefined && { host: error.host }),
    },
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    cause: error,
  });
}

function wordsFor(error: OciError, context: OciErrorContext): FailureWords {
  return fromText(error, context) ?? fromCode(error, context);
}

/** The registry's texts say more than its status: an ended sign-in is 403 or 400, and so is a refusal by policy. */
function fromText(error: OciError, context: OciErrorContext): FailureWords | undefined {
  const text = error.upstreamMessage ?? '';
  if (isDenial(text)) {
    const denial = parseDenial(text);
    return { kind: 'access-denied', ...describeDenial(denial, [denial.action ?? 'ecr:BatchGetImage']) };
  }
  if (/authorization token has expired/i.test(text)) {
    return {
      kind: 'expired',
      heading: headings.credentials,
      message: 'The sign-in to the registry has ended and could not be renewed.',
      remedy: 'Verify the credentials of the connection.',
    };
  }
  if (/authorization token is invalid/i.test(text)) {
    return {
      kind: 'invalid-credentials',
      heading: headings.credentials,
      message: 'The registry does not accept this sign-in.',
      remedy: 'A sign-in counts in one region only: check that the image is in the region of the connection.',
    };
  }
  if (/only one auth mechanism/i.test(text)) {
    return {
      kind: 'protocol',
      heading: headings.unexpected,
      message: 'A registry credential was sent to the layer store, which refused it.',
      remedy: 'Report this; it is a fault of this product.',
    };
  }
  if (error.status === 403 && isLayerStore(error.host)) {
    const region = context.region ?? '<region>';
    return {
      kind: 'unreachable',
      heading: headings.unreachable,
      message: 'Cannot reach AWS: the registry answers, but the store of its layers refuses.',
      remedy: `Layers come from Amazon S3; allow *.s3.${region}.amazonaws.com in VPC endpoint policies and outbound filters.`,
    };
  }
  return undefined;
}

function fromCode(error: OciError, context: OciErrorContext): FailureWords {
  switch (error.code) {
    case 'unauthorized':
      return {
        kind: 'invalid-credentials',
        heading: headings.credentials,
        message: 'The registry asked for a sign-in and did not accept the one it got.',
        remedy:
          context.variantId === 'public'
            ? 'Public images need none: check the address of the image.'
            : 'Verify the credentials of the connection.',
      };
    case 'denied':
      return { kind: 'access-denied', ...describeDenial({ effect: 'unknown' }, ['ecr:BatchGetImage']) };
    case 'not-found':
      return notFound(error, context);
    case 'throttled':
      return throttled(error, context);
    case 'unreachable':
    case 'blocked':
      return {
        kind: 'unreachable',
        heading: headings.unreachable,
        message: `Cannot reach AWS: ${error.host ?? 'the registry'} did not answer as it should.`,
        remedy: 'Check outbound access or a VPC endpoint.',
      };
    case 'unsupported':
    case 'limit':
      return { kind: 'unsupported', heading: headings.notSupported, message: error.message };
    case 'integrity':
    case 'protocol':
      return { kind: 'protocol', heading: headings.unexpected, message: error.message };
    case 'cancelled':
      return { kind: 'cancelled', heading: headings.cancelled, message: 'The request was cancelled.' };
  }
}

function notFound(error: OciError, context: OciErrorContext): FailureWords {
  const { repository, reference } = context;
  const shared = { kind: 'not-found', heading: headings.notFound } as const;
  if (error.upstreamCode === 'BLOB_UNKNOWN') {
    return { ...shared, message: `A layer is not in ${repository} now; its image was deleted.`, remedy: 'Scan again.' };
  }
  const isPublic = context.variantId === 'public';
  if (error.upstreamCode === 'NAME_UNKNOWN') {
    if (isPublic) return { ...shared, message: `There is no public repository ${repository}.` };
    const account = context.accountId === undefined ? 'this account' : `account ${readableAccount(context.accountId)}`;
    const region = context.region === undefined ? '' : `, region ${context.region}`;
    return {
      ...shared,
      message: `There is no repository ${repository} in ${account}${region}.`,
      remedy: 'Check the region first.',
    };
  }
  if (context.archived === true) {
    return {
      kind: 'archived',
      heading: headings.notFound,
      message: 'This image is archived.',
      remedy: 'Restore it in ECR (about 20 minutes), then scan again.',
    };
  }
  if (isPublic) {
    const named = reference === undefined ? 'No such image' : `No image with ${nameOf(reference)}`;
    return { ...shared, message: `${named} in ${repository}.` };
  }
  return {
    ...shared,
    message: `${reference ?? 'The image'} is not in ${repository} now.`,
    remedy: 'A lifecycle rule may have removed it. An archived image has to be restored in ECR first.',
  };
}

function nameOf(reference: string): string {
  return reference.startsWith('sha256:') ? `digest ${reference}` : `tag ${reference}`;
}

function throttled(error: OciError, context: OciErrorContext): FailureWords {
  if (context.variantId === 'public' && /data limit/i.test(error.upstreamMessage ?? '')) {
    return {
      kind: 'throttled',
      heading: headings.throttled,
      message: 'ECR Public has given this address its monthly amount of anonymous data.',
      remedy: 'Try again next month, or copy the image to a private repository and scan it there.',
    };
  }
  return { kind: 'throttled', heading: headings.throttled, message: 'AWS is limiting requests. Continuing more slowly.' };
}

function isLayerStore(host: string | undefined): boolean {
  return host !== undefined && /(?:^|\.)s3[.-]/.test(host);
}

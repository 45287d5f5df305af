import { OciError } from '@esscm/oci-client';
import { RegistryError, type RegistryErrorDetails } from '@esscm/registry-core';
import { dockerHub } from '../reference/docker-hub.js';
import { headings } from './headings.js';

/** What was asked when oci-client failed. */
export interface FailureContext {
  /** As in references. */
  readonly host: string;
  readonly repository?: string;
  /** Tag or digest. */
  readonly reference?: string;
  /** Who signed in; absent for anonymous requests. */
  readonly username?: string;
  /** Whether the registry accepts the credential at its base address; unknown when absent. */
  readonly credentialAccepted?: boolean;
}

type Words = Pick<RegistryErrorDetails, 'kind' | 'heading' | 'message' | 'remedy'>;

/** Turns a failure of oci-client into the error the rest of the product knows. Pure; never throws. */
export function translateOciError(error: unknown, context: FailureContext): RegistryError {
  if (error instanceof RegistryError) return error;
  if (!(error instanceof OciError)) {
    return new RegistryError({
      kind: 'protocol',
      heading: headings.unexpected,
      message: `Asking ${context.host} failed in a way that is not known.`,
      cause: error,
    });
  }
  const { status, upstreamCode: code, upstreamMessage: message, requestId, host, retryAfterMs } = error;
  return new RegistryError({
    ...wordsFor(error, context),
    upstream: {
      ...(status !== undefined && { status }),
      ...(code !== undefined && { code }),
      ...(message !== undefined && { message }),
      ...(requestId !== undefined && { requestId }),
      ...(host !== undefined && { host }),
    },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    cause: error,
  });
}

function wordsFor(error: OciError, context: FailureContext): Words {
  switch (error.code) {
    case 'unauthorized':
      return unauthorized(context);
    case 'denied':
      return denied(context);
    case 'not-found':
      return notFound(error, context);
    case 'throttled':
      return throttled(context);
    case 'unreachable':
      return {
        kind: 'unreachable',
        heading: headings.unreachable,
        message: error.message,
        remedy: 'Check the address of the registry, and that this server may connect to it.',
      };
    case 'blocked':
      return {
        kind: 'unreachable',
        heading: headings.unreachable,
        message: error.message,
        remedy: 'If the registry is in your own network, the operator allows that network with ESSCM_PRIVATE_NETWORKS.',
      };
    case 'unsupported':
      return { kind: 'unsupported', heading: headings.notSupported, message: error.message };
    case 'cancelled':
      return { kind: 'cancelled', heading: headings.cancelled, message: 'The request was cancelled.' };
    case 'integrity':
    case 'protocol':
    case 'limit':
      return { kind: 'protocol', heading: headings.unexpected, message: error.message };
  }
}

/** Registries answer 401 both to a wrong credential and to a good one without the right. */
function unauthorized(context: FailureContext): Words {
  const { host, repository, username, credentialAccepted } = context;
  if (credentialAccepted === true) return denied(context);
  if (username === undefined) {
    return {
      kind: 'invalid-credentials',
      heading: headings.accessDenied,
      message: `${host} does not give ${repository ?? 'this'} to anybody who has not signed in, or does not have it.`,
      remedy: 'Check the name. For a private repository, connect the registry with a user name and a token.',
    };
  }
  const causes =
    credentialAccepted === false
      ? `${host} does not accept the user name ${username} with this password or token.`
      : `${host} refused ${username}: the password or token is wrong, or may not read ${repository ?? 'this'}.`;
  return {
    kind: 'invalid-credentials',
    heading: headings.credentials,
    message: causes,
    remedy: 'Check user name and token, and that the token has not expired or been revoked.',
  };
}

function denied({ host, repository, username }: FailureContext): Words {
  return {
    kind: 'access-denied',
    heading: headings.accessDenied,
    message: `${host} does not allow ${username ?? 'anonymous requests'} to read ${repository ?? 'its list of repositories'}.`,
    remedy: 'Whoever manages the registry must give this account the right to pull from the repository.',
  };
}

function notFound(error: OciError, { host, repository, reference }: FailureContext): Words {
  if (repository === undefined) {
    return { kind: 'not-found', heading: headings.unexpected, message: `${host} does not answer as a registry does.`, remedy: 'Check the address.' };
  }
  if (error.upstreamCode === 'BLOB_UNKNOWN') {
    return {
      kind: 'not-found',
      heading: headings.notFound,
      message: `A layer is not in ${repository} now; its image was deleted.`,
      remedy: 'Scan again.',
    };
  }
  if (reference === undefined || error.upstreamCode === 'NAME_UNKNOWN') {
    return {
      kind: 'not-found',
      heading: headings.notFound,
      message: `There is no repository ${repository} in ${host}.`,
      remedy: 'Compare the name with the address of the image. Some registries answer so when an account may not see a repository.',
    };
  }
  const named = reference.startsWith('sha256:') ? `digest ${reference}` : `tag ${reference}`;
  return {
    kind: 'not-found',
    heading: headings.notFound,
    message: `No image with ${named} in ${repository} of ${host}.`,
    remedy: 'The tag may have been moved or deleted.',
  };
}

function throttled({ host, username }: FailureContext): Words {
  const isAnonymousHub = host === dockerHub && username === undefined;
  return {
    kind: 'throttled',
    heading: headings.throttled,
    message: isAnonymousHub
      ? 'Docker Hub has given this address all the images it gives without signing in for now.'
      : `${host} is limiting requests. Continuing more slowly.`,
    ...(isAnonymousHub && { remedy: 'Wait, or connect Docker Hub with a user name and a token: signed in, more is allowed.' }),
  };
}

import { RegistryError } from '@esscm/registry-core';
import type { AwsErrorContext } from './aws-error-context.js';
import { readAwsFailure, safeCause } from './aws-failure.js';
import type { AwsFailure } from './aws-failure.js';
import { describeDenial } from './describe-denial.js';
import type { FailureWords } from './failure-words.js';
import { headings } from './headings.js';
import { describeRoleRefusal } from './describe-role-refusal.js';
import { isDenial, parseDenial } from './parse-denial.js';
import { describeFailure, describeUnknownHost } from './signal-table.js';

/** Turns whatever a call to ECR or STS threw into the error the rest of the product knows. Pure; never throws. */
export function translateAwsError(error: unknown, context: AwsErrorContext): RegistryError {
  if (error instanceof RegistryError) return error;
  const failure = readAwsFailure(error);
  const words = wordsFor(failure, context);
  return new RegistryError({
    ...words,
    upstream: {
      call: context.action,
      host: context.endpointHost,
      code: failure.networkCode ?? failure.name,
      ...(failure.message !== '' && { message: failure.message }),
      ...(failure.status !== undefined && { status: failure.status }),
      ...(failure.requestId !== undefined && { requestId: failure.requestId }),
    },
    cause: safeCause(error),
  });
}

function wordsFor(failure: AwsFailure, context: AwsErrorContext): FailureWords {
  if (failure.name === 'AbortError') {
    return { kind: 'cancelled', heading: headings.cancelled, message: 'The request was cancelled.' };
  }
  if (isAccessDenied(failure) && context.roleArn !== undefined) return describeRoleRefusal(failure, context.roleArn);
  if (isAccessDenied(failure)) {
    const denial = parseDenial(failure.message);
    return { kind: 'access-denied', ...describeDenial(denial, [denial.action ?? context.action]) };
  }
  return (
    describeFailure(failure, context) ??
    describeNetwork(failure, context) ??
    describeStatus(failure, context) ?? {
      kind: 'protocol',
      heading: headings.unexpected,
      message: `${context.action} failed in a way that is not known.`,
      remedy: 'Report this with what AWS answered.',
    }
  );
}

const deniedNames = /^(?:AccessDenied|AccessDeniedException|NotAuthorized|UnauthorizedOperation)$/;

function isAccessDenied(failure: AwsFailure): boolean {
  return deniedNames.test(failure.name) || isDenial(failure.message);
}

function describeNetwork(failure: AwsFailure, context: AwsErrorContext): FailureWords | undefined {
  const code = failure.networkCode ?? (failure.name === 'TimeoutError' ? 'ETIMEDOUT' : undefined);
  switch (code) {
    case 'ENOTFOUND':
      return describeUnknownHost(context);
    case 'EAI_AGAIN':
      return unreachable(`the name ${context.endpointHost} cannot be resolved at the moment`);
    case 'ECONNREFUSED':
      return unreachable(`${context.endpointHost} refused the connection`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return unreachable(`there is no way to ${context.endpointHost} from here`);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return unreachable(`${context.endpointHost} dropped the connection`);
    case 'ETIMEDOUT':
      return unreachable(`${context.endpointHost} did not answer within ${waitedSeconds(failure.message)} s`);
    case undefined:
      return undefined;
    default:
      return /CERT|SIGNATURE|ERR_TLS|SSL/.test(code) ? untrusted(context) : undefined;
  }
}

/** The SDK names the limit that ended the wait: one for the connection, another for the answer. */
function waitedSeconds(message: string): number {
  const [, milliseconds] = /\b(\d{4,6}) ?ms\b/.exec(message) ?? [];
  return milliseconds === undefined ? 10 : Math.round(Number(milliseconds) / 1000);
}

function unreachable(what: string): FailureWords {
  return {
    kind: 'unreachable',
    heading: headings.unreachable,
    message: `Cannot reach AWS: ${what}.`,
    remedy: 'Check outbound access or a VPC endpoint.',
  };
}

function untrusted(context: AwsErrorContext): FailureWords {
  return {
    kind: 'unreachable',
    heading: headings.unreachable,
    message: `Cannot reach AWS: the TLS certificate of ${context.endpointHost} is not trusted.`,
    remedy: 'If a proxy inspects this traffic, let the operator add its certificate authority. Checks are never skipped.',
  };
}

/** For answers without a known code, as proxies and wrong endpoint addresses give. */
function describeStatus(failure: AwsFailure, context: AwsErrorContext): FailureWords | undefined {
  switch (failure.status) {
    case 401:
      return {
        kind: 'invalid-credentials',
        heading: headings.credentials,
        message: `${context.endpointHost} did not accept the credentials and gave no reason.`,
        remedy: 'Check the access key; a proxy on the way may also ask for its own sign-in.',
      };
    case 403:
      return { kind: 'access-denied', ...describeDenial({ effect: 'unknown' }, [context.action]) };
    case 404:
      return {
        kind: 'protocol',
        heading: headings.unexpected,
        message: `${context.endpointHost} does not know the ECR API.`,
        remedy: 'Check the endpoint address.',
      };
    default:
      return undefined;
  }
}

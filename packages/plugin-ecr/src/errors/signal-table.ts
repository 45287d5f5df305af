import { maskAccessKeyId } from '../configuration/mask-access-key-id.js';
import { nearestRegion, regionChoices } from '../regions.js';
import type { AwsFailure } from './aws-failure.js';
import type { AwsErrorContext } from './aws-error-context.js';
import { describeClockSkew } from './clock-skew.js';
import type { FailureWords } from './failure-words.js';
import { readableAccount } from './format.js';
import { headings } from './headings.js';

type Describe = (failure: AwsFailure, context: AwsErrorContext) => FailureWords;

const unknownKey: Describe = (_failure, context) => ({
  kind: 'invalid-credentials',
  heading: headings.credentials,
  message: `AWS does not recognise ${keyName(context)} in ${context.region}.`,
  remedy: `Check that the key is active and copied whole, and that this region is enabled for the account.${
    context.accessKeyId?.startsWith('ASIA') === true ? ' A key that begins with ASIA needs its session token.' : ''
  }`,
});

const wrongSignature: Describe = (failure, context) =>
  describeClockSkew(failure.message) ?? describeWrongScope(failure, context) ?? {
    kind: 'invalid-credentials',
    heading: headings.credentials,
    message: 'The access key exists, but the secret does not match it.',
    remedy: 'Enter the secret again; leading or trailing blanks and a lost / or + are the usual cause.',
  };

const clock: Describe = (failure) =>
  describeClockSkew(failure.message) ?? {
    kind: 'protocol',
    heading: headings.credentials,
    message: "This server's clock differs from that of AWS.",
    remedy: 'Correct the clock (NTP); the key may be fine.',
  };

const expired: Describe = () => ({
  kind: 'expired',
  heading: headings.credentials,
  message: 'These temporary credentials have ended.',
  remedy: 'Use a role, or a read-only user with a long-lived key.',
});

const alteredRequest: Describe = () => ({
  kind: 'protocol',
  heading: headings.unexpected,
  message: 'A proxy altered the request on its way to AWS.',
  remedy: 'Let the operator exempt AWS hosts from the proxy, or keep the Authorization header.',
});

const repositoryNotFound: Describe = (failure, context) => {
  const [, named, registry] = /name '([^']*)' does not exist in the registry with id '([^']*)'/.exec(failure.message) ?? [];
  const name = named ?? context.repository;
  const account = registry ?? context.accountId;
  return {
    kind: 'not-found',
    heading: headings.notFound,
    message: `There is no repository${name === undefined ? '' : ` ${name}`} in ${
      account === undefined ? 'this account' : `account ${readableAccount(account)}`
    }, region ${context.region}.`,
    remedy: 'Check the region first.',
  };
};

const imageNotFound: Describe = (_failure, context) => ({
  kind: 'not-found',
  heading: headings.notFound,
  message: `${context.reference ?? 'The image'} is not in ${context.repository ?? 'the repository'} now.`,
  remedy: 'A lifecycle rule may have removed it.',
});

const layerNotFound: Describe = (_failure, context) => ({
  kind: 'not-found',
  heading: headings.notFound,
  message: `A layer is not in ${context.repository ?? 'the repository'} now; its image was deleted.`,
  remedy: 'Scan again.',
});

const invalidParameter: Describe = (failure) => {
  const [, field] = /at '([^']{1,64})'/.exec(failure.message) ?? [];
  return {
    kind: 'protocol',
    heading: headings.unexpected,
    message: `AWS did not accept ${field === undefined ? 'the request' : `the field ${field} of the request`}.`,
    remedy: 'Check the repository name; if it is right, report this with the request ID.',
  };
};

const throttled: Describe = () => ({
  kind: 'throttled',
  heading: headings.throttled,
  message: 'AWS is limiting requests. Continuing more slowly.',
});

const serviceFailure: Describe = (failure) => ({
  kind: 'unreachable',
  heading: headings.service,
  message: `Amazon ECR answered with an error of its own${failure.status === undefined ? '' : ` (${failure.status})`}.`,
  remedy: 'Try again in a few minutes.',
});

const upstreamFailure: Describe = () => ({
  kind: 'unreachable',
  heading: headings.service,
  message: 'ECR could not reach the upstream registry of this pull through cache.',
  remedy: 'Check the upstream registry and the secret of the pull through cache rule.',
});

const keyManagement: Describe = (_failure, context) => ({
  kind: 'access-denied',
  heading: headings.accessDenied,
  message: `The KMS key that encrypts ${context.repository ?? 'the repository'} cannot be used.`,
  remedy: 'The key may be disabled, or its grant to ECR missing. Its owner can tell.',
});

const webPage: Describe = (failure, context) => ({
  kind: failure.status !== undefined && failure.status >= 500 ? 'unreachable' : 'protocol',
  heading: headings.unexpected,
  message: `${context.endpointHost} answered with a web page, not with ECR.`,
  remedy: 'A proxy or a wrong endpoint address is the usual cause.',
});

const invalidRegion: Describe = (_failure, context) => ({
  kind: 'protocol',
  heading: headings.credentials,
  message: `${context.region === '' ? 'No region was given' : `${context.region} is not an AWS region`}.`,
  remedy: 'Choose the region the repositories are in.',
});

const invalidKeyCharacter: Describe = () => ({
  kind: 'invalid-credentials',
  heading: headings.credentials,
  message: 'The access key holds a character that cannot be sent.',
  remedy: 'Copy the access key again; line breaks and blanks are the usual cause.',
});

const noCredentials: Describe = () => ({
  kind: 'invalid-credentials',
  heading: headings.credentials,
  message: 'No AWS credentials were found for this connection.',
  remedy: 'Enter the access key again.',
});

/** Error codes of ECR and STS, in both spellings. */
const byName: Readonly<Record<string, Describe>> = {
  UnrecognizedClientException: unknownKey,
  InvalidClientTokenId: unknownKey,
  OptInRequired: unknownKey,
  InvalidSignatureException: wrongSignature,
  SignatureDoesNotMatch: wrongSignature,
  RequestExpired: clock,
  RequestTimeTooSkewed: clock,
  ExpiredTokenException: expired,
  ExpiredToken: expired,
  MissingAuthenticationTokenException: alteredRequest,
  MissingAuthenticationToken: alteredRequest,
  IncompleteSignatureException: alteredRequest,
  IncompleteSignature: alteredRequest,
  RepositoryNotFoundException: repositoryNotFound,
  ImageNotFoundException: imageNotFound,
  LayersNotFoundException: layerNotFound,
  LayerInaccessibleException: layerNotFound,
  InvalidParameterException: invalidParameter,
  ValidationException: invalidParameter,
  LimitExceededException: throttled,
  ThrottlingException: throttled,
  Throttling: throttled,
  ThrottleException: throttled,
  TooManyRequestsException: throttled,
  RequestLimitExceeded: throttled,
  ServerException: serviceFailure,
  InternalFailure: serviceFailure,
  ServiceUnavailable: serviceFailure,
  UnableToGetUpstreamImageException: upstreamFailure,
  UnableToGetUpstreamLayerException: upstreamFailure,
  UnableToListUpstreamImageReferrersException: upstreamFailure,
  KmsException: keyManagement,
  CredentialsProviderError: noCredentials,
  SyntaxError: webPage,
};

/** The meaning of a failure that is no refusal by policy. Undefined when nothing is known of it. */
export function describeFailure(failure: AwsFailure, context: AwsErrorContext): FailureWords | undefined {
  const describe = Object.hasOwn(byName, failure.name) ? byName[failure.name] : undefined;
  if (describe !== undefined) return describe(failure, context);
  if (failure.status === 429) return throttled(failure, context);
  if (failure.status !== undefined && failure.status >= 500) return serviceFailure(failure, context);
  if (/\bKMS\b/.test(failure.message)) return keyManagement(failure, context);
  if (failure.networkCode === 'ERR_INVALID_CHAR') return invalidKeyCharacter(failure, context);
  if (/^Region (?:not accepted|is missing)/.test(failure.message)) return invalidRegion(failure, context);
  return undefined;
}

/** A name that does not resolve: a mistyped region, or no name service. */
export function describeUnknownHost(context: AwsErrorContext): FailureWords {
  const isKnownRegion = regionChoices.some((choice) => choice.value === context.region);
  if (isKnownRegion || !context.endpointHost.includes(context.region)) {
    return {
      kind: 'unreachable',
      heading: headings.unreachable,
      message: `Cannot reach AWS: the name ${context.endpointHost} cannot be resolved.`,
      remedy: 'Check outbound access, the name service, or a VPC endpoint.',
    };
  }
  const nearest = nearestRegion(context.region);
  return {
    kind: 'not-found',
    heading: headings.notFound,
    message: `There is no ECR endpoint for ${context.region}.`,
    ...(nearest === undefined
      ? { remedy: 'Check the region.' }
      : { remedy: `Did you mean ${nearest}?`, correction: { typed: context.region, meant: nearest } }),
  };
}

/** An endpoint the operator set may serve another region than the connection's; the secret is not to blame. */
function describeWrongScope(failure: AwsFailure, context: AwsErrorContext): FailureWords | undefined {
  if (!/credential should be scoped to/i.test(failure.message)) return undefined;
  return {
    kind: 'protocol',
    heading: headings.credentials,
    message: `${context.endpointHost} does not serve ${context.region}.`,
    remedy: 'Choose the region the endpoint is in.',
  };
}

function keyName(context: AwsErrorContext): string {
  return context.accessKeyId === undefined ? 'these credentials' : `access key ${maskAccessKeyId(context.accessKeyId)}`;
}

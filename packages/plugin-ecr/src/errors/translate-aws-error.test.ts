import { inspect } from 'node:util';
import { RegistryError } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import type { AwsErrorContext } from './aws-error-context.js';
import { translateAwsError } from './translate-aws-error.js';

const context: AwsErrorContext = {
  action: 'ecr:DescribeImages',
  region: 'eu-central-1',
  endpointHost: 'api.ecr.eu-central-1.amazonaws.com',
  accessKeyId: 'AKIAWTN4Q7ZEXAMPLE3K',
  accountId: '418273905562',
  repository: 'payments/checkout-api',
  reference: '2.14.3',
};

/** An exception as the AWS SDK throws it. */
function awsError(name: string, message = '', status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status, requestId: 'request-1' } });
}

/** A failure of Node.js below the SDK. */
function networkError(code: string, message = code, name = 'Error'): Error {
  return Object.assign(new Error(message), { name, code, $metadata: { attempts: 2 } });
}

const credentials = 'Credentials verification failed';
const keyUnknown = {
  kind: 'invalid-credentials',
  heading: credentials,
  text: 'AWS does not recognise access key AKIA…3K in eu-central-1. Check that the key is active and copied whole, and that this region is enabled for the account.',
};
const secretWrong = {
  kind: 'invalid-credentials',
  heading: credentials,
  text: 'The access key exists, but the secret does not match it. Enter the secret again; leading or trailing blanks and a lost / or + are the usual cause.',
};
const ended = {
  kind: 'expired',
  heading: credentials,
  text: 'These temporary credentials have ended. Use a role, or a read-only user with a long-lived key.',
};
const altered = {
  kind: 'protocol',
  heading: 'Unexpected answer',
  text: 'A proxy altered the request on its way to AWS. Let the operator exempt AWS hosts from the proxy, or keep the Authorization header.',
};
const throttled = {
  kind: 'throttled',
  heading: 'AWS is limiting requests',
  text: 'AWS is limiting requests. Continuing more slowly.',
};
const upstream = {
  kind: 'unreachable',
  heading: 'AWS could not answer',
  text: 'ECR could not reach the upstream registry of this pull through cache. Check the upstream registry and the secret of the pull through cache rule.',
};
const layerGone = {
  kind: 'not-found',
  heading: 'Repository not found',
  text: 'A layer is not in payments/checkout-api now; its image was deleted. Scan again.',
};
const outbound = 'Check outbound access or a VPC endpoint.';
const unreachable = (what: string): object => ({
  kind: 'unreachable',
  heading: 'Cannot reach AWS',
  text: `Cannot reach AWS: ${what}. ${outbound}`,
});
const untrusted = {
  kind: 'unreachable',
  heading: 'Cannot reach AWS',
  text: 'Cannot reach AWS: the TLS certificate of api.ecr.eu-central-1.amazonaws.com is not trusted. If a proxy inspects this traffic, let the operator add its certificate authority. Checks are never skipped.',
};

// Signals as the AWS SDK for JavaScript 3.1169 gives them; the last column is all a user reads.
const signals: readonly (readonly [signal: string, error: unknown, words: object])[] = [
  ['key unknown', awsError('UnrecognizedClientException', 'The security token included in the request is invalid.'), keyUnknown],
  ['key unknown to STS', awsError('InvalidClientTokenId', '', 403), keyUnknown],
  ['region not enabled', awsError('OptInRequired', '', 403), keyUnknown],
  ['secret wrong', awsError('InvalidSignatureException', 'The request signature we calculated does not match the signature you provided.'), secretWrong],
  ['secret wrong for STS', awsError('SignatureDoesNotMatch', 'The request signature we calculated does not match.', 403), secretWrong],
  [
    'endpoint of another region',
    awsError('InvalidSignatureException', "Credential should be scoped to a valid region, not 'eu-central-1'."),
    { kind: 'protocol', heading: credentials, text: 'api.ecr.eu-central-1.amazonaws.com does not serve eu-central-1. Choose the region the endpoint is in.' },
  ],
  [
    'clock behind',
    awsError('InvalidSignatureException', 'Signature expired: 20261123T120000Z is now earlier than 20261123T120200Z (20261123T120700Z - 5 min.)'),
    { kind: 'protocol', heading: credentials, text: "This server's clock is 7 min behind AWS. Correct the clock (NTP); the key may be fine." },
  ],
  [
    'clock ahead, other window',
    awsError('SignatureDoesNotMatch', 'Signature not yet current: 20261123T123000Z is still later than 20261123T121500Z (20261123T120000Z + 15 min.)', 403),
    { kind: 'protocol', heading: credentials, text: "This server's clock is 30 min ahead of AWS. Correct the clock (NTP); the key may be fine." },
  ],
  [
    'clock off by an unknown amount',
    awsError('RequestTimeTooSkewed', '', 403),
    { kind: 'protocol', heading: credentials, text: "This server's clock differs from that of AWS. Correct the clock (NTP); the key may be fine." },
  ],
  ['temporary keys lapsed', awsError('ExpiredTokenException', 'The security token included in the request is expired'), ended],
  ['temporary keys lapsed, STS', awsError('ExpiredToken', '', 403), ended],
  ['header stripped', awsError('MissingAuthenticationTokenException'), altered],
  ['header malformed', awsError('IncompleteSignatureException'), altered],
  [
    'repository unknown',
    awsError('RepositoryNotFoundException', "The repository with name 'payments/chekout-api' does not exist in the registry with id '418273905562'"),
    {
      kind: 'not-found',
      heading: 'Repository not found',
      text: 'There is no repository payments/chekout-api in account 4182-7390-5562, region eu-central-1. Check the region first.',
    },
  ],
  [
    'image unknown',
    awsError('ImageNotFoundException'),
    {
      kind: 'not-found',
      heading: 'Repository not found',
      text: '2.14.3 is not in payments/checkout-api now. A lifecycle rule may have removed it.',
    },
  ],
  ['layer gone', awsError('LayersNotFoundException'), layerGone],
  ['layer not bound', awsError('LayerInaccessibleException'), layerGone],
  [
    'bad parameter',
    awsError('InvalidParameterException', "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression'"),
    {
      kind: 'protocol',
      heading: 'Unexpected answer',
      text: 'AWS did not accept the field repositoryName of the request. Check the repository name; if it is right, report this with the request ID.',
    },
  ],
  [
    'bad parameter, newer operations',
    awsError('ValidationException', '1 validation error detected'),
    {
      kind: 'protocol',
      heading: 'Unexpected answer',
      text: 'AWS did not accept the request. Check the repository name; if it is right, report this with the request ID.',
    },
  ],
  ['rate', awsError('ThrottlingException', 'Rate exceeded'), throttled],
  ['limit', awsError('LimitExceededException'), throttled],
  ['rate, other code', awsError('TooManyRequestsException'), throttled],
  ['rate, status only', awsError('Unknown', 'UnknownError', 429), throttled],
  [
    'service failure',
    awsError('ServerException', '', 500),
    { kind: 'unreachable', heading: 'AWS could not answer', text: 'Amazon ECR answered with an error of its own (500). Try again in a few minutes.' },
  ],
  [
    'service failure, status only',
    awsError('Unknown', 'UnknownError', 503),
    { kind: 'unreachable', heading: 'AWS could not answer', text: 'Amazon ECR answered with an error of its own (503). Try again in a few minutes.' },
  ],
  ['upstream of a cache, image', awsError('UnableToGetUpstreamImageException'), upstream],
  ['upstream of a cache, layer', awsError('UnableToGetUpstreamLayerException'), upstream],
  [
    'key disabled',
    awsError('KmsException', 'The key is disabled'),
    {
      kind: 'access-denied',
      heading: 'Access denied',
      text: 'The KMS key that encrypts payments/checkout-api cannot be used. The key may be disabled, or its grant to ECR missing. Its owner can tell.',
    },
  ],
  [
    'name not resolved in a known region',
    networkError('ENOTFOUND', 'getaddrinfo ENOTFOUND api.ecr.eu-central-1.amazonaws.com'),
    {
      kind: 'unreachable',
      heading: 'Cannot reach AWS',
      text: 'Cannot reach AWS: the name api.ecr.eu-central-1.amazonaws.com cannot be resolved. Check outbound access, the name service, or a VPC endpoint.',
    },
  ],
  ['name service failing', networkError('EAI_AGAIN'), unreachable('the name api.ecr.eu-central-1.amazonaws.com cannot be resolved at the moment')],
  [
    'region refused by the SDK',
    new Error('Region not accepted: region="eu/central" is not a valid hostname component.'),
    { kind: 'protocol', heading: credentials, text: 'eu-central-1 is not an AWS region. Choose the region the repositories are in.' },
  ],
  [
    'no region',
    new Error('Region is missing'),
    { kind: 'protocol', heading: credentials, text: 'eu-central-1 is not an AWS region. Choose the region the repositories are in.' },
  ],
  [
    'key disabled, in the text alone',
    awsError('InvalidStateException', 'KMS key is pending deletion'),
    {
      kind: 'access-denied',
      heading: 'Access denied',
      text: 'The KMS key that encrypts payments/checkout-api cannot be used. The key may be disabled, or its grant to ECR missing. Its owner can tell.',
    },
  ],
  [
    'clock off, query protocol',
    awsError('RequestExpired', '', 400),
    { kind: 'protocol', heading: credentials, text: "This server's clock differs from that of AWS. Correct the clock (NTP); the key may be fine." },
  ],
  [
    'character that cannot be sent',
    networkError('ERR_INVALID_CHAR', 'Invalid character in header content ["authorization"]', 'TypeError'),
    {
      kind: 'invalid-credentials',
      heading: credentials,
      text: 'The access key holds a character that cannot be sent. Copy the access key again; line breaks and blanks are the usual cause.',
    },
  ],
  ['connection refused', networkError('ECONNREFUSED'), unreachable('api.ecr.eu-central-1.amazonaws.com refused the connection')],
  ['no route', networkError('EHOSTUNREACH'), unreachable('there is no way to api.ecr.eu-central-1.amazonaws.com from here')],
  ['connection dropped', networkError('ECONNRESET', 'socket hang up', 'TimeoutError'), unreachable('api.ecr.eu-central-1.amazonaws.com dropped the connection')],
  ['no answer', networkError('ETIMEDOUT', 'a request has exceeded the requestTimeout', 'TimeoutError'), unreachable('api.ecr.eu-central-1.amazonaws.com did not answer within 10 s')],
  ['no connection in time', networkError('ETIMEDOUT', 'the request socket did not establish a connection with the server within the configured timeout of 3000 ms.', 'TimeoutError'), unreachable('api.ecr.eu-central-1.amazonaws.com did not answer within 3 s')],
  ['no answer, name only', Object.assign(new Error('slow'), { name: 'TimeoutError' }), unreachable('api.ecr.eu-central-1.amazonaws.com did not answer within 10 s')],
  ['inspecting proxy', networkError('SELF_SIGNED_CERT_IN_CHAIN'), untrusted],
  ['unknown authority', networkError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), untrusted],
  ['certificate of another host', networkError('ERR_TLS_CERT_ALTNAME_INVALID'), untrusted],
  [
    'web page',
    awsError('SyntaxError', "Unexpected token '<', \"<html>\" is not valid JSON\n  Deserialization error", 200),
    {
      kind: 'protocol',
      heading: 'Unexpected answer',
      text: 'api.ecr.eu-central-1.amazonaws.com answered with a web page, not with ECR. A proxy or a wrong endpoint address is the usual cause.',
    },
  ],
  [
    'web page of a failing proxy, worth another try',
    awsError('SyntaxError', "Unexpected token '<'", 502),
    {
      kind: 'unreachable',
      heading: 'Unexpected answer',
      text: 'api.ecr.eu-central-1.amazonaws.com answered with a web page, not with ECR. A proxy or a wrong endpoint address is the usual cause.',
    },
  ],
  [
    'wrong path of a custom endpoint',
    awsError('Unknown', 'UnknownError', 404),
    {
      kind: 'protocol',
      heading: 'Unexpected answer',
      text: 'api.ecr.eu-central-1.amazonaws.com does not know the ECR API. Check the endpoint address.',
    },
  ],
  [
    'no credentials',
    awsError('CredentialsProviderError'),
    { kind: 'invalid-credentials', heading: credentials, text: 'No AWS credentials were found for this connection. Enter the access key again.' },
  ],
  [
    '401 without a code',
    awsError('Unknown', 'UnknownError', 401),
    {
      kind: 'invalid-credentials',
      heading: credentials,
      text: 'api.ecr.eu-central-1.amazonaws.com did not accept the credentials and gave no reason. Check the access key; a proxy on the way may also ask for its own sign-in.',
    },
  ],
  [
    '403 without a code',
    awsError('Unknown', 'UnknownError', 403),
    {
      kind: 'access-denied',
      heading: 'Access denied',
      text: 'AWS denied ecr:DescribeImages and gave no reason. Possible layers: IAM policy, permissions boundary, SCP, repository policy, VPC endpoint.',
    },
  ],
  ['abort', Object.assign(new Error('Request aborted'), { name: 'AbortError' }), { kind: 'cancelled', heading: 'Cancelled', text: 'The request was cancelled.' }],
  [
    'something new',
    awsError('QuantumException', 'unheard of'),
    {
      kind: 'protocol',
      heading: 'Unexpected answer',
      text: 'ecr:DescribeImages failed in a way that is not known. Report this with what AWS answered.',
    },
  ],
  [
    'something that is no error',
    'nonsense',
    {
      kind: 'protocol',
      heading: 'Unexpected answer',
      text: 'ecr:DescribeImages failed in a way that is not known. Report this with what AWS answered.',
    },
  ],
  // A code that is also the name of a method every object has.
  [
    'a hostile code',
    awsError('constructor'),
    {
      kind: 'protocol',
      heading: 'Unexpected answer',
      text: 'ecr:DescribeImages failed in a way that is not known. Report this with what AWS answered.',
    },
  ],
];

describe('every signal has its words', () => {
  test.each(signals)('%s', (_signal, error, words) => {
    expect(read(translateAwsError(error, context))).toEqual(words);
  });

  test.each([
    ['us-esat-1', 'There is no ECR endpoint for us-esat-1. Did you mean us-east-1?', { typed: 'us-esat-1', meant: 'us-east-1' }],
    ['eu-cental-1', 'There is no ECR endpoint for eu-cental-1. Did you mean eu-central-1?', { typed: 'eu-cental-1', meant: 'eu-central-1' }],
    ['zz-elsewhere-9', 'There is no ECR endpoint for zz-elsewhere-9. Check the region.', undefined],
  ])('a region nobody knows: %s', (region, text, correction) => {
    const host = `api.ecr.${region}.amazonaws.com`;
    const error = translateAwsError(networkError('ENOTFOUND', `getaddrinfo ENOTFOUND ${host}`), {
      ...context,
      region,
      endpointHost: host,
    });

    expect(read(error)).toEqual({ kind: 'not-found', heading: 'Repository not found', text });
    expect(error.correction).toEqual(correction);
  });

  test.each([
    ['AWS gives no reason', '', 'AWS does not let user/esscm assume arn:aws:iam::111122223333:role/reader, and does not say why.'],
    ['a policy forbids it', ' with an explicit deny in an identity-based policy', 'A policy forbids user/esscm to assume arn:aws:iam::111122223333:role/reader.'],
  ])('a role that may not be assumed: %s', (_, because, message) => {
    const roleArn = 'arn:aws:iam::111122223333:role/reader';
    const text = `User: arn:aws:iam::418273905562:user/esscm is not authorized to perform: sts:AssumeRole on resource: ${roleArn}${because}`;
    const error = translateAwsError(awsError('AccessDenied', text, 403), { ...context, action: 'sts:AssumeRole', roleArn });

    expect([error.kind, error.heading, error.message]).toEqual(['access-denied', 'Access denied', message]);
  });

  test('credentials without a key of their own are not named by one', () => {
    const { accessKeyId: _none, ...machine } = context;

    expect(translateAwsError(awsError('UnrecognizedClientException'), machine).message).toBe('AWS does not recognise these credentials in eu-central-1.');
  });

  test('a temporary key is reminded of its session token', () => {
    const error = translateAwsError(awsError('UnrecognizedClientException'), { ...context, accessKeyId: 'ASIAWTN4Q7ZEXAMPLE3K' });

    expect(error.remedy).toMatch(/A key that begins with ASIA needs its session token\.$/);
  });
});

describe('what AWS answered', () => {
  test('is kept for the details, with the call and the request ID', () => {
    const cause = awsError('ThrottlingException', 'Rate exceeded');
    const error = translateAwsError(cause, context);

    expect(error.upstream).toEqual({
      call: 'ecr:DescribeImages',
      host: 'api.ecr.eu-central-1.amazonaws.com',
      code: 'ThrottlingException',
      message: 'Rate exceeded',
      status: 400,
      requestId: 'request-1',
    });
    expect(error.cause).toBe(cause);
    expect(error.retryable).toBe(true);
  });

  test('loses the canonical request, whose headers hold the session token', () => {
    const error = translateAwsError(
      awsError(
        'InvalidSignatureException',
        "The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been\n'POST\n/\nx-amz-security-token:FwoGZXIvYXdzEXAMPLE\n'",
      ),
      context,
    );

    expect(inspect(error, { depth: 9 })).not.toContain('FwoGZXIvYXdzEXAMPLE');
    expect(error.upstream?.message).toBe(
      'The request signature we calculated does not match the signature you provided.',
    );
    expect(error.cause).toBeInstanceOf(Error);
  });

  test('is cut to a length a page can show', () => {
    expect(translateAwsError(awsError('ServerException', 'x'.repeat(100_000)), context).upstream?.message).toHaveLength(1000);
  });

  test('an error translated before stays what it is', () => {
    const error = new RegistryError({ kind: 'archived', heading: 'Archived', message: 'Archived.' });

    expect(translateAwsError(error, context)).toBe(error);
  });
});

/** What a user reads, message and remedy together. */
function read(error: RegistryError): object {
  return {
    kind: error.kind,
    heading: error.heading,
    text: error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`,
  };
}

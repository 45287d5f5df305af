import { OciError } from '@esscm/oci-client';
import type { OciErrorDetails } from '@esscm/oci-client';
import { describe, expect, test } from 'vitest';
import { translateOciError } from './translate-oci-error.js';
import type { OciErrorContext } from './translate-oci-error.js';

const host = '418273905562.dkr.ecr.eu-central-1.amazonaws.com';
const privateContext: OciErrorContext = {
  variantId: 'private',
  repository: 'payments/checkout-api',
  reference: '2.14.3',
  region: 'eu-central-1',
  accountId: '418273905562',
};
const publicContext: OciErrorContext = { variantId: 'public', repository: 'nginx/nginx', reference: '1.27.99' };

const user = 'arn:aws:iam::418273905562:user/esscm-ecr-read';
const iamText = `User: ${user} is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-central-1:418273905562:repository/payments/checkout-api because no identity-based policy allows the ecr:BatchGetImage action`;

type Details = Omit<OciErrorDetails, 'message'>;
type Row = readonly [signal: string, details: Details, kind: string, heading: string, text: string];

const denied = (upstreamMessage: string, status = 403): Details => ({ code: 'denied', status, upstreamCode: 'DENIED', upstreamMessage });
const notFound = (upstreamCode: string): Details => ({ code: 'not-found', status: 404, upstreamCode });
const invalidToken =
  'The registry does not accept this sign-in. A sign-in counts in one region only: check that the image is in the region of the connection.';

const privateRows: readonly Row[] = [
  ['401', { code: 'unauthorized', status: 401 }, 'invalid-credentials', 'Credentials verification failed', 'The registry asked for a sign-in and did not accept the one it got. Verify the credentials of the connection.'],
  ['403 of IAM', denied(iamText), 'access-denied', 'Access denied', 'user/esscm-ecr-read may not call ecr:BatchGetImage. Add this statement to its policy.'],
  ['403 without a reason', denied('Forbidden'), 'access-denied', 'Access denied', 'AWS denied ecr:BatchGetImage and gave no reason. Possible layers: IAM policy, permissions boundary, SCP, repository policy, VPC endpoint.'],
  ['403 sign-in ended', denied('Your authorization token has expired. Reauthenticate and try again.'), 'expired', 'Credentials verification failed', 'The sign-in to the registry has ended and could not be renewed. Verify the credentials of the connection.'],
  ['403 sign-in of another region', denied('Your Authorization Token is invalid.'), 'invalid-credentials', 'Credentials verification failed', invalidToken],
  ['400 sign-in of another region', { ...denied('Your Authorization Token is invalid.', 400), code: 'protocol' }, 'invalid-credentials', 'Credentials verification failed', invalidToken],
  ['404 repository', notFound('NAME_UNKNOWN'), 'not-found', 'Repository not found', 'There is no repository payments/checkout-api in account 4182-7390-5562, region eu-central-1. Check the region first.'],
  ['404 image', notFound('MANIFEST_UNKNOWN'), 'not-found', 'Repository not found', '2.14.3 is not in payments/checkout-api now. A lifecycle rule may have removed it. An archived image has to be restored in ECR first.'],
  ['404 layer', notFound('BLOB_UNKNOWN'), 'not-found', 'Repository not found', 'A layer is not in payments/checkout-api now; its image was deleted. Scan again.'],
  ['S3 refuses our credential', { code: 'protocol', status: 400, upstreamCode: 'InvalidArgument', upstreamMessage: 'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter' }, 'protocol', 'Unexpected answer', 'A registry credential was sent to the layer store, which refused it. Report this; it is a fault of this product.'],
  ['S3 blocked', { code: 'denied', status: 403, host: 'prod-eu-central-1-starport-layer-bucket.s3.eu-central-1.amazonaws.com' }, 'unreachable', 'Cannot reach AWS', 'Cannot reach AWS: the registry answers, but the store of its layers refuses. Layers come from Amazon S3; allow *.s3.eu-central-1.amazonaws.com in VPC endpoint policies and outbound filters.'],
  ['429', { code: 'throttled', status: 429, upstreamCode: 'TOOMANYREQUESTS', upstreamMessage: 'Rate exceeded' }, 'throttled', 'AWS is limiting requests', 'AWS is limiting requests. Continuing more slowly.'],
  ['no connection', { code: 'unreachable', host }, 'unreachable', 'Cannot reach AWS', `Cannot reach AWS: ${host} did not answer as it should. Check outbound access or a VPC endpoint.`],
  ['refused address', { code: 'blocked', host }, 'unreachable', 'Cannot reach AWS', `Cannot reach AWS: ${host} did not answer as it should. Check outbound access or a VPC endpoint.`],
  ['schema 1', { code: 'unsupported' }, 'unsupported', 'Not supported', 'as oci-client says'],
  ['too large', { code: 'limit' }, 'unsupported', 'Not supported', 'as oci-client says'],
  ['wrong bytes', { code: 'integrity' }, 'protocol', 'Unexpected answer', 'as oci-client says'],
  ['cancelled', { code: 'cancelled' }, 'cancelled', 'Cancelled', 'The request was cancelled.'],
];

const publicRows: readonly Row[] = [
  ['404 tag', notFound('MANIFEST_UNKNOWN'), 'not-found', 'Repository not found', 'No image with tag 1.27.99 in nginx/nginx.'],
  ['404 repository', notFound('NAME_UNKNOWN'), 'not-found', 'Repository not found', 'There is no public repository nginx/nginx.'],
  ['429 rate', { code: 'throttled', status: 429, upstreamMessage: 'Rate exceeded' }, 'throttled', 'AWS is limiting requests', 'AWS is limiting requests. Continuing more slowly.'],
  ['429 data', { code: 'throttled', status: 429, upstreamMessage: 'Data limit exceeded' }, 'throttled', 'AWS is limiting requests', 'ECR Public has given this address its monthly amount of anonymous data. Try again next month, or copy the image to a private repository and scan it there.'],
  ['401', { code: 'unauthorized', status: 401 }, 'invalid-credentials', 'Credentials verification failed', 'The registry asked for a sign-in and did not accept the one it got. Public images need none: check the address of the image.'],
];

describe('failed pulls', () => {
  test.each(privateRows)('private: %s', (_signal, details, kind, heading, text) => {
    expect(read(details, privateContext)).toEqual([kind, heading, text]);
  });

  test.each(publicRows)('public: %s', (_signal, details, kind, heading, text) => {
    expect(read(details, publicContext)).toEqual([kind, heading, text]);
  });

  test('a missing image that is known to be archived is said to be', () => {
    expect(read(notFound('MANIFEST_UNKNOWN'), { ...privateContext, archived: true })).toEqual([
      'archived',
      'Repository not found',
      'This image is archived. Restore it in ECR (about 20 minutes), then scan again.',
    ]);
  });

  test('keep what the registry answered', () => {
    const cause = new OciError({
      code: 'throttled',
      message: 'as oci-client says',
      status: 429,
      upstreamCode: 'TOOMANYREQUESTS',
      upstreamMessage: 'Rate exceeded',
      requestId: 'request-1',
      host,
      retryAfterMs: 2000,
    });
    const error = translateOciError(cause, privateContext);

    expect(error.upstream).toEqual({
      status: 429,
      code: 'TOOMANYREQUESTS',
      message: 'Rate exceeded',
      requestId: 'request-1',
      host,
    });
    expect([error.retryAfterMs, error.cause]).toEqual([2000, cause]);
  });

  test('anything else is an unknown failure with its cause', () => {
    const cause = new TypeError('a fault of ours');
    const error = translateOciError(cause, privateContext);

    expect([error.kind, error.cause]).toEqual(['protocol', cause]);
  });
});

function read(details: Details, context: OciErrorContext): readonly string[] {
  const error = translateOciError(new OciError({ ...details, message: 'as oci-client says' }), context);
  return [error.kind, error.heading, error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`];
}

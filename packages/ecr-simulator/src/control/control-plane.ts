import { ServiceFault } from '../errors.js';
import type { FaultBehaviour } from '../faults.js';
import type { IncomingRequest, OutgoingAnswer, ReadRequest } from '../http/exchange.js';
import { verifySignature } from '../signature/verify-signature.js';
import type { SimulatorState } from '../simulator-state.js';
import { batchGetImage } from './batch-get-image.js';
import { describeImages } from './describe-images.js';
import { describeRepositories } from './describe-repositories.js';
import { getAuthorizationToken, getPublicAuthorizationToken } from './get-authorization-token.js';
import { batchCheckLayerAvailability, getDownloadUrlForLayer } from './layers.js';
import { listImageReferrers } from './list-image-referrers.js';
import { listImages } from './list-images.js';
import type { Operation } from './operation-context.js';
import { RequestFields } from './request-fields.js';

const PRIVATE_TARGET = 'AmazonEC2ContainerRegistry_V20150921.';
const PUBLIC_TARGET = 'SpencerFrontendService.';

const PRIVATE_OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['GetAuthorizationToken', getAuthorizationToken],
  ['DescribeRepositories', describeRepositories],
  ['ListImages', listImages],
  ['DescribeImages', describeImages],
  ['BatchGetImage', batchGetImage],
  ['BatchCheckLayerAvailability', batchCheckLayerAvailability],
  ['GetDownloadUrlForLayer', getDownloadUrlForLayer],
  ['ListImageReferrers', listImageReferrers],
]);
const PUBLIC_OPERATIONS: ReadonlyMap<string, Operation> = new Map([['GetAuthorizationToken', getPublicAuthorizationToken]]);

/** Which operation of which service a request is for, as the request log and the faults name it (`ecr:ListImages`); undefined for another request. */
export function controlPlaneOperation(request: IncomingRequest): string | undefined {
  const target = request.headers.get('x-amz-target');
  if (target?.startsWith(PRIVATE_TARGET) === true) return `ecr:${target.slice(PRIVATE_TARGET.length)}`;
  if (target?.startsWith(PUBLIC_TARGET) === true) return `ecr-public:${target.slice(PUBLIC_TARGET.length)}`;
  return target === undefined ? undefined : 'ecr:UnknownOperation';
}

/** The JSON error of the AWS JSON 1.1 protocol. */
export function jsonFault(fault: ServiceFault): OutgoingAnswer {
  const body = JSON.stringify({ __type: fault.code, message: fault.message });
  return { status: fault.status, headers: { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-ErrorType': fault.code }, body };
}

/** Answers a call of the ECR or ECR Public API: AWS JSON 1.1, `POST /`, signed with Signature Version 4. */
export function answerControlPlane(state: SimulatorState, request: ReadRequest, operationName: string, fault: FaultBehaviour | undefined): OutgoingAnswer {
  try {
    const isPublic = operationName.startsWith('ecr-public:');
    const name = operationName.slice(operationName.indexOf(':') + 1);
    const operation = (isPublic ? PUBLIC_OPERATIONS : PRIVATE_OPERATIONS).get(name);
    const principal = verifySignature(request, state.directory, {
      // ECR Public is served in one region only.
      region: isPublic ? 'us-east-1' : state.region,
      service: isPublic ? 'ecr-public' : 'ecr',
      now: state.now(),
    });
    request.note.principal = principal.arn;
    if (operation === undefined) throw new ServiceFault('UnknownOperationException', `Unknown operation ${name}`);
    const body = operation({ state, principal, fields: new RequestFields(request.body), fault });
    return { status: 200, headers: { 'Content-Type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
  } catch (error) {
    if (error instanceof ServiceFault) return jsonFault(error);
    throw error;
  }
}

import { answerControlPlane, controlPlaneOperation } from './control/control-plane.js';
import type { FaultBehaviour } from './faults.js';
import { type IncomingRequest, type OutgoingAnswer, readBody } from './http/exchange.js';
import type { SimulatorPlane } from './http/request-log.js';
import { answerPrivateRegistry } from './registry/private-registry.js';
import { answerPublicRegistry, answerPublicToken, isPublicHost } from './registry/public-registry.js';
import { registryRoute } from './registry/registry-route.js';
import type { SimulatorState } from './simulator-state.js';
import { answerSecurityTokenService } from './sts/security-token-service.js';

/** Largest body of a control-plane call, in bytes. */
const MAX_CALL_BYTES = 1024 * 1024;

/** Where a request belongs, and how to answer it there. */
export interface RoutedRequest {
  readonly plane: SimulatorPlane;
  readonly operation: string;
  /** @param fault what the ordinary answer is to be changed by */
  readonly answer: (fault: FaultBehaviour | undefined) => Promise<OutgoingAnswer>;
}

/** The region a request is for: by the name of the registry's host, or by what it was signed for; empty when it names none. */
export function requestedRegion(request: IncomingRequest): string {
  if (request.path.startsWith('/v2')) return /^\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(request.host)?.[1] ?? '';
  return /Credential=[^/,]+\/\d+\/([a-z0-9-]+)\//.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
}

/** Tells on the main port apart: by path, then the Host header (registries) or `X-Amz-Target` (ECR, else STS). */
export async function routeRequest(state: SimulatorState, request: IncomingRequest, requestId: string): Promise<RoutedRequest> {
  if (request.path === '/v2' || request.path.startsWith('/v2/')) {
    const route = registryRoute(request.path);
    if ('name' in route) request.note.repository = route.name;
    const isPublic = isPublicHost(request.host);
    return {
      plane: isPublic ? 'public' : 'registry',
      operation: `${isPublic ? 'public' : 'registry'}:${route.operation}`,
      answer: () => (isPublic ? answerPublicRegistry(state, request, route) : answerPrivateRegistry(state, request, route)),
    };
  }
  if (request.path === '/token/' || request.path === '/token') {
    return { plane: 'public', operation: 'public:token', answer: async () => answerPublicToken(state, request) };
  }
  if (request.method !== 'POST' || request.path !== '/') {
    return { plane: 'unknown', operation: 'unknown:request', answer: async () => ({ status: 404, headers: {}, body: 'Not Found' }) };
  }
  const read = { ...request, body: await readBody(request.stream, MAX_CALL_BYTES) };
  const operation = controlPlaneOperation(request);
  if (operation !== undefined) {
    const plane = operation.startsWith('ecr-public:') ? 'ecr-public' : 'ecr';
    return { plane, operation, answer: async (fault) => answerControlPlane(state, read, operation, fault) };
  }
  const action = new URLSearchParams(read.body.toString('utf8')).get('Action') ?? 'UnknownOperation';
  return {
    plane: 'sts',
    operation: `sts:${/^\w{1,64}$/.test(action) ? action : 'UnknownOperation'}`,
    answer: async () => answerSecurityTokenService(state, read, requestId),
  };
}

import type { IncomingRequest, OutgoingAnswer } from '../http/exchange.js';
import type { SimulatorState } from '../simulator-state.js';
import { RegistryError } from './registry-error.js';
import { answerRegistryOperation } from './registry-operations.js';
import type { RegistryRoute } from './registry-route.js';

/** Life of an anonymous bearer token in milliseconds. */
const ANONYMOUS_LIFE_MS = 60 * 60 * 1_000;
const ANONYMOUS = 'anonymous';

/** Whether a Host header names ECR Public. */
export function isPublicHost(host: string): boolean {
  const [name] = host.split(':');
  return name === 'public.ecr.aws' || name === 'ecr-public.aws.com';
}

const notAuthorized = (state: SimulatorState) =>
  new RegistryError(401, 'DENIED', 'Not Authorized', {
    // The real realm is https://public.ecr.aws/token/. Who reached us did so over loopback and could not follow that one.
    'Www-Authenticate': `Bearer realm="${state.origins().main}/token/",service="public.ecr.aws",scope="aws"`,
  });

const invalidToken = () => new RegistryError(400, 'DENIED', 'Your Authorization Token is invalid.');

function requireBearer(state: SimulatorState, request: IncomingRequest): void {
  const [scheme, token] = request.headers.get('authorization')?.split(' ') ?? [];
  if (scheme === undefined) throw notAuthorized(state);
  if (scheme.toLowerCase() !== 'bearer' || token === undefined) throw invalidToken();
  // The token of GetAuthorizationToken carries its user name, the anonymous one does not.
  const decoded = Buffer.from(token, 'base64').toString('utf8');
  const reading = state.publicTokens.read(decoded.startsWith('AWS:') ? decoded.slice('AWS:'.length) : token, state.now());
  if (reading.state !== 'valid') throw invalidToken();
  request.note.principal = reading.principalArn === ANONYMOUS ? undefined : reading.principalArn;
}

/** `GET /token/`: a bearer token for anyone; for the holder of an ECR Public password, theirs. The scope asked for changes nothing. */
export function answerPublicToken(state: SimulatorState, request: IncomingRequest): OutgoingAnswer {
  try {
    if (request.method !== 'GET') throw new RegistryError(405, 'UNSUPPORTED', 'The operation is unsupported.');
    const [scheme, encoded] = request.headers.get('authorization')?.split(' ') ?? [];
    let principalArn = ANONYMOUS;
    if (scheme !== undefined) {
      const credential = Buffer.from(encoded ?? '', 'base64').toString('utf8');
      const reading = state.publicTokens.read(credential.slice(credential.indexOf(':') + 1), state.now());
      if (scheme.toLowerCase() !== 'basic' || reading.state !== 'valid') throw invalidToken();
      principalArn = reading.principalArn;
    }
    const { password } = state.publicTokens.mint(principalArn, state.now(), new Date(state.now().getTime() + ANONYMOUS_LIFE_MS));
    return { status: 200, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify({ token: password }) };
  } catch (error) {
    if (error instanceof RegistryError) return error.toAnswer();
    throw error;
  }
}

/** Answers `/v2/` of ECR Public: bearer tokens, no policies, and no HEAD of blobs. */
export async function answerPublicRegistry(state: SimulatorState, request: IncomingRequest, route: RegistryRoute): Promise<OutgoingAnswer> {
  try {
    requireBearer(state, request);
    // ECR Public answers 401 to HEAD of a blob whatever the token (aws/containers-roadmap#2671).
    if (route.operation === 'blob' && request.method === 'HEAD') throw notAuthorized(state);
    return await answerRegistryOperation(
      {
        state,
        request,
        visibility: 'public',
        place: 'public',
        clientOrigin: state.origins().main,
        open: (name) => {
          const repository = state.catalogue.find('public', name);
          if (repository === undefined) throw new RegistryError(404, 'NAME_UNKNOWN', `The repository with name '${name}' does not exist in the registry`);
          return repository;
        },
      },
      route,
    );
  } catch (error) {
    if (error instanceof RegistryError) return error.toAnswer();
    throw error;
  }
}

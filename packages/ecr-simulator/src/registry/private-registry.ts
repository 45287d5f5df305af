import { ServiceFault } from '../errors.js';
import type { IncomingRequest, OutgoingAnswer } from '../http/exchange.js';
import type { Principal } from '../iam/principal-directory.js';
import type { SimulatorState } from '../simulator-state.js';
import { RegistryError } from './registry-error.js';
import { answerRegistryOperation } from './registry-operations.js';
import type { RegistryRoute } from './registry-route.js';

const invalidToken = (status: 400 | 403) => new RegistryError(status, 'DENIED', 'Your Authorization Token is invalid.');

function authenticate(state: SimulatorState, request: IncomingRequest): Principal {
  const header = request.headers.get('authorization');
  const [scheme, encoded] = header?.split(' ') ?? [];
  if (scheme === undefined || scheme.toLowerCase() !== 'basic' || encoded === undefined) {
    const host = isLoopback(request.host) ? state.registryHost : request.host;
    throw new RegistryError(401, 'UNAUTHORIZED', 'Not Authorized', { 'Www-Authenticate': `Basic realm="https://${host}/",service="ecr.amazonaws.com"` });
  }
  const credential = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = credential.indexOf(':');
  if (credential.slice(0, colon) !== 'AWS') throw invalidToken(400);
  const reading = state.tokens.read(credential.slice(colon + 1), state.now());
  if (reading.state === 'expired') throw new RegistryError(403, 'DENIED', 'Your authorization token has expired. Reauthenticate and try again.');
  if (reading.state === 'malformed') throw invalidToken(400);
  const principal = reading.state === 'valid' ? state.directory.findByArn(reading.principalArn) : undefined;
  if (principal === undefined) throw invalidToken(403);
  return principal;
}

/** Whether a Host header names this machine. */
function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host) || host === '';
}

/**
 * The account whose registry a Host header names, in this region: the simulator's own for a loopback name, undefined for a host of another
 * region or one that is no private registry.
 */
function registryAccount(state: SimulatorState, host: string): string | undefined {
  if (isLoopback(host)) return state.account;
  const match = /^(\d{12})\.dkr(?:\.ecr|-ecr)(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws|localhost)(?::\d+)?$/.exec(host);
  return match?.[2] === state.region ? match[1] : undefined;
}

/** Answers `/v2/` of a private registry: Basic authentication with a token of GetAuthorizationToken, then IAM per repository. */
export async function answerPrivateRegistry(state: SimulatorState, request: IncomingRequest, route: RegistryRoute): Promise<OutgoingAnswer> {
  try {
    const registryId = registryAccount(state, request.host);
    if (registryId === undefined) throw new RegistryError(421, 'DENIED', `This registry is ${state.registryHost}`);
    const place = { account: registryId, region: state.region };
    const principal = authenticate(state, request);
    request.note.principal = principal.arn;
    const require = (operation: string, name: string) => {
      try {
        state.access.requireOnRepository(principal, operation, registryId, name);
      } catch (error) {
        throw error instanceof ServiceFault ? new RegistryError(403, 'DENIED', error.message) : error;
      }
    };
    if (route.operation === 'catalog') require('DescribeRepositories', '*');
    return await answerRegistryOperation(
      {
        state,
        request,
        visibility: 'private',
        place,
        clientOrigin: isLoopback(request.host) && request.host !== '' ? `http://${request.host}` : state.origins().main,
        open: (name, operation) => {
          require(operation, name);
          const repository = state.catalogue.find('private', name, place);
          if (repository === undefined) {
            throw new RegistryError(404, 'NAME_UNKNOWN', `The repository with name '${name}' does not exist in the registry with id '${registryId}'`);
          }
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

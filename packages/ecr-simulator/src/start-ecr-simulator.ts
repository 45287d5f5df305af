import { randomBytes } from 'node:crypto';
import { answerBlobOrigin } from './blobs/blob-origin.js';
import { BlobLinks } from './blobs/blob-links.js';
import { CleanUp } from './clean-up.js';
import { Pager } from './content/page.js';
import { RepositoryCatalogue } from './content/repository-catalogue.js';
import { SimulatorError } from './errors.js';
import { faultAnswer } from './fault-answer.js';
import { FaultPlan, type SimulatedFault } from './faults.js';
import type { IncomingRequest } from './http/exchange.js';
import { type Answerer, LoopbackServer } from './http/loopback-server.js';
import { type RecordedRequest, RequestLog, type SimulatorPlane } from './http/request-log.js';
import { AccessControl } from './iam/access-control.js';
import { PrincipalDirectory } from './iam/principal-directory.js';
import { RegistryTokenIssuer } from './registry/registry-token.js';
import { UploadStore } from './registry/upload-store.js';
import { isRegion, registryHostName } from './registry-place.js';
import { requestedRegion, routeRequest } from './route-request.js';
import type { SimulatedRepository } from './simulated-account.js';
import type { EcrSimulatorOptions } from './simulator-options.js';
import type { SimulatorState } from './simulator-state.js';

const MAX_LOGGED_REQUESTS = 10_000;
const MAX_LOGGED_CHARACTERS = 512;

/** A running simulator. Whoever started it closes it; closing twice is fine. */
export interface EcrSimulator extends AsyncDisposable {
  /** Base URL for the ECR client (also for ECR Public's). */
  readonly apiEndpoint: string;
  readonly stsEndpoint: string;
  /** Origin to connect to instead of `https://<registryHost>`; send `Host: <registryHost>`, or a loopback host. */
  readonly registryOrigin: string;
  /** Origin to connect to instead of `https://public.ecr.aws`; send `Host: public.ecr.aws`. */
  readonly publicOrigin: string;
  /** `<account>.dkr.ecr.<region>.amazonaws.com`, the host in image references. */
  readonly registryHost: string;
  /** The second port, to which blob requests are redirected. */
  readonly blobOrigin: string;
  /** What was asked, oldest first; the newest 10,000. Holds no secret. */
  readonly requests: readonly RecordedRequest[];
  /** Adds or replaces a repository. @throws SimulatorError `invalid-image-layout`, `invalid-configuration` */
  addRepository(repository: SimulatedRepository): Promise<void>;
  /** @throws SimulatorError `unknown-repository` */
  removeRepository(visibility: 'private' | 'public', name: string): void;
  /** Replaces the fault of the same operation. */
  setFault(fault: SimulatedFault): void;
  /** Without an operation: every fault. */
  clearFault(operation?: string): void;
  close(): Promise<void>;
}

/** A scheme that is not known may be a credential sent without one, and is not written down. */
function authorizationScheme(request: IncomingRequest): RecordedRequest['authorizationScheme'] {
  const header = request.headers.get('authorization');
  if (header === undefined) return undefined;
  return (['AWS4-HMAC-SHA256', 'Basic', 'Bearer'] as const).find((scheme) => header.toLowerCase().startsWith(`${scheme.toLowerCase()} `)) ?? 'other';
}

/**
 * Starts a local Amazon ECR, private and public, with STS and the origin of its blobs, on two loopback ports.
 * @throws SimulatorError `invalid-configuration`, `invalid-image-layout`
 */
export async function startEcrSimulator(options: EcrSimulatorOptions): Promise<EcrSimulator> {
  const account = options.account ?? '123456789012';
  const region = options.region ?? 'us-east-1';
  const regions = new Set([region, ...(options.regions ?? []), ...options.repositories.flatMap((repository) => repository.region ?? [])]);
  const wrong = [...regions].find((name) => !isRegion(name));
  if (!/^\d{12}$/.test(account) || wrong !== undefined) {
    throw new SimulatorError('invalid-configuration', `'${account}' in '${wrong ?? region}' is not an account in a region`, 'Give twelve digits and a name like us-east-1.');
  }
  const clock = options.clock ?? { now: () => new Date() };
  const now = () => clock.now();
  const catalogue = new RepositoryCatalogue({ account, region });
  for (const repository of options.repositories) await catalogue.add(repository, now());

  const cleanUp = new CleanUp();
  const uploads = cleanUp.use(new UploadStore(options.maxUploadBytes ?? 2 * 1024 ** 3));
  const origins = { main: '', blobs: '' };
  const secret = () => randomBytes(32).toString('hex');
  const tokenKey = secret();
  const state: SimulatorState = {
    account,
    region,
    registryHost: registryHostName({ account, region }),
    now,
    directory: new PrincipalDirectory(account, options.users, options.roles ?? [], options.serviceControlPolicies ?? []),
    catalogue,
    access: new AccessControl(region, catalogue),
    pager: new Pager(options.seed ?? secret()),
    tokens: new RegistryTokenIssuer(tokenKey, region),
    publicTokens: new RegistryTokenIssuer(secret(), 'us-east-1'),
    blobLinks: new BlobLinks(secret(), options.blobLinkLifeSeconds ?? 3_600),
    uploads,
    referrersApi: options.referrersApi ?? true,
    origins: () => origins,
  };
  // One a region: the same accounts and contents, with tokens and names of its own.
  const states = new Map(
    [...regions].map((name): [string, SimulatorState] => [
      name,
      name === region
        ? state
        : {
            ...state,
            region: name,
            registryHost: registryHostName({ account, region: name }),
            access: new AccessControl(name, catalogue),
            tokens: new RegistryTokenIssuer(tokenKey, name),
          },
    ]),
  );
  const faults = new FaultPlan(options.faults ?? [], options.rateLimits ?? {});
  const log = new RequestLog(MAX_LOGGED_REQUESTS);
  const routed = new WeakMap<IncomingRequest, { readonly plane: SimulatorPlane; readonly operation: string }>();
  const record = (request: IncomingRequest, requestId: string, status: number) =>
    log.add({
      ...(routed.get(request) ?? { plane: 'unknown', operation: 'unknown:request' }),
      method: request.method,
      path: request.path.slice(0, MAX_LOGGED_CHARACTERS),
      host: request.host.slice(0, MAX_LOGGED_CHARACTERS),
      status,
      authorizationScheme: authorizationScheme(request),
      principal: request.note.principal,
      repository: request.note.repository?.slice(0, MAX_LOGGED_CHARACTERS),
      range: request.headers.get('range')?.slice(0, MAX_LOGGED_CHARACTERS),
      at: now(),
      requestId,
    });
  const answerMain: Answerer = async (request, requestId) => {
    const route = await routeRequest(states.get(requestedRegion(request)) ?? state, request, requestId);
    routed.set(request, route);
    const fault = faults.next(route.operation, now());
    return (fault === undefined ? undefined : faultAnswer(fault, route.plane, requestId)) ?? route.answer(fault);
  };
  const answerBlobs: Answerer = async (request, requestId) => {
    routed.set(request, { plane: 'blobs', operation: 'blobs:get' });
    const fault = faults.next('blobs:get', now());
    return (fault === undefined ? undefined : faultAnswer(fault, 'blobs', requestId)) ?? answerBlobOrigin(state, request, fault);
  };
  try {
    origins.main = cleanUp.use(await LoopbackServer.listen(options.port ?? 0, now, answerMain, record)).origin;
    origins.blobs = cleanUp.use(await LoopbackServer.listen(options.blobPort ?? 0, now, answerBlobs, record)).origin;
  } catch (error) {
    await cleanUp.dispose();
    throw error;
  }
  const close = () => cleanUp.dispose();
  return {
    apiEndpoint: origins.main,
    stsEndpoint: origins.main,
    registryOrigin: origins.main,
    publicOrigin: origins.main,
    registryHost: state.registryHost,
    blobOrigin: origins.blobs,
    requests: log.entries,
    addRepository: (repository) => catalogue.add(repository, now()),
    removeRepository: (visibility, name) => catalogue.remove(visibility, name),
    setFault: (fault) => faults.set(fault),
    clearFault: (operation) => faults.clear(operation),
    close,
    [Symbol.asyncDispose]: close,
  };
}

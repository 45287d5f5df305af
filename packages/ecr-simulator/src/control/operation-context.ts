import type { Page } from '../content/page.js';
import type { RepositoryContent } from '../content/repository-content.js';
import { ServiceFault } from '../errors.js';
import type { FaultBehaviour } from '../faults.js';
import type { Principal } from '../iam/principal-directory.js';
import type { SimulatorState } from '../simulator-state.js';
import { invalidParameter, type RequestFields } from './request-fields.js';

/** One call of the control plane. */
export interface OperationContext {
  readonly state: SimulatorState;
  readonly principal: Principal;
  readonly fields: RequestFields;
  /** What the ordinary answer is to be changed by. */
  readonly fault: FaultBehaviour | undefined;
}

/** Answers the JSON body of a success, or throws {@link ServiceFault}. Every operation validates, then authorises, then looks. */
export type Operation = (context: OperationContext) => Readonly<Record<string, unknown>>;

/** Timestamps of the JSON protocol: seconds since the epoch, with a fraction. */
export function epochSeconds(date: Date): number {
  return date.getTime() / 1_000;
}

function repositoryNotFound(registryId: string, name: string): ServiceFault {
  return new ServiceFault('RepositoryNotFoundException', `The repository with name '${name}' does not exist in the registry with id '${registryId}'`);
}

/** The second and third step for operations on one repository. @throws ServiceFault access denied, then repository not found */
export function openRepository(context: OperationContext, operation: string, registryId: string, name: string): RepositoryContent {
  const { state, principal } = context;
  state.access.requireOnRepository(principal, operation, registryId, name);
  const repository = state.catalogue.find('private', name, { account: registryId, region: state.region });
  if (repository === undefined) throw repositoryNotFound(registryId, name);
  return repository;
}

/** The paging fields of a listing. @throws ServiceFault when they are combined with a request by name or id */
export function readPaging(fields: RequestFields, exclusiveWith: string): { readonly size: number; readonly token: string | undefined } {
  const size = fields.integer('maxResults', 1, 1_000, 100);
  const token = fields.string('nextToken');
  if (fields.has(exclusiveWith) && (fields.has('maxResults') || token !== undefined)) {
    throw invalidParameter(exclusiveWith, `nextToken and maxResults cannot be used when ${exclusiveWith} is specified`);
  }
  return { size, token };
}

/** Refuses a token that {@link Pager} did not issue for this query. */
export function requirePage<Item>(page: Page<Item> | undefined): Page<Item> {
  if (page === undefined) throw invalidParameter('nextToken', 'Invalid next token');
  return page;
}

import type { RepositoryCatalogue } from '../content/repository-catalogue.js';
import { ServiceFault } from '../errors.js';
import { partitionOf } from '../registry-place.js';
import { authorize, denialText } from './authorize.js';
import type { PolicyDocument } from './policy-document.js';
import type { Principal } from './principal-directory.js';

/** Asks the policies on behalf of the ECR planes. Existence plays no part: a repository that is not there has no policy, nothing more. */
export class AccessControl {
  readonly #region: string;
  readonly #catalogue: RepositoryCatalogue;

  constructor(region: string, catalogue: RepositoryCatalogue) {
    this.#region = region;
    this.#catalogue = catalogue;
  }

  /** `name` may be `*`, the resource of a call that names no repository. */
  repositoryArn(registryId: string, name: string): string {
    return `arn:${partitionOf(this.#region)}:ecr:${this.#region}:${registryId}:repository/${name}`;
  }

  /** @throws ServiceFault `AccessDeniedException` with AWS's sentence */
  requireOnRepository(principal: Principal, operation: string, registryId: string, name: string): void {
    const policy = this.#catalogue.find('private', name, { account: registryId, region: this.#region })?.policy;
    this.#require(principal, `ecr:${operation}`, this.repositoryArn(registryId, name), registryId, policy);
  }

  /** For actions without a resource, such as `ecr:GetAuthorizationToken`. @throws ServiceFault `AccessDeniedException` */
  requireWithoutResource(principal: Principal, action: string): void {
    this.#require(principal, action, '*', principal.account, undefined);
  }

  #require(principal: Principal, action: string, resource: string, resourceAccount: string, policy: PolicyDocument | undefined): void {
    const request = {
      action,
      resource,
      context: {
        'aws:principalarn': principal.roleArn ?? principal.arn,
        'aws:principalaccount': principal.account,
        'aws:requestedregion': this.#region,
        'aws:userid': principal.userId,
        'aws:sourceip': '127.0.0.1',
        'aws:securetransport': 'false',
      },
    };
    const decision = authorize(principal, principal.policies, { account: resourceAccount, policy }, request);
    if (!decision.allowed) throw new ServiceFault('AccessDeniedException', denialText(principal.arn, request, decision.reason));
  }
}

import { permissionsOf, RegistryError } from '@esscm/registry-core';
import type { PermissionCheck, VerifyOptions } from '@esscm/registry-core';
import type { RegistryPlace } from '../configuration/private-configuration.js';
import { readableAccount } from '../errors/format.js';
import { headings } from '../errors/headings.js';
import type { AssumedRole } from '../identity/assumed-role.js';
import type { AwsIdentity } from '../identity/aws-identity.js';
import type { CallerIdentity, StsApi } from '../identity/sts-api.js';
import { externalIdCondition } from '../identity/trust-policy.js';
import { nearestName } from '../nearest-name.js';
import { partitionOf } from '../partitions.js';
import { privatePermissions } from '../permissions.js';
import type { VerifiedAction } from '../permissions.js';
import type { EcrApi } from '../private/ecr-api.js';
import { accountOfEndpoint } from '../private/registry-sign-in.js';
import { concernsCredentials, notTried, tryPermission } from './probe.js';
import type { Probe, ProbeResult } from './probe.js';
import { repositoryProbes } from './repository-probes.js';
import { unsafeRoleCode } from './unsafe-role-code.js';

/** One registry, and how it is tried. */
export interface VerifiedRegistry {
  readonly place: RegistryPlace;
  readonly credentialKindId: string;
  readonly identity: AwsIdentity;
  /** The identity, where it is a role. */
  readonly role: AssumedRole | undefined;
  readonly sts: StsApi;
  readonly api: EcrApi;
}

export interface RegistryOutcome {
  readonly checks: readonly PermissionCheck[];
  /** What was tried, in the order of the checks. */
  readonly results: readonly ProbeResult[];
  readonly principal?: string;
  /** Of the registry. */
  readonly account?: string;
  readonly region: string;
  /** For a repository the user named that is not there: what it may have been meant to be. */
  readonly nearestRepository?: string;
  /** ARN of all repositories of the registry, or `*` when its account is not known. */
  readonly repositories: string;
}

interface VerifyRegistryRequest {
  readonly registry: VerifiedRegistry;
  readonly clock: { now(): Date };
  readonly options: VerifyOptions;
  /** Whether the rows say which registry they are of. */
  readonly isOneOfSeveral: boolean;
}

/** Calls to the repository operations at one time. */
const concurrency = 4;

/**
 * Tries every permission on one registry by a call without effect. The role first, then the identity, as only STS tells a bad
 * key from a missing permission; then sign-in and listing; then the rest on a repository that exists, if one is known.
 * @throws RegistryError of kind `cancelled`, and for nothing AWS says
 */
export async function verifyRegistry(request: VerifyRegistryRequest): Promise<RegistryOutcome> {
  return new RegistryVerification(request).run();
}

class RegistryVerification {
  readonly #request: VerifyRegistryRequest;
  readonly #results: ProbeResult[] = [];
  #identity: CallerIdentity = {};
  #account: string | undefined;
  #repository: string | undefined;

  constructor(request: VerifyRegistryRequest) {
    this.#request = request;
    this.#account = request.registry.place.accountId;
    this.#repository = request.options.probeRepository;
  }

  async run(): Promise<RegistryOutcome> {
    const { role, api } = this.#request.registry;
    if (role !== undefined) {
      const assumed = await this.#try(this.#roleProbe(role));
      if (assumed.check.outcome !== 'allowed') return this.#outcome();
    }
    const identified = await this.#try(this.#identityProbe());
    if (concernsCredentials(identified.error)) return this.#outcome();

    const registry = await Promise.all([this.#try(this.#signInProbe()), this.#try(this.#listProbe())]);
    const pointless =
      registry.some((result) => concernsCredentials(result.error)) ||
      registry.every(({ check }) => check.outcome === 'unreachable' || check.outcome === 'not-proven');
    if (!pointless) await this.#tryAll(repositoryProbes(api, this.#repository, this.#request.options));
    return this.#outcome(await this.#nearestRepository());
  }

  async #nearestRepository(): Promise<string | undefined> {
    const { registry, options } = this.#request;
    const named = options.probeRepository;
    const isMissing = this.#results.some(({ error }) => error?.upstream?.code === 'RepositoryNotFoundException');
    if (named === undefined || !isMissing) return undefined;
    try {
      const { repositories = [] } = await registry.api.describeRepositories({ maxResults: 1000 }, options);
      return nearestName(
        named,
        repositories.flatMap(({ repositoryName }) => repositoryName ?? []),
      );
    } catch (error) {
      // A hint is not worth failing for: whoever may not list gets none.
      if (error instanceof RegistryError && error.kind !== 'cancelled') return undefined;
      throw error;
    }
  }

  #roleProbe(role: AssumedRole): Probe {
    const { signal } = this.#request.options;
    return {
      action: 'sts:AssumeRole',
      triedOn: role.roleArn,
      call: async () => {
        await role.tryWithExternalId(signal);
        if (await role.opensWithoutExternalId(signal)) throw withoutExternalId(role);
      },
    };
  }

  #identityProbe(): Probe {
    const { registry, options } = this.#request;
    return {
      action: 'sts:GetCallerIdentity',
      triedOn: `sts.${registry.place.region}`,
      call: async () => {
        this.#identity = await registry.sts.getCallerIdentity(registry.identity, options.signal);
        this.#account ??= this.#identity.account;
      },
    };
  }

  #signInProbe(): Probe {
    const { registry, options } = this.#request;
    return {
      action: 'ecr:GetAuthorizationToken',
      triedOn: this.#account === undefined ? 'registry' : `registry ${this.#account}`,
      call: async () => {
        const { authorizationData } = await registry.api.getAuthorizationToken(options);
        this.#account ??= accountOfEndpoint(authorizationData?.[0]?.proxyEndpoint);
      },
    };
  }

  #listProbe(): Probe {
    const { registry, options } = this.#request;
    return {
      action: 'ecr:DescribeRepositories',
      triedOn: 'repository/*',
      call: async () => {
        const { repositories } = await registry.api.describeRepositories({ maxResults: 1 }, options);
        this.#repository ??= repositories?.[0]?.repositoryName;
      },
    };
  }

  async #tryAll(probes: readonly Probe[]): Promise<void> {
    const waiting = probes.values();
    const worker = async (): Promise<void> => {
      for (const probe of waiting) await this.#try(probe);
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
  }

  async #try(probe: Probe): Promise<ProbeResult> {
    const tried = await tryPermission(probe, this.#request.clock);
    const result = { ...tried, check: this.#named(tried.check) };
    this.#results.push(result);
    this.#request.options.onCheck?.(result.check);
    return result;
  }

  #named(check: PermissionCheck): PermissionCheck {
    if (!this.#request.isOneOfSeveral) return check;
    const { region } = this.#request.registry.place;
    return { ...check, registry: this.#account === undefined ? region : `${readableAccount(this.#account)} in ${region}` };
  }

  #outcome(nearestRepository?: string): RegistryOutcome {
    const { registry, options } = this.#request;
    const { region } = registry.place;
    const byAction = new Map(this.#results.map((result) => [result.check.action, result]));
    const actions = permissionsOf({ permissions: privatePermissions }, registry.credentialKindId).map(({ action }) => action as VerifiedAction);
    const checks = actions.map((action) => {
      const tried = byAction.get(action);
      if (tried !== undefined) return tried.check;
      const row = this.#named(notTried(action));
      options.onCheck?.(row);
      return row;
    });
    const { principal } = this.#identity;
    const account = this.#account;
    return {
      checks,
      results: actions.flatMap((action) => byAction.get(action) ?? []),
      region,
      repositories: account === undefined ? '*' : `arn:${partitionOf(region).id}:ecr:${region}:${account}:repository/*`,
      ...(principal !== undefined && { principal }),
      ...(account !== undefined && { account }),
      ...(nearestRepository !== undefined && { nearestRepository }),
    };
  }
}

function withoutExternalId({ roleArn, externalId }: AssumedRole): RegistryError {
  return new RegistryError({
    kind: 'unsupported',
    heading: headings.credentials,
    message: `${roleArn} can also be assumed without the external ID, so that anyone who makes ESSCM name it could read your images. It is not used.`,
    remedy: 'Add this condition to the statement of its trust policy, and verify again.',
    remedySnippet: externalIdCondition(externalId),
    upstream: { call: 'sts:AssumeRole', code: unsafeRoleCode },
  });
}

import { RegistryError } from '@esscm/registry-core';
import type { PermissionCheck, VerificationProblem, VerificationReport, VerifyOptions } from '@esscm/registry-core';
import type { PrivateConfiguration } from '../configuration/private-configuration.js';
import { nearestName } from '../nearest-name.js';
import { privatePermissions } from '../permissions.js';
import { getCallerIdentity } from '../private/caller-identity.js';
import type { CallerIdentity } from '../private/caller-identity.js';
import type { EcrApi } from '../private/ecr-api.js';
import { accountOfEndpoint } from '../private/registry-sign-in.js';
import { concernsCredentials, notTried, tryPermission } from './probe.js';
import type { Probe, ProbeResult } from './probe.js';
import { repositoryProbes } from './repository-probes.js';
import { summariseProblems } from './summarise-problems.js';

export interface VerifyPrivateRequest {
  readonly configuration: PrivateConfiguration;
  readonly stsEndpoint: string;
  readonly api: EcrApi;
  readonly clock: { now(): Date };
  readonly options: VerifyOptions;
}

/** Calls to the repository operations at one time. */
const concurrency = 4;

/**
 * Tries every permission by a call without effect. Identity first, as only STS tells a bad key from a missing
 * permission; then sign-in and listing; then the rest on a repository that exists, if one is known.
 * @throws RegistryError of kind `cancelled`, and for nothing AWS says
 */
export async function verifyPrivate(request: VerifyPrivateRequest): Promise<VerificationReport> {
  return new Verification(request).run();
}

class Verification {
  readonly #request: VerifyPrivateRequest;
  readonly #results: ProbeResult[] = [];
  #identity: CallerIdentity = {};
  #account: string | undefined;
  #repository: string | undefined;

  constructor(request: VerifyPrivateRequest) {
    this.#request = request;
    this.#repository = request.options.probeRepository;
  }

  async run(): Promise<VerificationReport> {
    const identified = await this.#try(this.#identityProbe());
    if (concernsCredentials(identified.error)) return this.#report();

    const registry = await Promise.all([this.#try(this.#signInProbe()), this.#try(this.#listProbe())]);
    const pointless =
      registry.some((result) => concernsCredentials(result.error)) ||
      registry.every(({ check }) => check.outcome === 'unreachable' || check.outcome === 'not-proven');
    if (!pointless) await this.#tryAll(repositoryProbes(this.#request.api, this.#repository, this.#request.options));
    return this.#report(await this.#nearestRepository());
  }

  /** For a repository the user named that is not there: what it may have been meant to be. */
  async #nearestRepository(): Promise<string | undefined> {
    const { api, options } = this.#request;
    const named = options.probeRepository;
    const isMissing = this.#results.some(({ error }) => error?.upstream?.code === 'RepositoryNotFoundException');
    if (named === undefined || !isMissing) return undefined;
    try {
      const { repositories = [] } = await api.describeRepositories({ maxResults: 1000 }, options);
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

  #identityProbe(): Probe {
    const { configuration, stsEndpoint, options } = this.#request;
    return {
      action: 'sts:GetCallerIdentity',
      triedOn: `sts.${configuration.region}`,
      call: async () => {
        this.#identity = await getCallerIdentity(configuration, stsEndpoint, options.signal);
        this.#account = this.#identity.account;
      },
    };
  }

  #signInProbe(): Probe {
    const { api, configuration, options } = this.#request;
    const account = configuration.registryId ?? this.#account;
    return {
      action: 'ecr:GetAuthorizationToken',
      triedOn: account === undefined ? 'registry' : `registry ${account}`,
      call: async () => {
        const { authorizationData } = await api.getAuthorizationToken(options);
        this.#account ??= accountOfEndpoint(authorizationData?.[0]?.proxyEndpoint);
      },
    };
  }

  #listProbe(): Probe {
    const { api, options } = this.#request;
    return {
      action: 'ecr:DescribeRepositories',
      triedOn: 'repository/*',
      call: async () => {
        const { repositories } = await api.describeRepositories({ maxResults: 1 }, options);
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
    const result = await tryPermission(probe, this.#request.clock);
    this.#results.push(result);
    this.#request.options.onCheck?.(result.check);
    return result;
  }

  #report(nearestRepository?: string): VerificationReport {
    const { configuration, clock, options } = this.#request;
    const byAction = new Map(this.#results.map((result) => [result.check.action, result]));
    const checks = privatePermissions.map(({ action }) => {
      const tried = byAction.get(action);
      if (tried !== undefined) return tried.check;
      const row = notTried(action);
      options.onCheck?.(row);
      return row;
    });
    const inOrder = privatePermissions.flatMap(({ action }) => byAction.get(action) ?? []);
    const { principal } = this.#identity;
    return {
      status: statusOf(checks),
      ...(principal !== undefined && { principal }),
      ...(this.#account !== undefined && { account: this.#account }),
      region: configuration.region,
      checkedAt: clock.now().toISOString(),
      checks,
      problems: summariseProblems(worthTelling(inOrder, options.probeRepository)).map((problem) =>
        withNearestName(problem, nearestRepository),
      ),
    };
  }
}

/** Leaves out what is no problem of the user's: a closed way to STS alone, and names this product made up. */
function worthTelling(results: readonly ProbeResult[], named: string | undefined): readonly ProbeResult[] {
  const someAllowed = results.some((result) => result.check.outcome === 'allowed');
  return results.filter(({ check, error }) => {
    if (check.outcome === 'allowed') return error instanceof RegistryError && named !== undefined;
    return !(someAllowed && check.action === 'sts:GetCallerIdentity' && check.outcome === 'unreachable');
  });
}

function withNearestName(problem: VerificationProblem, nearest: string | undefined): VerificationProblem {
  if (nearest === undefined || problem.upstreamCode !== 'RepositoryNotFoundException') return problem;
  return { ...problem, remedy: [`Nearest name: ${nearest}.`, problem.remedy].filter(Boolean).join(' ') };
}

function statusOf(checks: readonly PermissionCheck[]): VerificationReport['status'] {
  const works = checks.every(({ action, required, outcome }) => {
    if (!required || outcome === 'allowed' || outcome === 'throttled') return true;
    // Permissions on repositories may hold for some only; nothing is pulled without the sign-in.
    return outcome === 'not-proven' && action !== 'ecr:GetAuthorizationToken';
  });
  if (!works) return 'failed';
  // Knowing the caller is a comfort: nothing a connection does needs it.
  const complete = checks.every(({ action, outcome }) => outcome === 'allowed' || action === 'sts:GetCallerIdentity');
  return complete ? 'verified' : 'limited';
}

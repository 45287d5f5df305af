import { RegistryError } from '@esscm/registry-core';
import type {
  ListOptions,
  PluginHost,
  PullAccess,
  PullAccessOptions,
  PullTarget,
  RegistryConnection,
  RegistryImage,
  RegistryRepository,
  VerificationReport,
  VerifyOptions,
} from '@esscm/registry-core';
import type { PrivateConfiguration } from '../configuration/private-configuration.js';
import { explainPullFailure } from '../errors/explain-pull-failure.js';
import { headings } from '../errors/headings.js';
import { verifyPrivate } from '../verify/verify-private.js';
import { browseRetries, verifyRetries } from './aws-client-settings.js';
import { EcrApi } from './ecr-api.js';
import { resolveEndpoints } from './endpoints.js';
import type { EcrEndpoints } from './endpoints.js';
import { listImages } from './list-images.js';
import { listRepositories } from './list-repositories.js';
import { signInToRegistry } from './registry-sign-in.js';
import { SharedRenewal } from './shared-renewal.js';

/** The private registry of one account in one region. */
export class PrivateEcrConnection implements RegistryConnection {
  readonly #configuration: PrivateConfiguration;
  readonly #host: PluginHost;
  readonly #endpoints: EcrEndpoints;
  readonly #verifyApi: EcrApi;
  readonly #browseApi: EcrApi;
  readonly #access: SharedRenewal<PullAccess>;
  readonly #closed = new AbortController();

  /** @throws RegistryError of kind `protocol` for an operator setting that is no address */
  constructor(configuration: PrivateConfiguration, host: PluginHost) {
    this.#configuration = configuration;
    this.#host = host;
    this.#endpoints = resolveEndpoints(configuration.region, host.operatorSettings);
    this.#verifyApi = new EcrApi(configuration, this.#endpoints.api, verifyRetries);
    this.#browseApi = new EcrApi(configuration, this.#endpoints.api, browseRetries(host.operatorSettings));
    this.#access = new SharedRenewal(host.clock, () => this.#signIn());
  }

  async verify(options: VerifyOptions): Promise<VerificationReport> {
    const signal = this.#whileOpen(options.signal);
    return verifyPrivate({
      configuration: this.#configuration,
      stsEndpoint: this.#endpoints.sts,
      api: this.#verifyApi,
      clock: this.#host.clock,
      options: { ...options, signal },
    });
  }

  async *listRepositories(options: ListOptions): AsyncGenerator<readonly RegistryRepository[], void, undefined> {
    yield* listRepositories(this.#browseApi, { ...options, signal: this.#whileOpen(options.signal) });
  }

  async *listImages(repository: string, options: ListOptions): AsyncGenerator<readonly RegistryImage[], void, undefined> {
    yield* listImages(this.#browseApi, repository, { ...options, signal: this.#whileOpen(options.signal) });
  }

  /** One sign-in serves every repository of the region. */
  async pullAccess(_repository: string, options: PullAccessOptions): Promise<PullAccess> {
    const signal = this.#whileOpen(options.signal);
    try {
      return await this.#access.get({ signal, renew: options.renew });
    } catch (error) {
      throw signal.aborted ? cancelled(signal.reason) : error;
    }
  }

  explainPullFailure(error: unknown, target: PullTarget): RegistryError | undefined {
    const { region, registryId } = this.#configuration;
    return explainPullFailure(error, { variantId: 'private', ...target, region, ...(registryId !== undefined && { accountId: registryId }) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    await Promise.all([this.#verifyApi.dispose(), this.#browseApi.dispose()]);
  }

  #signIn(): ReturnType<typeof signInToRegistry> {
    const { region, registryId } = this.#configuration;
    const { registryOrigin } = this.#endpoints;
    return signInToRegistry(this.#browseApi, {
      region,
      ...(registryId !== undefined && { registryId }),
      ...(registryOrigin !== undefined && { registryOrigin }),
      now: this.#host.clock.now(),
      // Not a caller's own signal: the others wait for the same sign-in.
      signal: this.#closed.signal,
    });
  }

  #whileOpen(signal: AbortSignal): AbortSignal {
    const both = AbortSignal.any([signal, this.#closed.signal]);
    if (both.aborted) throw cancelled(both.reason);
    return both;
  }
}

function cancelled(cause: unknown): RegistryError {
  return new RegistryError({
    kind: 'cancelled',
    heading: headings.cancelled,
    message: 'The request was cancelled.',
    cause,
  });
}

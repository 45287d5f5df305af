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
import { readableAccount } from '../errors/format.js';
import { headings } from '../errors/headings.js';
import { parseRegistryHost } from '../reference/registry-host.js';
import type { RegistryHost } from '../reference/registry-host.js';
import { verifyPrivate } from '../verify/verify-private.js';
import { PrivateRegistry } from './private-registry.js';

/** The private registries that one set of credentials opens: of one account in one region, or of several. */
export class PrivateEcrConnection implements RegistryConnection {
  readonly #clock: PluginHost['clock'];
  readonly #registries: readonly PrivateRegistry[];
  readonly #closed = new AbortController();

  /** @throws RegistryError for settings that the operator does not allow or that are no addresses */
  constructor(configuration: PrivateConfiguration, host: PluginHost) {
    this.#clock = host.clock;
    this.#registries = configuration.registries.map((place) => new PrivateRegistry(place, configuration, host, this.#closed.signal));
  }

  async verify(options: VerifyOptions): Promise<VerificationReport> {
    const signal = this.#whileOpen(options.signal);
    return verifyPrivate({
      registries: this.#registries.map(({ verified }) => verified),
      clock: this.#clock,
      options: { ...options, signal },
    });
  }

  /** Registry after registry. Where there are several, names begin with the host, as two may hold the same path. */
  async *listRepositories(options: ListOptions): AsyncGenerator<readonly RegistryRepository[], void, undefined> {
    const signal = this.#whileOpen(options.signal);
    for (const registry of this.#registries) {
      for await (const page of registry.listRepositories({ ...options, signal })) {
        yield this.#registries.length === 1 ? page : page.map((repository) => ({ ...repository, name: repository.uri }));
      }
    }
  }

  async *listImages(repository: string, options: ListOptions): AsyncGenerator<readonly RegistryImage[], void, undefined> {
    const { host, path } = splitName(repository);
    yield* this.#registryOf(host).listImages(path, { ...options, signal: this.#whileOpen(options.signal) });
  }

  /** One sign-in serves every repository of a region. */
  async pullAccess(repository: string, options: PullAccessOptions): Promise<PullAccess> {
    const signal = this.#whileOpen(options.signal);
    const { host: named, path } = splitName(repository);
    const host = options.registryHost === undefined ? named : readHost(options.registryHost);
    try {
      return { ...(await this.#registryOf(host).pullAccess(host, { signal, renew: options.renew })), repository: path };
    } catch (error) {
      throw signal.aborted ? cancelled(signal.reason) : error;
    }
  }

  explainPullFailure(error: unknown, target: PullTarget): RegistryError | undefined {
    const { host, path } = splitName(target.repository);
    const { region, accountId } = host ?? this.#registries[0]?.place ?? {};
    return explainPullFailure(error, {
      variantId: 'private',
      repository: path,
      reference: target.reference,
      ...(region !== undefined && { region }),
      ...(accountId !== undefined && { accountId }),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    await Promise.all(this.#registries.map((registry) => registry.dispose()));
  }

  #registryOf(host: PrivateHost | undefined): PrivateRegistry {
    const registry = host === undefined ? this.#registries[0] : this.#registries.find((candidate) => candidate.covers(host));
    if (registry !== undefined) return registry;
    throw new RegistryError({
      kind: 'not-found',
      heading: headings.notFound,
      message:
        host === undefined
          ? 'This connection covers no registry.'
          : `This connection does not cover account ${readableAccount(host.accountId)} in ${host.region}.`,
      remedy: 'Add the account or the region to the connection, or connect that registry.',
    });
  }

  #whileOpen(signal: AbortSignal): AbortSignal {
    const both = AbortSignal.any([signal, this.#closed.signal]);
    if (both.aborted) throw cancelled(both.reason);
    return both;
  }
}

type PrivateHost = Extract<RegistryHost, { readonly kind: 'private' }>;

/** The host that a name begins with where a connection covers several registries, and the path after it. */
function splitName(name: string): { readonly host?: PrivateHost; readonly path: string } {
  const slash = name.indexOf('/');
  const host = slash === -1 ? undefined : parseRegistryHost(name.slice(0, slash));
  return host?.kind === 'private' ? { host, path: name.slice(slash + 1) } : { path: name };
}

function readHost(text: string): PrivateHost {
  const host = parseRegistryHost(text);
  if (host?.kind === 'private') return host;
  throw new RegistryError({
    kind: 'not-found',
    heading: headings.notFound,
    message: `${text} is not the host of a private registry of Amazon ECR.`,
    remedy: 'Compare it with the URI that ECR shows for the repository.',
  });
}

function cancelled(cause: unknown): RegistryError {
  return new RegistryError({
    kind: 'cancelled',
    heading: headings.cancelled,
    message: 'The request was cancelled.',
    cause,
  });
}

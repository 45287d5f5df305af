import { OciError, type RegistryClient } from '@esscm/oci-client';
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
import type { RegistrySettings } from '../configuration/registry-settings.js';
import { cancelled } from '../errors/cancelled.js';
import { explainPullFailure } from '../errors/explain-pull-failure.js';
import { headings } from '../errors/headings.js';
import { translateOciError, type FailureContext } from '../errors/translate-oci-error.js';
import { verifyRegistry } from '../verify/verify-registry.js';
import { listImages } from './list-images.js';
import { listRepositories } from './list-repositories.js';
import { accessTo, clientFor } from './registry-access.js';

/** Tries of one listing request, the first included. */
const browseAttempts = 3;

/** One registry, signed in or not. */
export class NamedRegistryConnection implements RegistryConnection {
  readonly #settings: RegistrySettings;
  readonly #host: PluginHost;
  readonly #access: PullAccess;
  readonly #closed = new AbortController();
  #client: RegistryClient | undefined;

  constructor(settings: RegistrySettings, host: PluginHost) {
    this.#settings = settings;
    this.#host = host;
    this.#access = accessTo(settings, host);
  }

  async verify(options: VerifyOptions): Promise<VerificationReport> {
    const signal = this.#whileOpen(options.signal);
    return verifyRegistry(this.#settings, this.#host, { ...options, signal });
  }

  async *listRepositories(options: ListOptions): AsyncGenerator<readonly RegistryRepository[], void, undefined> {
    const signal = this.#whileOpen(options.signal);
    yield* this.#translated(listRepositories(this.#browser(), this.#settings, { ...options, signal }), options.signal);
  }

  async *listImages(repository: string, options: ListOptions): AsyncGenerator<readonly RegistryImage[], void, undefined> {
    const signal = this.#whileOpen(options.signal);
    yield* this.#translated(listImages(this.#browser(), repository, { ...options, signal }), options.signal, repository);
  }

  /** The credential has no end, so the same is good for all repositories and for ever. */
  /** Only for this registry: its credential is not sent to another that a reference names. */
  async pullAccess(_repository: string, { signal, registryHost }: PullAccessOptions): Promise<PullAccess> {
    this.#whileOpen(signal);
    if (registryHost === undefined || registryHost === this.#access.host) return this.#access;
    throw new RegistryError({
      kind: 'not-found',
      heading: headings.notFound,
      message: `This connection is to ${this.#access.host}, and the image is in ${registryHost}.`,
      remedy: 'Connect that registry, or choose an image of this one.',
    });
  }

  explainPullFailure(error: unknown, target: PullTarget): RegistryError | undefined {
    return explainPullFailure(error, this.#context(target));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    await this.#client?.[Symbol.asyncDispose]();
  }

  /** Made when first needed, so that a connection that is only pulled with opens nothing. */
  #browser(): RegistryClient {
    this.#client ??= clientFor(this.#settings, this.#host, browseAttempts);
    return this.#client;
  }

  async *#translated<Element>(pages: AsyncIterable<Element>, signal: AbortSignal, repository?: string): AsyncGenerator<Element, void, undefined> {
    try {
      yield* pages;
    } catch (error) {
      if (signal.aborted) throw cancelled(signal.reason);
      const context = this.#context(repository === undefined ? {} : { repository });
      const isRefusal = error instanceof OciError && error.code === 'unauthorized';
      throw translateOciError(error, isRefusal ? { ...context, credentialAccepted: await this.#isAccepted(signal) } : context);
    }
  }

  /** Whether the registry takes the credential itself, asked after a refusal that may also be a missing right. */
  async #isAccepted(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#browser().ping(signal);
      return true;
    } catch {
      return false;
    }
  }

  #context(target: Pick<FailureContext, 'repository' | 'reference'>): FailureContext {
    const { host, credential } = this.#settings;
    return { host, ...target, ...(credential !== undefined && { username: credential.username }) };
  }

  #whileOpen(signal: AbortSignal): AbortSignal {
    const both = AbortSignal.any([signal, this.#closed.signal]);
    if (both.aborted) throw cancelled(both.reason);
    return both;
  }
}

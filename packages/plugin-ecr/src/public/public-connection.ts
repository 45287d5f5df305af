import { RegistryClient } from '@esscm/oci-client';
import { pullClientOptions, RegistryError } from '@esscm/registry-core';
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
import { explainPullFailure } from '../errors/explain-pull-failure.js';
import { headings } from '../errors/headings.js';
import { translateOciError } from '../errors/translate-oci-error.js';
import { SharedRenewal } from '../identity/shared-renewal.js';
import { operatorOrigin } from '../private/endpoints.js';
import { parseRegistryHost, publicRegistryHost } from '../reference/registry-host.js';
import { publicApiEndpoint, publicIdentity, signInToPublicRegistry } from './public-sign-in.js';
import type { PublicSignIn } from './public-sign-in.js';

/** What AWS publishes of ECR Public: images a second, by source address without a sign-in and by account with one. */
const anonymousRate = { perSecond: 1, burst: 1 };
const signedInRate = { perSecond: 10, burst: 10 };

/** The ECR Public Gallery: images are pulled by name and tags listed; repositories are not. Signed in to where the operator says how. */
export class PublicEcrConnection implements RegistryConnection {
  readonly #host: PluginHost;
  readonly #origin: string | undefined;
  readonly #signIn: SharedRenewal<PublicSignIn> | undefined;
  readonly #closed = new AbortController();

  /** @throws RegistryError of kind `protocol` for an operator setting that is no address */
  constructor(host: PluginHost) {
    this.#host = host;
    this.#origin = operatorOrigin(host.operatorSettings, 'ecr.publicOrigin');
    const identity = publicIdentity(host.operatorSettings);
    const endpoint = operatorOrigin(host.operatorSettings, 'ecr.publicApiEndpoint') ?? publicApiEndpoint;
    this.#signIn =
      identity === undefined ? undefined : new SharedRenewal(host.clock, () => signInToPublicRegistry(identity, endpoint, host.clock.now(), this.#closed.signal));
  }

  /** There is no credential whose permissions could be tried. */
  async verify(_options: VerifyOptions): Promise<VerificationReport> {
    return { status: 'verified', checkedAt: this.#host.clock.now().toISOString(), checks: [], problems: [] };
  }

  // Neither fails before the first read, as with any listing.
  listRepositories(_options: ListOptions): AsyncIterable<readonly RegistryRepository[]> {
    return refusing('The ECR Public Gallery has no list of repositories.');
  }

  listImages(_repository: string, _options: ListOptions): AsyncIterable<readonly RegistryImage[]> {
    return refusing('ECR Public tells the names of tags only.');
  }

  async *listTagNames(repository: string, { signal, meter }: ListOptions): AsyncGenerator<readonly string[], void, undefined> {
    const access = await this.pullAccess(repository, { signal });
    await using client = new RegistryClient(pullClientOptions({ connection: this, repository, access, host: this.#host }));
    try {
      await meter?.turn(signal);
      for await (const page of client.tags(repository, { signal })) {
        meter?.made(1);
        yield page;
        await meter?.turn(signal);
      }
    } catch (error) {
      throw signal.aborted ? cancelled(signal.reason) : translateOciError(error, { variantId: 'public', repository });
    }
  }

  /** Without a sign-in oci-client follows the registry's challenge for an anonymous token. */
  async pullAccess(_repository: string, options: PullAccessOptions): Promise<PullAccess> {
    if (options.registryHost !== undefined && parseRegistryHost(options.registryHost)?.kind !== 'public') {
      throw new RegistryError({
        kind: 'not-found',
        heading: headings.notFound,
        message: `${options.registryHost} is not the host of the ECR Public Gallery.`,
        remedy: 'Use the Private tab for the registry of an account.',
      });
    }
    if (options.signal.aborted) throw cancelled(options.signal.reason);
    const place = { host: publicRegistryHost, ...(this.#origin !== undefined && { connectTo: this.#origin }) };
    const anonymous: PullAccess = { ...place, authentication: { kind: 'anonymous' }, manifestRate: anonymousRate };
    if (this.#signIn === undefined) return anonymous;
    try {
      const { token, expiresAt } = await this.#signIn.get(options);
      return { ...place, authentication: { kind: 'bearer', token }, expiresAt, manifestRate: signedInRate };
    } catch (error) {
      if (options.signal.aborted) throw cancelled(options.signal.reason);
      if (!(error instanceof RegistryError)) throw error;
      // Everybody may pull public images: a sign-in that does not work must not stand in the way.
      return { ...anonymous, notice: `The sign-in to ECR Public does not work and is not used. ${error.message}` };
    }
  }

  explainPullFailure(error: unknown, target: PullTarget): RegistryError | undefined {
    return explainPullFailure(error, { variantId: 'public', ...target });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
  }
}

function cancelled(cause: unknown): RegistryError {
  return new RegistryError({ kind: 'cancelled', heading: headings.cancelled, message: 'The request was cancelled.', cause });
}

function refusing(message: string): AsyncIterable<never> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () =>
        Promise.reject(
          new RegistryError({
            kind: 'unsupported',
            heading: headings.notSupported,
            message,
            remedy: 'Enter the address of the image.',
          }),
        ),
    }),
  };
}

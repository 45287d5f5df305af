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
import { explainPullFailure } from '../errors/explain-pull-failure.js';
import { headings } from '../errors/headings.js';
import { operatorOrigin } from '../private/endpoints.js';
import { parseRegistryHost, publicRegistryHost } from '../reference/registry-host.js';

/** The ECR Public Gallery without credentials: images are pulled by name, nothing is listed. */
export class PublicEcrConnection implements RegistryConnection {
  readonly #host: PluginHost;
  readonly #origin: string | undefined;

  /** @throws RegistryError of kind `protocol` for an operator setting that is no address */
  constructor(host: PluginHost) {
    this.#host = host;
    this.#origin = operatorOrigin(host.operatorSettings, 'ecr.publicOrigin');
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
    return refusing('Tags of public repositories are not listed.');
  }

  /** oci-client follows the registry's challenge for an anonymous token. */
  async pullAccess(_repository: string, options: PullAccessOptions): Promise<PullAccess> {
    if (options.registryHost !== undefined && parseRegistryHost(options.registryHost)?.kind !== 'public') {
      throw new RegistryError({
        kind: 'not-found',
        heading: headings.notFound,
        message: `${options.registryHost} is not the host of the ECR Public Gallery.`,
        remedy: 'Use the Private tab for the registry of an account.',
      });
    }
    if (options.signal.aborted) {
      throw new RegistryError({
        kind: 'cancelled',
        heading: headings.cancelled,
        message: 'The request was cancelled.',
        cause: options.signal.reason,
      });
    }
    return {
      host: publicRegistryHost,
      ...(this.#origin !== undefined && { connectTo: this.#origin }),
      authentication: { kind: 'anonymous' },
    };
  }

  explainPullFailure(error: unknown, target: PullTarget): RegistryError | undefined {
    return explainPullFailure(error, { variantId: 'public', ...target });
  }

  async [Symbol.asyncDispose](): Promise<void> {}
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

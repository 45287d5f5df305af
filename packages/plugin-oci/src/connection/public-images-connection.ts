import { OciError } from '@esscm/oci-client';
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
import { cancelled } from '../errors/cancelled.js';
import { explainPullFailure } from '../errors/explain-pull-failure.js';
import { headings } from '../errors/headings.js';
import { refusing } from './refusing.js';
import { accessTo } from './registry-access.js';

/** Public images of any registry: pulled by reference, nothing is listed. */
export class PublicImagesConnection implements RegistryConnection {
  readonly #host: PluginHost;

  constructor(host: PluginHost) {
    this.#host = host;
  }

  /** There is no credential whose permissions could be tried. */
  async verify(_options: VerifyOptions): Promise<VerificationReport> {
    return { status: 'verified', checkedAt: this.#host.clock.now().toISOString(), checks: [], problems: [] };
  }

  listRepositories(_options: ListOptions): AsyncIterable<readonly RegistryRepository[]> {
    return refusing('Public images of any registry have no common list.', 'Enter the address of the image, or connect its registry.');
  }

  listImages(_repository: string, _options: ListOptions): AsyncIterable<readonly RegistryImage[]> {
    return refusing('Tags are listed for a connected registry only.', 'Enter the address of the image, or connect its registry.');
  }

  async pullAccess(_repository: string, { signal, registryHost }: PullAccessOptions): Promise<PullAccess> {
    if (signal.aborted) throw cancelled(signal.reason);
    if (registryHost !== undefined) return accessTo({ host: registryHost }, this.#host);
    throw new RegistryError({
      kind: 'protocol',
      heading: headings.unexpected,
      message: 'The image does not say which registry it is in.',
      remedy: 'Connect the image again.',
    });
  }

  explainPullFailure(error: unknown, target: PullTarget): RegistryError | undefined {
    const host = error instanceof OciError ? error.host : undefined;
    return explainPullFailure(error, { host: host ?? 'the registry', ...target });
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

import { createRegistryImageSource, formatPlatform, OciError, RegistryClient } from '@esscm/oci-client';
import type { RegistryConnection } from './plugin.js';
import { pullClientOptions } from './pull-client.js';

interface ManifestReaderOptions {
  /** Stays the caller's. */
  readonly connection: RegistryConnection;
  readonly clock: { now(): Date };
  /** Networks beside public ones that registries may be in. */
  readonly privateNetworks?: readonly string[];
  readonly signal: AbortSignal;
  /** Told of each request. */
  readonly onRequest?: () => void;
}

/** Asks where images are pulled from what listings do not say. Failures are worded by the plugin where it knows them. */
export class ManifestReader {
  readonly #options: ManifestReaderOptions;

  constructor(options: ManifestReaderOptions) {
    this.#options = options;
  }

  /** Platforms of an index, such as `linux/arm64`; of an image that is for one platform, that one. */
  async platforms(repository: string, reference: string): Promise<readonly string[]> {
    return this.#with(repository, reference, async (client) => {
      await using source = createRegistryImageSource({ client, repository, reference });
      return (await source.platforms(this.#options.signal)).map(({ platform }) => formatPlatform(platform));
    });
  }

  /** Where a tag points now; undefined when it is not there. */
  async digestOf(repository: string, tag: string): Promise<string | undefined> {
    const { signal } = this.#options;
    return this.#with(repository, tag, async (client) => {
      try {
        return (await client.describeManifest(repository, tag, signal))?.digest ?? (await client.manifest(repository, tag, signal)).digest;
      } catch (error) {
        if (error instanceof OciError && error.code === 'not-found') return undefined;
        throw error;
      }
    });
  }

  async #with<Result>(repository: string, reference: string, ask: (client: RegistryClient) => Promise<Result>): Promise<Result> {
    const { connection, clock, privateNetworks, signal, onRequest } = this.#options;
    const access = await connection.pullAccess(repository, { signal });
    await using client = new RegistryClient({
      ...pullClientOptions({ connection, repository, access, clock, ...(privateNetworks !== undefined && { privateNetworks }) }),
      ...(onRequest !== undefined && { onRequest }),
    });
    try {
      return await ask(client);
    } catch (error) {
      throw connection.explainPullFailure(error, { repository, reference }) ?? error;
    }
  }
}

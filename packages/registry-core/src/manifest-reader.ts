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
  async platforms(repository: string, reference: string, registryHost?: string): Promise<readonly string[]> {
    return this.#with({ repository, reference, registryHost }, async (client, path) => {
      await using source = createRegistryImageSource({ client, repository: path, reference });
      return (await source.platforms(this.#options.signal)).map(({ platform }) => formatPlatform(platform));
    });
  }

  /** Where a tag points now; undefined when it is not there. */
  async digestOf(repository: string, tag: string, registryHost?: string): Promise<string | undefined> {
    const { signal } = this.#options;
    return this.#with({ repository, reference: tag, registryHost }, async (client, path) => {
      try {
        return (await client.describeManifest(path, tag, signal))?.digest ?? (await client.manifest(path, tag, signal)).digest;
      } catch (error) {
        if (error instanceof OciError && error.code === 'not-found') return undefined;
        throw error;
      }
    });
  }

  async #with<Result>(
    { repository, reference, registryHost }: { readonly repository: string; readonly reference: string; readonly registryHost: string | undefined },
    ask: (client: RegistryClient, path: string) => Promise<Result>,
  ): Promise<Result> {
    const { connection, clock, privateNetworks, signal, onRequest } = this.#options;
    const access = await connection.pullAccess(repository, { signal, ...(registryHost !== undefined && { registryHost }) });
    await using client = new RegistryClient({
      ...pullClientOptions({ connection, repository, access, clock, ...(privateNetworks !== undefined && { privateNetworks }) }),
      ...(onRequest !== undefined && { onRequest }),
    });
    try {
      // Where a connection covers several registries, a repository's name begins with its host.
      return await ask(client, repository.startsWith(`${access.host}/`) ? repository.slice(access.host.length + 1) : repository);
    } catch (error) {
      throw connection.explainPullFailure(error, { repository, reference }) ?? error;
    }
  }
}

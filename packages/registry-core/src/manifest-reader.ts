import { createRegistryImageSource, formatPlatform, listAttachments, OciError, RegistryClient } from '@esscm/oci-client';
import type { AttachmentList, BlobDescriptor, Digest } from '@esscm/oci-client';
import type { PluginHost, RegistryConnection } from './plugin.js';
import { pullClientOptions } from './pull-client.js';

interface ManifestReaderOptions {
  /** Stays the caller's. */
  readonly connection: RegistryConnection;
  /** What the connection was opened with. */
  readonly host: PluginHost;
  readonly signal: AbortSignal;
  /** Told of each request. */
  readonly onRequest?: () => void;
  /** Awaited before each manifest, beside the rate that the registry itself sets. */
  readonly turn?: (signal: AbortSignal) => Promise<void>;
}

/** A layer as the registry stores it. */
export interface StoredLayer {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** An image for one platform, and what it was reached by. */
export interface AttachedImage {
  readonly repository: string;
  readonly registryHost: string;
  readonly digest: Digest;
  /** Tag, or digest of an index. */
  readonly reference: string;
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

  /** What a scan of an image downloads, base layer first; of an index that for the default platform. Layers that the registry does not hold are left out. */
  async layers(repository: string, reference: string, registryHost?: string): Promise<readonly StoredLayer[]> {
    return this.#with({ repository, reference, registryHost }, async (client, path) => {
      await using source = createRegistryImageSource({ client, repository: path, reference });
      const { layers } = await source.resolve({ signal: this.#options.signal });
      return layers.flatMap(({ digest, sizeBytes, foreign }) => (foreign ? [] : [{ digest, sizeBytes }]));
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

  /** What is attached to an image and to the index it is in. */
  async attachments({ repository, registryHost, digest, reference }: AttachedImage): Promise<AttachmentList> {
    return this.#with({ repository, reference: digest, registryHost }, (client, path) => listAttachments(client, path, { digest, reference, signal: this.#options.signal }));
  }

  /** The verified bytes of one attached document. */
  async document({ repository, registryHost }: AttachedImage, blob: BlobDescriptor, limitBytes: number): Promise<Buffer> {
    return this.#with({ repository, reference: blob.digest, registryHost }, (client, path) => client.readBlob(path, blob, limitBytes, this.#options.signal));
  }

  async #with<Result>(
    { repository, reference, registryHost }: { readonly repository: string; readonly reference: string; readonly registryHost: string | undefined },
    ask: (client: RegistryClient, path: string) => Promise<Result>,
  ): Promise<Result> {
    const { connection, host, signal, onRequest, turn } = this.#options;
    const access = await connection.pullAccess(repository, { signal, ...(registryHost !== undefined && { registryHost }) });
    const options = pullClientOptions({ connection, repository, access, host });
    await using client = new RegistryClient({
      ...options,
      ...(turn !== undefined && {
        manifestPace: async (waiting: AbortSignal) => {
          await turn(waiting);
          await options.manifestPace?.(waiting);
        },
      }),
      ...(onRequest !== undefined && { onRequest }),
    });
    try {
      return await ask(client, access.repository ?? repository);
    } catch (error) {
      throw connection.explainPullFailure(error, { repository, reference }) ?? error;
    }
  }
}

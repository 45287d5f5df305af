import { createRegistryImageSource, type ImageSource } from '@esscm/oci-client';
import { pullClientOptions, type PluginHost, type PluginRegistry, registryHostOf } from '@esscm/registry-core';
import type { ConnectionRecord, Store, TrackedImageRecord } from '@esscm/store';
import { openConnection } from './open-connection.js';

/** A tracked image that can be read, and the connection it is read with. */
export interface OpenImage extends AsyncDisposable {
  readonly source: ImageSource;
  /** A failed pull in the words that users of this registry know; the same error when the registry is not the cause. */
  explain(error: unknown): unknown;
}

export interface ImageSourceDependencies {
  readonly store: Pick<Store, 'connections'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  /** What the operator gives to plugins; the built-in sample has its own registry. */
  readonly host: (connection: ConnectionRecord) => PluginHost;
}

/**
 * Opens a tracked image with its connection's credential, which is read for this one use. The caller disposes it.
 * @throws RegistryError
 */
export async function openImageSource(
  { store, plugins, host }: ImageSourceDependencies,
  connection: ConnectionRecord,
  image: TrackedImageRecord,
  signal: AbortSignal,
): Promise<OpenImage> {
  const pluginHost = host(connection);
  const registry = await openConnection({ store, plugins }, connection, pluginHost);
  try {
    const access = await registry.pullAccess(image.repository, { signal, registryHost: registryHostOf(image.name) });
    const reference = image.pinnedDigest ?? image.tag ?? 'latest';
    const source = createRegistryImageSource({
      repository: image.repository,
      reference,
      description: `${image.name}${image.pinnedDigest === undefined ? ':' : '@'}${reference}`,
      options: pullClientOptions({ connection: registry, repository: image.repository, access, host: pluginHost }),
    });
    return {
      source,
      explain: (error) => registry.explainPullFailure(error, { repository: image.repository, reference }) ?? error,
      [Symbol.asyncDispose]: async () => {
        try {
          await source[Symbol.asyncDispose]();
        } finally {
          await registry[Symbol.asyncDispose]();
        }
      },
    };
  } catch (error) {
    await registry[Symbol.asyncDispose]();
    throw error;
  }
}

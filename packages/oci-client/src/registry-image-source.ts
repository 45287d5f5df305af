import { isDigest } from './digest.js';
import type { ImageSource } from './image-source.js';
import { RegistryClient, type RegistryClientOptions } from './registry-client.js';
import { StoredImageSource, type ImageStore } from './stored-image-source.js';

export type RegistryImageSourceOptions = {
  /** Path inside the registry: `nginx/nginx`. */
  readonly repository: string;
  /** A tag or a digest. */
  readonly reference: string;
  /** For people; by default the full reference. Must not hold a secret. */
  readonly description?: string;
} & (
  | { /** Shared and disposed by the caller. */ readonly client: RegistryClient }
  | { /** For a client of the source's own, disposed with it. */ readonly options: RegistryClientOptions }
);

/** An image in a registry. Nothing is asked for before the first call; a tag is resolved once a source. */
export function createRegistryImageSource(options: RegistryImageSourceOptions): ImageSource {
  const { repository, reference } = options;
  const own = 'client' in options ? undefined : new RegistryClient(options.options);
  const client = 'client' in options ? options.client : own;
  if (client === undefined) throw new TypeError('A client or its options are needed.');
  const store: ImageStore = {
    description: options.description ?? `${client.host}/${repository}${isDigest(reference) ? '@' : ':'}${reference}`,
    root: async (signal) => ({ document: await client.manifest(repository, reference, signal), addressable: true }),
    manifest: (descriptor, signal) => client.manifest(repository, descriptor.digest, signal),
    has: () => Promise.resolve(true),
    readBlob: ({ digest, size }, limitBytes, signal) => client.readBlob(repository, { digest, sizeBytes: size }, limitBytes, signal),
    openBlob: ({ digest, size }, signal) => client.openBlob(repository, { digest, sizeBytes: size }, signal),
    [Symbol.asyncDispose]: async () => {
      await own?.[Symbol.asyncDispose]();
    },
  };
  return new StoredImageSource(store, client.limits);
}

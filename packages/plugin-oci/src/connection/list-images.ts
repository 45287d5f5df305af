import { isImageConfiguration, isIndexMediaType, OciError, type Digest, type ManifestDocument, type RegistryClient } from '@esscm/oci-client';
import type { ListOptions, RegistryImage } from '@esscm/registry-core';
import { cancelled } from '../errors/cancelled.js';
import { dockerHub } from '../reference/docker-hub.js';
import { meteredPages } from './metered-pages.js';

const tagsPerPage = 100;
/** Requests at the same time: what browsers allow themselves towards one host. */
const parallelRequests = 6;

interface TaggedImage extends Omit<RegistryImage, 'tags'> {
  readonly tag: string;
}

/**
 * The images behind the tags of a repository, one element a digest for each page of tags. A registry lists tags only, so each
 * is asked for its manifest. Docker Hub counts that as a pull and is asked for the digest alone, so its artefacts show as images.
 */
export async function* listImages(client: RegistryClient, repository: string, options: ListOptions): AsyncGenerator<readonly RegistryImage[], void, undefined> {
  const { signal, meter } = options;
  for await (const tags of meteredPages(client.tags(repository, { signal, pageSize: tagsPerPage }), options)) {
    const images = await inParallel(tags, (tag) => describe(client, repository, tag, signal));
    // Counted, but not given a turn each: a registry that is read tag by tag would take minutes for a page.
    for (const _tag of tags) meter?.made(1);
    yield joinByDigest(images.filter((image) => image !== undefined));
    if (signal.aborted) throw cancelled(signal.reason);
  }
}

/** @returns `undefined` for a tag that was deleted since it was listed */
async function describe(client: RegistryClient, repository: string, tag: string, signal: AbortSignal): Promise<TaggedImage | undefined> {
  try {
    const description = client.host === dockerHub ? await client.describeManifest(repository, tag, signal) : undefined;
    if (description !== undefined) {
      const { digest, mediaType } = description;
      return { tag, digest, mediaType, kind: isIndexMediaType(mediaType) ? 'index' : 'image', status: 'active' };
    }
    return { tag, ...fromManifest(await client.manifest(repository, tag, signal)) };
  } catch (error) {
    if (error instanceof OciError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function fromManifest(document: ManifestDocument): Omit<TaggedImage, 'tag'> {
  const { digest, mediaType } = document;
  if (document.kind === 'index') return { digest, mediaType, kind: 'index', status: 'active' };
  const { config, layers = [], artifactType } = document.manifest;
  const type = artifactType ?? config.mediaType;
  if (!isImageConfiguration(type)) return { digest, mediaType, kind: 'artifact', artifactType: type, status: 'active' };
  const sizeBytes = layers.reduce((sum, { size }) => sum + size, 0);
  return { digest, mediaType, sizeBytes, kind: 'image', status: 'active' };
}

function joinByDigest(images: readonly TaggedImage[]): readonly RegistryImage[] {
  const joined = new Map<Digest, RegistryImage>();
  for (const { tag, ...image } of images) {
    const known = joined.get(image.digest);
    joined.set(image.digest, { ...image, tags: [...(known?.tags ?? []), tag] });
  }
  return [...joined.values()];
}

/** Results in the order of `items`. */
async function inParallel<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const pending = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of pending) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: parallelRequests }, worker));
  return results;
}

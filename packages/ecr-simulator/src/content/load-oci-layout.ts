import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SimulatorError } from '../errors.js';
import type { SimulatedImage } from '../simulated-account.js';
import type { RepositoryContent } from './repository-content.js';
import { digestOf, MAX_MANIFEST_BYTES, parseManifest, type StoredManifest } from './stored-manifest.js';

const MAX_INDEX_DEPTH = 3;
const REFERENCE_NAME = 'org.opencontainers.image.ref.name';

const layoutIndexSchema = z.object({
  manifests: z
    .array(
      z.object({
        mediaType: z.string(),
        digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
        size: z.number().int().nonnegative(),
        annotations: z.record(z.string(), z.string()).optional(),
      }),
    )
    .min(1)
    .max(1_000),
});

type LayoutDescriptor = z.infer<typeof layoutIndexSchema>['manifests'][number];

function invalid(layout: string, message: string, cause?: unknown): SimulatorError {
  return new SimulatorError('invalid-image-layout', `${layout}: ${message}`, 'Give the folder of an OCI image layout 1.0 with every blob it names.', { cause });
}

async function readBounded(layout: string, path: string): Promise<Buffer> {
  try {
    const file = await open(join(layout, path));
    try {
      const { size } = await file.stat();
      if (size > MAX_MANIFEST_BYTES) throw invalid(layout, `${path} is larger than ${MAX_MANIFEST_BYTES} bytes`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof SimulatorError) throw error;
    throw invalid(layout, `${path} cannot be read`, error);
  }
}

const blobPath = (digest: string): string => `blobs/sha256/${digest.slice('sha256:'.length)}`;

async function readManifest(layout: string, descriptor: LayoutDescriptor): Promise<StoredManifest> {
  const bytes = await readBounded(layout, blobPath(descriptor.digest));
  if (digestOf(bytes) !== descriptor.digest) throw invalid(layout, `the content of ${descriptor.digest} has another digest`);
  const manifest = parseManifest(bytes, descriptor.mediaType);
  if (manifest === undefined) throw invalid(layout, `${descriptor.digest} is not an image manifest or index`);
  return manifest;
}

function chosenDescriptor(image: SimulatedImage, descriptors: readonly LayoutDescriptor[]): LayoutDescriptor {
  const candidates =
    image.reference === undefined
      ? descriptors
      : descriptors.filter((descriptor) => descriptor.annotations?.[REFERENCE_NAME] === image.reference);
  const [first] = candidates;
  if (first === undefined || candidates.length > 1) {
    throw invalid(image.layout, `index.json has ${candidates.length} entries to choose from; name one by its ${REFERENCE_NAME}`);
  }
  return first;
}

/**
 * Reads one image, its children if it is an index, and the layout's manifests that refer to any of them (signatures, SBOMs), into the repository.
 * Manifests are held in memory and their digests checked; layers stay on disk, checked for presence and size.
 * @throws SimulatorError `invalid-image-layout`
 */
export async function loadOciLayout(content: RepositoryContent, image: SimulatedImage, defaultPushedAt: Date): Promise<void> {
  const indexBytes = await readBounded(image.layout, 'index.json');
  let index: z.infer<typeof layoutIndexSchema>;
  try {
    index = layoutIndexSchema.parse(JSON.parse(indexBytes.toString('utf8')));
  } catch (error) {
    throw invalid(image.layout, 'index.json is not an image index', error);
  }
  const pushedAt = image.pushedAt ?? defaultPushedAt;
  const archived = image.archived ?? false;

  const add = async (manifest: StoredManifest, depth: number): Promise<void> => {
    for (const blob of manifest.blobs) {
      const path = join(image.layout, blobPath(blob.digest));
      const size = await stat(path).then((found) => found.size, () => undefined);
      // Foreign layers are named by a manifest without being in the registry.
      if (size === undefined && /foreign|nondistributable/.test(blob.mediaType)) continue;
      if (size === undefined || (blob.size !== undefined && size !== blob.size)) throw invalid(image.layout, `blob ${blob.digest} is ${size === undefined ? 'missing' : 'of another size'}`);
      content.addBlob({ digest: blob.digest, sizeBytes: size, path });
    }
    content.addImage({ manifest, pushedAt, archived });
    if (depth >= MAX_INDEX_DEPTH) return;
    for (const child of manifest.manifests) await add(await readManifest(image.layout, child), depth + 1);
  };

  const descriptor = chosenDescriptor(
    image,
    index.manifests.length === 1 || image.reference !== undefined
      ? index.manifests
      : index.manifests.filter((entry) => entry.annotations?.[REFERENCE_NAME] !== undefined),
  );
  const chosen = await readManifest(image.layout, descriptor);
  await add(chosen, 0);
  for (const tag of image.tags) content.tag(tag, chosen.digest);
  for (const other of index.manifests) {
    if (content.image(other.digest) !== undefined) continue;
    const manifest = await readManifest(image.layout, other);
    if (manifest.subject !== undefined && content.image(manifest.subject) !== undefined) await add(manifest, 0);
  }
}

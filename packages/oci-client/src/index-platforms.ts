import { OciError } from './errors.js';
import { platformFrom } from './image-configuration.js';
import type { OciLimits } from './limits.js';
import type { ManifestDocument } from './manifest-document.js';
import { isIndexMediaType, isManifestMediaType } from './media-types.js';
import type { Platform } from './platform.js';
import type { Descriptor, ImageIndex } from './schemas.js';

/** An image of an index. */
export interface PlatformManifest {
  readonly descriptor: Descriptor;
  readonly platform: Platform;
  /** When it had to be read already. */
  readonly document?: ManifestDocument;
}

export interface IndexReader {
  readonly limits: OciLimits;
  readonly description: string;
  has(descriptor: Descriptor): Promise<boolean>;
  manifest(descriptor: Descriptor): Promise<ManifestDocument>;
  /** From the configuration, for entries that do not say. Undefined when that does not say either. */
  platformOf(manifest: Extract<ManifestDocument, { readonly kind: 'manifest' }>): Promise<Platform | undefined>;
}

/**
 * The images of an index and the indexes inside it, in order. Attestations (BuildKit's `unknown/unknown` entries) and
 * artefacts are left out.
 * @throws OciError `limit` when indexes are nested too deep or too long
 */
export async function findPlatformManifests(index: ImageIndex, reader: IndexReader): Promise<readonly PlatformManifest[]> {
  const found: PlatformManifest[] = [];
  let entries = 0;

  async function walk(current: ImageIndex, depth: number): Promise<void> {
    for (const descriptor of current.manifests ?? []) {
      entries += 1;
      if (entries > reader.limits.indexEntries) throw limit(`lists more than ${reader.limits.indexEntries} manifests`);
      if (isSideRecord(descriptor) || !(await reader.has(descriptor))) continue;
      if (isIndexMediaType(descriptor.mediaType)) {
        if (depth >= reader.limits.indexDepth) throw limit(`nests indexes deeper than ${reader.limits.indexDepth}`);
        const inner = await reader.manifest(descriptor);
        if (inner.kind === 'index') await walk(inner.index, depth + 1);
      } else if (isManifestMediaType(descriptor.mediaType) || descriptor.mediaType === '') {
        const image = await described(descriptor);
        if (image !== undefined) found.push(image);
      }
    }
  }

  async function described(descriptor: Descriptor): Promise<PlatformManifest | undefined> {
    const { platform } = descriptor;
    if (platform !== undefined) return { descriptor, platform: platformFrom(platform) };
    try {
      const document = await reader.manifest(descriptor);
      const own = document.kind === 'manifest' ? await reader.platformOf(document) : undefined;
      return own === undefined ? undefined : { descriptor, platform: own, document };
    } catch (error) {
      // Signatures and charts beside images in one index: not images, not a failure.
      if (error instanceof OciError && error.code === 'unsupported') return undefined;
      throw error;
    }
  }

  function limit(what: string): OciError {
    return new OciError({ code: 'limit', message: `${reader.description} ${what}.` });
  }

  await walk(index, 0);
  return found;
}

function isSideRecord({ platform, annotations, artifactType }: Descriptor): boolean {
  if (artifactType !== undefined && artifactType !== '') return true;
  if (annotations?.['vnd.docker.reference.type'] !== undefined) return true;
  return platform?.os === 'unknown' && platform.architecture === 'unknown';
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode, type BuiltContent } from './built-content.js';
import type { BuiltImage } from './image-builder.js';
import type { LayerEntry } from './layer-entries.js';
import { writeTar } from './tar-writer.js';

export interface NamedContent {
  readonly content: BuiltContent;
  /** `org.opencontainers.image.ref.name`. */
  readonly tag?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface NamedImage {
  readonly image: BuiltImage;
  /** Such as `example/app:1.0`. */
  readonly names?: readonly string[];
}

export interface ArchiveOptions {
  /** The whole archive as `.tar.gz`. */
  readonly gzip?: boolean;
  /**
   * `classic`, the default, is Docker before 25: `<id>/layer.tar`, a layer that occurs twice as a symbolic link.
   * `compressed-layers` keeps layers as stored, as go-containerregistry does.
   */
  readonly layout?: 'classic' | 'compressed-layers';
}

/** Files of an OCI image layout by name. */
export function ociLayoutFiles(contents: readonly NamedContent[]): Record<string, Buffer> {
  const files: Record<string, Buffer> = {
    'oci-layout': encode({ imageLayoutVersion: '1.0.0' }),
    'index.json': encode({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: contents.map(({ content, tag, annotations }) => ({
        ...content.descriptor,
        annotations: {
          ...content.descriptor.annotations,
          ...annotations,
          ...(tag === undefined ? {} : { 'org.opencontainers.image.ref.name': tag }),
        },
      })),
    }),
  };
  for (const { content } of contents) {
    for (const [digest, { bytes }] of content.manifests) files[blobName(digest)] = bytes;
    for (const [digest, bytes] of content.blobs) files[blobName(digest)] = bytes;
  }
  return files;
}

/** Writes an OCI image layout into `folder`, which is made when missing. */
export async function writeOciLayout(folder: string, contents: readonly NamedContent[]): Promise<void> {
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  await Promise.all(Object.entries(ociLayoutFiles(contents)).map(([name, bytes]) => writeFile(join(folder, name), bytes)));
}

/** An OCI image layout in one tar, as Docker 25 and later save it, with the classic `manifest.json` beside it. */
export function ociArchive(contents: readonly NamedContent[], { gzip = false }: { readonly gzip?: boolean } = {}): Buffer {
  const tar = writeTar({ ...ociLayoutFiles(contents), 'manifest.json': encode([]) });
  return gzip ? gzipSync(tar) : tar;
}

/** What `docker save` wrote before version 25: `manifest.json`, configurations and uncompressed layers. */
export function dockerArchive(images: readonly NamedImage[], { gzip = false, layout = 'classic' }: ArchiveOptions = {}): Buffer {
  const files: Record<string, LayerEntry> = {};
  const manifest = images.map(({ image, names }, imageNumber) => {
    const config = `${hex(image.config.digest)}.json`;
    files[config] = image.blobs.get(image.config.digest) ?? Buffer.alloc(0);
    const layers = image.layers.map((layer, position) => {
      if (layout === 'compressed-layers') {
        const name = `${hex(layer.descriptor.digest)}.tar.gz`;
        files[name] = image.blobs.get(layer.descriptor.digest) ?? Buffer.alloc(0);
        return name;
      }
      const name = `${imageNumber}${position}${hex(layer.diffId).slice(0, 40)}/layer.tar`;
      const twin = Object.entries(files).find(([other, content]) => other.endsWith('/layer.tar') && content === layer.tar);
      files[name] = twin === undefined ? layer.tar : { kind: 'symlink', target: `../${twin[0]}` };
      return name;
    });
    return { Config: config, RepoTags: names ?? null, Layers: layers };
  });
  const tar = writeTar({ ...files, 'manifest.json': encode(manifest) });
  return gzip ? gzipSync(tar) : tar;
}

function blobName(digest: string): string {
  return `blobs/sha256/${hex(digest)}`;
}

function hex(digest: string): string {
  return digest.slice('sha256:'.length);
}

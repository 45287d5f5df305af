import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip, createZstdCompress } from 'node:zlib';
import { writeStreamedLayout } from '../write-streamed-layout.js';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

interface Layout {
  readonly config: { readonly rootfs: { readonly diff_ids: readonly string[] } };
  readonly layers: readonly Descriptor[];
}

const blob = (folder: string, digest: string): string => join(folder, 'blobs', digest.replace(':', '/'));

function read(folder: string): Layout {
  const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  const index = json(join(folder, 'index.json')) as { manifests: Descriptor[] };
  const manifest = json(blob(folder, index.manifests[0]?.digest ?? '')) as { config: Descriptor; layers: Descriptor[] };
  return { config: json(blob(folder, manifest.config.digest)) as Layout['config'], layers: manifest.layers };
}

/** How many layers the one image of a layout has. */
export function layerCount(folder: string): number {
  return read(folder).layers.length;
}

/** Compressed sizes of the layers of the one image of a layout, base first, in megabytes (10^6 bytes). */
export function layerMegabytes(folder: string): readonly number[] {
  return read(folder).layers.map(({ size }) => size / 1e6);
}

/** An image of some of the layers of another; its blobs are symbolic links to theirs. */
export function writeLayoutOfLayers(source: string, folder: string, wanted: (index: number) => boolean): void {
  const { config, layers } = read(source);
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true });
  const put = (mediaType: string, document: unknown): Descriptor => {
    const content = Buffer.from(JSON.stringify(document));
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    writeFileSync(blob(folder, digest), content);
    return { mediaType, digest, size: content.length };
  };
  const kept = layers.filter((_, index) => wanted(index));
  for (const { digest } of new Map(kept.map((layer) => [layer.digest, layer])).values()) symlinkSync(resolve(blob(source, digest)), blob(folder, digest));
  const made = put('application/vnd.oci.image.config.v1+json', { os: 'linux', architecture: 'amd64', config: {}, rootfs: { type: 'layers', diff_ids: config.rootfs.diff_ids.filter((_, index) => wanted(index)) } });
  const manifest = put('application/vnd.oci.image.manifest.v1+json', { schemaVersion: 2, config: made, layers: kept });
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
}

/** The same image with its gzip layers compressed by zstd. */
export async function writeZstdLayout(source: string, folder: string): Promise<void> {
  const { layers } = read(source);
  const unpacked = (digest: string): Readable => createReadStream(blob(source, digest), { highWaterMark: 256 * 1024 }).pipe(createGunzip({ chunkSize: 1024 * 1024 }));
  await writeStreamedLayout(folder, { layers: layers.map(({ digest }) => () => unpacked(digest)), compress: () => createZstdCompress() });
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** Layers that are made while they are written. */
export interface StreamedImage {
  /** The uncompressed bytes of each layer, base first. */
  readonly layers: readonly (() => Iterable<Buffer> | AsyncIterable<Buffer>)[];
  readonly compress: () => Transform;
  /** Bytes of each compressed layer that are kept; all when absent. */
  readonly keptShare?: number;
}

/** Writes the image as an OCI layout. Layers are made as streams, because most would not fit into memory. */
export async function writeStreamedLayout(folder: string, image: StreamedImage): Promise<void> {
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const layers: { descriptor: Descriptor; diffId: string }[] = [];
  for (const bytes of image.layers) {
    const tar = createHash('sha256');
    const temporary = join(blobs, 'layer');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        tar.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(Readable.from(bytes()), hashing, image.compress(), createWriteStream(temporary));
    if (image.keptShare !== undefined) truncateSync(temporary, Math.floor(statSync(temporary).size * image.keptShare));
    const digest = await sha256OfFile(temporary);
    const size = statSync(temporary).size;
    renameSync(temporary, join(blobs, digest));
    layers.push({ descriptor: { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: `sha256:${digest}`, size }, diffId: `sha256:${tar.digest('hex')}` });
  }
  const put = (mediaType: string, document: unknown): Descriptor => {
    const content = Buffer.from(JSON.stringify(document));
    const digest = createHash('sha256').update(content).digest('hex');
    writeFileSync(join(blobs, digest), content);
    return { mediaType, digest: `sha256:${digest}`, size: content.length };
  };
  const config = put('application/vnd.oci.image.config.v1+json', { os: 'linux', architecture: 'amd64', config: {}, rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) } });
  const manifest = put('application/vnd.oci.image.manifest.v1+json', { schemaVersion: 2, config, layers: layers.map(({ descriptor }) => descriptor) });
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

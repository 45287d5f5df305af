import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Files of the layout's layers; compression told by the first bytes. */
export function layersByCompression(layout: string): { gzip: readonly string[]; zstd: readonly string[]; others: number } {
  const blob = (digest: string) => join(layout, 'blobs', digest.replace(':', '/'));
  const read = (digest: string): { manifests?: { digest: string }[]; layers?: { digest: string }[] } => JSON.parse(readFileSync(blob(digest), 'utf8'));
  const index: { manifests: { digest: string }[] } = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
  const layers = index.manifests.flatMap(({ digest }) => read(digest).layers ?? []);
  const files = layers.map(({ digest }) => blob(digest)).filter((file) => existsSync(file));
  const startingWith = (...magic: readonly number[]) => files.filter((file) => firstBytes(file, magic.length).equals(Buffer.from(magic)));
  const gzip = startingWith(0x1f, 0x8b);
  const zstd = startingWith(0x28, 0xb5, 0x2f, 0xfd);
  return { gzip, zstd, others: files.length - gzip.length - zstd.length };
}

function firstBytes(file: string, count: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, count, 0));
  } finally {
    closeSync(descriptor);
  }
}

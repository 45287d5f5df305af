import { LayerFormatError } from './layer-format-error.js';

export type LayerCompression = 'gzip' | 'zstd' | 'none';

/** Bytes needed to tell the compression of a layer. */
export const magicLength = 6;

const unsupported: readonly { readonly name: string; readonly magic: readonly number[] }[] = [
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68] },
];

/**
 * Tells the compression of a layer by its first bytes. Media types are not asked: registries hold layers whose media
 * type and content disagree.
 * @throws LayerFormatError for a compression that no OCI media type names.
 */
export function detectCompression(head: Buffer): LayerCompression {
  if (head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length >= 4) {
    const magic = head.readUInt32LE(0);
    // RFC 8878, 3.1.1 frames and 3.1.2 skippable frames.
    if (magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50) return 'zstd';
  }
  for (const { name, magic } of unsupported) {
    if (magic.every((byte, index) => head[index] === byte)) {
      throw new LayerFormatError(`the layer is compressed with ${name}, which no OCI layer media type allows`);
    }
  }
  return 'none';
}

import { crc32 } from 'node:zlib';

const MAX_STORED_BLOCK = 0xffff;

/**
 * Wraps bytes as gzip (RFC 1952) in stored deflate blocks (RFC 1951, 3.2.4). Nothing is compressed, on purpose: what a compressor writes differs
 * between its versions and processors, and a layer's digest must not.
 */
export function writeGzip(content: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])];
  for (let offset = 0; offset === 0 || offset < content.length; offset += MAX_STORED_BLOCK) {
    const block = content.subarray(offset, offset + MAX_STORED_BLOCK);
    const head = Buffer.alloc(5);
    head.writeUInt8(offset + MAX_STORED_BLOCK >= content.length ? 1 : 0, 0);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(~block.length & 0xffff, 3);
    parts.push(head, block);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length >>> 0, 4);
  parts.push(trailer);
  return Buffer.concat(parts);
}

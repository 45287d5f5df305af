import { createHash } from 'node:crypto';

/** Stands in for the identifier while the content is being hashed. */
const noUuid = '00000000-0000-0000-0000-000000000000';

/**
 * Writes a document that names itself by its content: once to hash it, and once more with a UUID of version 8 (RFC 9562, 5.8)
 * made from that hash. The same content gives the same identifier, any other content another one.
 */
export function* withContentUuid(write: (uuid: string) => Iterable<string>): Generator<string> {
  const hash = createHash('sha256');
  for (const chunk of write(noUuid)) hash.update(chunk);
  yield* write(uuidOf(hash.digest()));
}

function uuidOf(digest: Buffer): string {
  const bytes = digest.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

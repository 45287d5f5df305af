import { createHash } from 'node:crypto';

/** Stands in for the identifier while the content is being hashed. */
const noUuid = '00000000-0000-0000-0000-000000000000';

/** Characters of a document that are kept from its hashing; a longer one is made twice. */
const maximumKept = 16 * 1024 * 1024;

/**
 * Writes a document that names itself by its content: once to hash it, and once more with a UUID of version 8 (RFC 9562, 5.8)
 * made from that hash. The same content gives the same identifier, any other content another one.
 * @param write makes the same document each time, but for the identifier in it
 */
export function* withContentUuid(write: (uuid: string) => Iterable<string>): Generator<string> {
  const hash = createHash('sha256');
  for (const chunk of write(noUuid)) hash.update(chunk);
  yield* write(uuidOf(hash.digest()));
}

/**
 * {@link withContentUuid} for a document with the identifier in one piece alone, and in none before it: what follows that piece is
 * kept from the hashing, as making a document costs more than hashing and writing it.
 */
export function* withContentUuidOnce(write: (uuid: string) => Iterable<string>): Generator<string> {
  const hash = createHash('sha256');
  let piecesBefore = 0;
  let isFound = false;
  let characters = 0;
  const kept: string[] = [];
  for (const chunk of write(noUuid)) {
    hash.update(chunk);
    if (isFound) {
      characters += chunk.length;
      if (characters <= maximumKept) kept.push(chunk);
      else kept.length = 0;
    } else {
      piecesBefore += 1;
      isFound = chunk.includes(noUuid);
    }
  }
  for (const chunk of write(uuidOf(hash.digest()))) {
    yield chunk;
    piecesBefore -= 1;
    if (piecesBefore === 0 && characters <= maximumKept) break;
  }
  yield* kept;
}

function uuidOf(digest: Buffer): string {
  const bytes = digest.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

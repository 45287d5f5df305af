import { expect, test } from 'vitest';
import { SCHEMA_1, SCHEMA_1_SIGNED } from './media-types.js';
import { digestOf, parseManifest } from './stored-manifest.js';

const base = `sha256:${'b'.repeat(64)}`;
const top = `sha256:${'c'.repeat(64)}`;
const content = JSON.stringify({ schemaVersion: 1, name: 'team/old', tag: '1', architecture: 'amd64', fsLayers: [{ blobSum: top }, { blobSum: base }, { blobSum: base }], history: [] }, null, 3);

/** As Docker signs: the signatures take the place of the last brace, which `formatTail` gives back. */
function signed(protectedHeader: object): Buffer {
  const signature = { header: { alg: 'ES256' }, signature: 'c2lnbmF0dXJl', protected: Buffer.from(JSON.stringify(protectedHeader)).toString('base64url') };
  return Buffer.from(`${content.slice(0, -2)},\n   "signatures": [${JSON.stringify(signature)}]\n}`);
}
const whole = { formatLength: content.length - 2, formatTail: Buffer.from('\n}').toString('base64url') };

test.each([
  ['unsigned', Buffer.from(content), SCHEMA_1],
  ['signed', signed(whole), SCHEMA_1_SIGNED],
])('%s has the digest of its content without signatures, and its layers base first', (_title, bytes, mediaType) => {
  const manifest = parseManifest(bytes, mediaType);
  expect([manifest?.digest, manifest?.mediaType, manifest?.bytes, manifest?.blobs.map(({ digest }) => digest)]).toEqual([digestOf(Buffer.from(content)), mediaType, bytes, [base, top]]);
  expect(parseManifest(bytes, undefined)?.mediaType).toBe(mediaType);
});

test.each([
  ['sent as another type', Buffer.from(content), SCHEMA_1_SIGNED],
  ['with a signature that does not say what it signs', signed({}), SCHEMA_1_SIGNED],
  ['without layers', Buffer.from('{"schemaVersion":1,"fsLayers":[]}'), SCHEMA_1],
])('%s it is refused', (_title, bytes, mediaType) => {
  expect(parseManifest(bytes, mediaType)).toBeUndefined();
});

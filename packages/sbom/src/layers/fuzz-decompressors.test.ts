import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const built = new URL('../../dist/layers/', import.meta.url);

/**
 * Runs in a process of its own, because what is to be ruled out is that damaged input ends the process. Every input is
 * read by every implementation; they have to agree on the outcome and on the bytes.
 */
const program = (modules: string, seed: number) => `
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync, constants } from 'node:zlib';
import { inflateLayer } from '${modules}inflate-layer.js';
import { backgroundDecompressor, handleDecompressor, streamDecompressor, uncheckedBackgroundDecompressor, uncheckedHandleDecompressor } from '${modules}layer-decompressor.js';

let state = ${seed};
const random = (below) => (state = (state * 48271) % 2147483647) % below;
const content = Buffer.from(Array.from({ length: 3000 }, (_, index) => 'line ' + ((index * 7919) % 1009) + '\\n').join(''));
const checked = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
const whole = [
  gzipSync(content),
  Buffer.concat([gzipSync(content.subarray(0, 9000)), gzipSync(content.subarray(9000)), Buffer.alloc(64)]),
  zstdCompressSync(content, checked),
  Buffer.concat([zstdCompressSync(content.subarray(0, 9000), checked), zstdCompressSync(content.subarray(9000), checked)]),
];

async function outcome(stored, chunkSize, decompressor) {
  const chunks = [];
  for (let offset = 0; offset < stored.length; offset += chunkSize) chunks.push(stored.subarray(offset, offset + chunkSize));
  const parts = [];
  const reading = inflateLayer(Readable.from(chunks, { objectMode: false }), {
    signal: new AbortController().signal, maximumLayerBytes: 1 << 24, maximumRatio: 1e9, ratioFloorBytes: 1 << 24, decompressor,
    onBytes: (bytes) => parts.push(Buffer.from(bytes)), onRead() {},
  });
  try {
    await reading;
    return 'read ' + Buffer.concat(parts).toString('latin1');
  } catch (error) {
    return error.name + ': ' + error.message;
  }
}

let damaged = 0;
for (let round = 0; round < 400; round += 1) {
  let stored = Buffer.from(whole[round % whole.length]);
  const how = random(4);
  if (how === 0) stored = stored.subarray(0, random(stored.length));
  if (how === 1) stored = Buffer.concat([stored, Buffer.from(Array.from({ length: 1 + random(40) }, () => random(256)))]);
  if (how >= 2) for (let flips = 1 + random(3); flips > 0; flips -= 1) stored[random(stored.length)] ^= 1 << random(8);
  const chunkSize = 1 + random(stored.length + 1);
  const expected = await outcome(stored, chunkSize, streamDecompressor);
  if (expected.slice(0, 5) !== 'read ') damaged += 1;
  for (const decompressor of [handleDecompressor, uncheckedHandleDecompressor, backgroundDecompressor, uncheckedBackgroundDecompressor]) {
    const found = await outcome(stored, chunkSize, decompressor);
    if (found === expected) continue;
    // Where checksums are left out, whoever asked for that has to find by the digest what only they tell.
    const isChecksum = expected.endsWith('incorrect data check') || expected.endsWith('header crc mismatch');
    if ((decompressor === uncheckedHandleDecompressor || decompressor === uncheckedBackgroundDecompressor) && isChecksum) continue;
    console.log('differs', round, how, chunkSize, stored.toString('base64'), found.slice(0, 200), expected.slice(0, 200));
    process.exit(1);
  }
}
console.log('agreed', damaged > 200);
`;

describe('all implementations, given damaged streams', () => {
  it.each([1, 7919])('survive and agree, seed %d', (seed) => {
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program(built.href, seed)], { cwd: fileURLToPath(built), encoding: 'utf8' });
    expect(output.trim()).toBe('agreed true');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOciLayoutImageSource, type ImageLayer } from '@esscm/oci-client';
import type { LayerFacts } from '@esscm/sbom';
import { ImageBuilder, writeOciLayout } from '@esscm/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInlineLayerReader } from './inline-layer-reader.js';
import type { LayerReadRequest } from './layer-reader.js';

const files = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`app/node_modules/part${index}/package.json`, JSON.stringify({ name: `part${index}`, version: `1.0.${index}` })]));
const content = new ImageBuilder().layer(files).build();

let folder: string;
let layer: ImageLayer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inline-reader-'));
  await writeOciLayout(folder, [{ content, tag: '1.0' }]);
  await using source = createOciLayoutImageSource({ folder, tag: '1.0' });
  const [only] = (await source.resolve({ signal: new AbortController().signal })).layers;
  if (only === undefined) throw new Error('expected a layer');
  layer = only;
});
afterAll(() => rm(folder, { recursive: true }));

async function read(what: ImageLayer, options: Partial<LayerReadRequest> = {}): Promise<{ facts: LayerFacts; bytes: number }> {
  let bytes = 0;
  const facts = await createInlineLayerReader({}).read(what, {
    verifyDiffId: true,
    inflateAhead: false,
    serialised: false,
    signal: new AbortController().signal,
    onBytes: (count) => (bytes += count),
    ...options,
  });
  if (!('paths' in facts)) throw new Error('expected facts as they were read');
  return { facts, bytes };
}

describe('a layer read on the calling thread', () => {
  it.each([
    { from: 'a file', withFile: true, inflateAhead: false },
    { from: 'a file, uncompressed ahead', withFile: true, inflateAhead: true },
    { from: 'a stream', withFile: false, inflateAhead: false },
    { from: 'a stream, uncompressed ahead', withFile: false, inflateAhead: true },
  ])('has the same facts from $from', async ({ withFile, inflateAhead }) => {
    const { file, ...withoutFile } = layer;
    const { facts, bytes } = await read(withFile ? layer : withoutFile, { inflateAhead });
    expect(bytes).toBe(layer.sizeBytes);
    expect([...facts.paths].map(({ path }) => path).filter((path) => path.endsWith('package.json'))).toEqual(Object.keys(files));
    const expected = (await read(layer)).facts;
    expect({ ...facts, paths: [...facts.paths] }).toEqual({ ...expected, paths: [...expected.paths] });
  });

  it.each([{ inflateAhead: false }, { inflateAhead: true }])('is told by its source to be another one, uncompressed ahead: $inflateAhead', async ({ inflateAhead }) => {
    const file = join(folder, 'another');
    await writeFile(file, Buffer.alloc(layer.sizeBytes, 7));
    const failing = { ...layer, file, open: () => Promise.reject(new Error('the source says what is wrong')) };
    await expect(read(failing, { inflateAhead })).rejects.toThrow('the source says what is wrong');
  });
});

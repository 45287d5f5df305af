import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { LayerFacts, LayerSource } from '@esscm/sbom';
import { factKeys, readLayer, serialiseLayerFacts } from '@esscm/sbom/scan';
import { file, type LayerEntries, whiteout, writeTar } from '@esscm/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openRealStore, scannedImage } from '../test-support/stored-findings.js';
import { startTestGateway } from '../test-support/test-gateway.js';

let real: Awaited<ReturnType<typeof openRealStore>>;
let gateway: Awaited<ReturnType<typeof startTestGateway>>;
let session: Record<string, string>;

beforeAll(async () => {
  real = await openRealStore(() => new Date('2026-11-23T06:00:00Z'));
});
afterAll(() => real.close());

beforeEach(async () => {
  gateway = await startTestGateway({ store: real.store });
  session = await gateway.signIn();
});

/** Packages of Node.js in a layer, by name, with their version. */
const npm = (versions: Readonly<Record<string, string>>): LayerEntries =>
  Object.fromEntries(Object.entries(versions).map(([name, version]) => [`app/node_modules/${name}/package.json`, file(JSON.stringify({ name, version }))]));
const deleted = (path: string): LayerEntries => ({ [path]: whiteout() });

async function read(entries: LayerEntries): Promise<{ readonly source: LayerSource; readonly facts: LayerFacts }> {
  const tar = writeTar(entries);
  const digest = `sha256:${createHash('sha256').update(tar).digest('hex')}`;
  const source: LayerSource = { digest, diffId: digest, mediaType: 'application/vnd.oci.image.layer.v1.tar', sizeBytes: tar.length, open: () => Promise.resolve(Readable.from([tar])) };
  return { source, facts: await readLayer(source, { signal: new AbortController().signal }) };
}

/** An image of these layers, each with its facts kept. */
async function imageOf(tag: string, layers: readonly LayerEntries[], { keepFacts = true, catalogueVersion = factKeys().toSorted().join(' ') } = {}): Promise<string> {
  const found = await Promise.all(layers.map(read));
  if (keepFacts) for (const { source, facts } of found) await real.store.facts.write(source.diffId, serialiseLayerFacts(facts));
  const records = found.map(({ source: { digest, diffId, mediaType, sizeBytes } }, index) => ({ index, digest, diffId, mediaType, sizeBytes }));
  const digest = `sha256:${createHash('sha256').update(tag).digest('hex')}`;
  const { image } = await scannedImage(real.store, real.organizationId, tag, undefined, { digest, layers: records, components: [], catalogueVersion });
  return image.id;
}

async function hiddenIn(id: string) {
  const { data, errors } = await gateway.query('query($id: ID!) { image(id: $id) { content { hiddenComponents { layerIndex componentCount components { name version ecosystem path layerIndex } } } } }', { id }, session);
  if (errors !== undefined) throw new Error(errors[0]?.message);
  return (data as { image: { content: { hiddenComponents: unknown } } }).image.content.hiddenComponents;
}

test('what a layer deletes or replaces is told with the layer that brought it', async () => {
  const left = { name: 'left', version: '1.0.0', ecosystem: 'npm', path: '/app/node_modules/left/package.json', layerIndex: 0 };
  const id = await imageOf('hides', [npm({ left: '1.0.0', right: '1.0.0' }), npm({ extra: '3.0.0' }), npm({ right: '2.0.0' }), deleted('app/node_modules/left')]);
  expect(await hiddenIn(id)).toEqual([
    { layerIndex: 2, componentCount: 1, components: [{ ...left, name: 'right', path: '/app/node_modules/right/package.json' }] },
    { layerIndex: 3, componentCount: 1, components: [left] },
  ]);
  // Kept, and the same.
  expect(await hiddenIn(id)).toHaveLength(2);
});

test('of what is hidden by the hundreds as many are named as fit', async () => {
  const id = await imageOf('many', [npm(Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`p${String(index).padStart(3, '0')}`, '1.0.0']))), deleted('app/node_modules')]);
  const [layer] = (await hiddenIn(id)) as { componentCount: number; components: { name: string }[] }[];
  expect([layer?.componentCount, layer?.components.length, layer?.components.at(-1)?.name]).toEqual([120, 100, 'p099']);
});

test.each([
  ['hides nothing', {}, []],
  ['facts that are not kept', { keepFacts: false }, null],
  ['facts of another version', { catalogueVersion: 'npm@0' }, null],
])('%s', async (name, options, expected) => {
  expect(await hiddenIn(await imageOf(name, [npm({ [`a-${name.length}`]: '1.0.0' }), npm({ [`b-${name.length}`]: '1.0.0' })], options))).toEqual(expected);
});

test('facts that cannot be read cost the note and no page', async () => {
  const id = await imageOf('damaged', [npm({ damaged: '1.0.0' }), npm({ more: '1.0.0' })]);
  const [layer] = await real.store.contents.layers(real.organizationId, (await real.store.images.find(real.organizationId, id))?.contentId ?? '');
  await real.store.facts.write(layer?.diffId ?? '', new Map(factKeys().map((key) => [key, new Uint8Array([1, 2, 3])])));
  expect(await hiddenIn(id)).toBeNull();
});

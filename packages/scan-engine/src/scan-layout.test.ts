import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOciLayoutImageSource } from '@esscm/oci-client';
import { ImageBuilder, writeOciLayout } from '@esscm/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createScanEngine } from './scan-engine.js';
import type { ScanOutcome } from './scan-engine.js';

const image = new ImageBuilder()
  .layer({ 'etc/os-release': 'ID=debian\nVERSION_ID="12"\n' }, { compression: 'none' })
  .layer({ 'var/lib/dpkg/status': 'Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\nArchitecture: amd64\n' })
  .build();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scan-layout-'));
  await writeOciLayout(folder, [{ content: image, tag: '1.0' }]);
});
afterEach(() => rm(folder, { recursive: true }));

async function scan(inlineBelowBytes: number): Promise<ScanOutcome> {
  const facts = { read: () => Promise.resolve(new Map<string, Uint8Array>()), write: () => Promise.resolve() };
  await using engine = createScanEngine({ facts, inlineBelowBytes });
  await using source = createOciLayoutImageSource({ folder, tag: '1.0' });
  return await engine.scan({ source, image: { name: 'app' }, signal: new AbortController().signal });
}

describe('a layout of which files are read where their layers are', () => {
  it('has the catalogue it has when the engine reads them', async () => {
    const outcome = await scan(0);
    expect(outcome).toMatchObject({ kind: 'catalogued', catalogue: { components: [{ name: 'libc6', version: '2.36-9' }] } });
    expect(outcome).toEqual(await scan(Number.MAX_SAFE_INTEGER));
  });

  it.each(image.layers.map((layer, index) => ({ index, digest: layer.descriptor.digest })))('is refused when layer $index has a changed byte', async ({ digest }) => {
    const file = join(folder, 'blobs', ...digest.split(':'));
    const bytes = await readFile(file);
    // Of a tar header's unused end or of the checksum of a gzip stream, which no reader of packages would miss.
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    await writeFile(file, bytes);
    await expect(scan(0)).rejects.toMatchObject({ code: expect.stringMatching(/^(integrity|corrupt-layer)$/) });
    await expect(scan(Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'integrity' });
  });
});

describe('an image on a base that its vendor alone distributes', () => {
  const base = { foreignUrls: ['https://vendor.example.org/base'] };
  const hive = Buffer.from('regf'.padEnd(4096, '\0'), 'latin1');
  const windows = new ImageBuilder({ flavour: 'docker', platform: { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2227' } })
    .layer({ 'Files/Windows/base.txt': 'base' }, base)
    .layer({ 'Files/app/node_modules/express/package.json': '{"name":"express","version":"4.19.2"}', 'Hives/Software_Delta': hive })
    .build();

  it('is catalogued without that layer, and says what is missing', async () => {
    await writeOciLayout(folder, [{ content: windows, tag: '1.0' }]);
    const outcome = await scan(0);
    expect(outcome).toMatchObject({
      kind: 'catalogued',
      catalogue: {
        components: [{ packageUrl: 'pkg:npm/express@4.19.2', locations: [{ path: '/Files/app/node_modules/express/package.json', layerIndex: 1 }] }],
        unknowns: [{ kind: 'database', path: '/Hives/Software_Delta' }],
        diagnostics: [
          { code: 'layer-not-distributed', severity: 'incomplete', layerDiffId: windows.layers[0]?.diffId },
          { code: 'windows-registry-not-read', severity: 'incomplete', path: '/Hives/Software_Delta', layerDiffId: windows.layers[1]?.diffId },
        ],
      },
    });
    expect(outcome).toEqual(await scan(Number.MAX_SAFE_INTEGER));
  });

  it('keeps nothing of the layer that was not there', async () => {
    await writeOciLayout(folder, [{ content: windows, tag: '1.0' }]);
    const kept: string[] = [];
    const facts = {
      read: () => Promise.resolve(new Map<string, Uint8Array>()),
      write: (diffId: string) => {
        kept.push(diffId);
        return Promise.resolve();
      },
    };
    await using engine = createScanEngine({ facts });
    await using source = createOciLayoutImageSource({ folder, tag: '1.0' });
    await engine.scan({ source, image: { name: 'app' }, signal: new AbortController().signal });
    expect(kept).toEqual([windows.layers[1]?.diffId]);
  });
});

import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { DocumentWriter } from './document-writer.js';

const digest = `sha256:${'ab'.repeat(32)}`;

/** A stored catalogue of that many components. */
const catalogueOf = (count: number): string =>
  JSON.stringify({
    formatVersion: 1,
    image: { name: 'first.example.org/app', tag: 'old', digest, platform: { os: 'linux', architecture: 'amd64' }, labels: {}, layers: [] },
    components: Array.from({ length: count }, (_, index) => ({
      id: `pkg:npm/a${index}@1`,
      ecosystem: 'npm',
      name: `a${index}`,
      version: '1',
      packageUrl: `pkg:npm/a${index}@1`,
      licences: [],
      description: 'x'.repeat(1000),
      locations: [{ path: `/a${index}` }],
      cataloguer: 'npm',
    })),
    relationships: [],
    diagnostics: [],
    cataloguers: [],
  });

const image = { name: 'registry.example.org/app', tag: '1' };
let writer = new DocumentWriter();
afterEach(async () => {
  await writer.close();
  writer = new DocumentWriter();
});

describe('the thread that writes documents', () => {
  test('writes several at once, each for the image it is asked for', async () => {
    const catalogue = catalogueOf(300);
    const formats = ['cyclonedx-1.6-json', 'spdx-2.3-tag-value', 'cyclonedx-1.6-json'] as const;
    const [first = '', second = '', third = ''] = await Promise.all(formats.map(async (format) => text(await writer.write({ catalogue, image, format }))));
    expect(first).toContain('registry.example.org/app');
    expect(first).not.toContain('first.example.org');
    expect(second).toMatch(/^SPDXVersion: SPDX-2\.3\n/);
    expect(createHash('sha256').update(third).digest('hex')).toBe(createHash('sha256').update(first).digest('hex'));
  });

  test('tells that a catalogue cannot be read, and goes on', async () => {
    await expect(writer.write({ catalogue: '{}', image, format: 'spdx-2.3-json' })).rejects.toThrow('The stored catalogue cannot be read by this version');
    expect(await text(await writer.write({ catalogue: catalogueOf(1), image, format: 'components-csv' }))).toContain('a0,1,npm');
  });

  test('does not write what nobody reads, and takes a reader who leaves', async () => {
    const document = await writer.write({ catalogue: catalogueOf(20_000), image, format: 'cyclonedx-1.7-json' });
    document.destroy();
    expect(await text(await writer.write({ catalogue: catalogueOf(1), image, format: 'components-csv' }))).toContain('a0,1,npm');
  });

  test('ends documents half read when it ends, and starts again for the next', async () => {
    const document = await writer.write({ catalogue: catalogueOf(20_000), image, format: 'cyclonedx-1.7-json' });
    const read = text(document);
    await writer.close();
    await expect(read).rejects.toThrow('The thread that writes documents ended.');
    expect(await text(await writer.write({ catalogue: catalogueOf(1), image, format: 'components-csv' }))).toContain('a0,1,npm');
  });
});

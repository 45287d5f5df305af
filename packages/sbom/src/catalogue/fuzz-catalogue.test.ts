import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCatalogue, serialiseCatalogue } from './catalogue-schema.js';
import { catalogueOfDocument } from '../documents/document-catalogue.js';
import { readDocument } from '../documents/read-document.js';
import { documentFormats } from '../formats/document-formats.js';
import { catalogueOf } from '../test-support/catalogue-fixture.js';
import { damageBytes } from '../test-support/fuzz/damage-bytes.js';
import { damageJson, damageText } from '../test-support/fuzz/damage-text.js';
import { SeededRandom } from '../test-support/fuzz/seeded-random.js';
import { seeds, type Seed } from '../test-support/fuzz/seeds.js';

/** Damaged files for each seed; a longer run finds more: `ESSCM_FUZZ_ROUNDS=20000 vitest run fuzz-catalogue`. */
const rounds = Number(process.env['ESSCM_FUZZ_ROUNDS'] ?? '120');
const corpusFolder = join(import.meta.dirname, 'fixtures', 'fuzz-corpus');

/** One document of each family: reading all of them takes too long here. */
const readBack: ReadonlySet<string> = new Set(['cyclonedx-1.7-json', 'spdx-2.3-tag-value']);

/** A file that a parser once stumbled over, kept so that it never does again. */
const keptCase = z.object({ what: z.string(), path: z.string(), base64: z.string() });

function damage({ content, form }: Seed, random: SeededRandom): Buffer {
  if (form === 'bytes' || random.below(3) === 0) return damageBytes(content, random);
  const text = content.toString();
  return Buffer.from(form === 'json' && random.below(2) === 0 ? damageJson(text, random) : damageText(text, random));
}

/** What went wrong in making everything that is made of an image with this file; undefined when nothing did. */
async function failureWith(path: string, content: Buffer, beside: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
  const others = Object.entries(beside).map(([name, text]) => ({ name, content: text }));
  try {
    const catalogue = await catalogueOf([[...others, { name: path, content }]]);
    const text = serialiseCatalogue(catalogue);
    if (serialiseCatalogue(parseCatalogue(text)) !== text) return 'the catalogue is not read back as it was written';
    for (const { id, write } of documentFormats) {
      const document = Buffer.from([...write(catalogue)].join(''));
      if (!readBack.has(id)) continue;
      if (serialiseCatalogue(catalogueOfDocument(await readDocument(document)).catalogue) !== text) return `${id} does not give the catalogue back`;
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

describe('whatever a file of an image holds, the image has a catalogue and documents', () => {
  it.each(seeds.map((seed, index) => ({ ...seed, index })))('with $path damaged', { timeout: 300_000 }, async ({ index, ...seed }) => {
    const failures = [await failureWith(seed.path, seed.content, seed.beside)];
    for (let round = 0; round < rounds; round += 1) {
      const damaged = damage(seed, new SeededRandom(index * 1_000_003 + round + 1));
      const failure = await failureWith(seed.path, damaged, seed.beside);
      // All that a file of the corpus needs, to be copied from here.
      if (failure !== undefined) failures.push(JSON.stringify({ what: failure, path: seed.path, base64: damaged.toString('base64') }));
    }
    expect(failures.filter((failure) => failure !== undefined)).toEqual([]);
  });

  it.each(readdirSync(corpusFolder).filter((name) => name.endsWith('.json')))('with what is kept in %s', async (name) => {
    const { path, base64 } = keptCase.parse(JSON.parse(readFileSync(join(corpusFolder, name), 'utf8')));
    expect(await failureWith(path, Buffer.from(base64, 'base64'))).toBeUndefined();
  });
});

it('the same seed gives the same damage', () => {
  const [seed] = seeds;
  if (seed === undefined) throw new Error('There is no seed.');
  expect(damage(seed, new SeededRandom(7))).toEqual(damage(seed, new SeededRandom(7)));
});

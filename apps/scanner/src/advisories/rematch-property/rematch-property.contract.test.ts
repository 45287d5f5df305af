import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Catalogue } from '@esscm/sbom';
import { createComponentMatcher, match, type ComponentMatcher } from '@esscm/scan-engine';
import { openStore, openVault, type Database, type OpenStore } from '@esscm/store';
import { pino } from 'pino';
import { expect, onTestFailed, onTestFinished, test } from 'vitest';
import { matchingResult } from '../../results/matching-result.js';
import { scanResult } from '../../results/scan-result.js';
import { catalogued } from '../../scanner-fixture.support.test.js';
import { rematch } from '../rematch.js';
import { RandomAdvisories } from './random-advisories.support.test.js';
import { randomCatalogue } from './random-images.support.test.js';
import { Random } from './random.support.test.js';
import { shownFindings, storedResults, textOf, toldFindings } from './stored-results.support.test.js';

const stepsPerSeed = 12;
const imagesPerSeed = 7;
const organizations = ['org_00000000000000000000000001', 'org_00000000000000000000000002'];

interface StoredImage {
  readonly organizationId: string;
  readonly contentId: string;
  readonly catalogue: Catalogue;
}

/** Images in a store, in the order they were put in. */
class Images {
  readonly store: OpenStore;
  readonly database: Database;
  readonly #stored: StoredImage[] = [];

  constructor(store: OpenStore, database: Database) {
    this.store = store;
    this.database = database;
  }

  /** A store without images. Seeds share a database, which takes seconds to make. */
  static async in(database: Database): Promise<Images> {
    const store = await openStore({ database, vault: await openVault({ masterKey: '0'.repeat(64), keyFile: '' }) });
    await database.pool.query('truncate esscm.organizations cascade');
    await database.pool.query('insert into esscm.organizations (id, name, created_at) select id, id, now() from unnest($1::text[]) as id', [organizations]);
    return new Images(store, database);
  }

  async add(name: string, organizationId: string, catalogue: Catalogue, digest: `sha256:${string}`, matcher: ComponentMatcher): Promise<void> {
    const { scans } = await this.store.connections.connect({
      organizationId,
      requestedBy: 'user',
      pluginId: 'fake',
      variantId: 'private',
      name,
      description: '',
      settings: {},
      credentialHint: '',
      secrets: {},
      sample: false,
      images: [{ name, repository: name, tag: '1', projectName: 'Shop', projectVersion: '1' }],
    });
    const ended = await this.store.scans.complete(scans[0]?.id ?? '', scanResult({ ...catalogued(), digest, catalogue, matching: await match(catalogue, matcher) }));
    this.#stored.push({ organizationId, contentId: ended?.contentId ?? '', catalogue });
  }

  /** Matches every image whole, as if it had just been scanned. */
  async matchWhole(matcher: ComponentMatcher): Promise<void> {
    for (const { organizationId, contentId, catalogue } of this.#stored) await this.store.findings.replace(organizationId, contentId, matchingResult(await match(catalogue, matcher), catalogue.distribution));
  }
}

/**
 * Whatever advisories do, what a re-match makes of stored results is what matching the images anew makes, and the events say what
 * became of it. A failure names its seed: run that alone to see it again.
 */
export function testRematchProperty(open: () => { readonly rematched: Database; readonly whole: Database }, seeds: readonly number[]): void {
  test.each(seeds)('of seed %i', { timeout: 120_000 }, async (seed) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'rematch-property-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const random = new Random(seed);
    const advisories = new RandomAdvisories(random, folder);
    await using matcher = createComponentMatcher({ folder: advisories.folder });
    const [rematched, whole] = [await Images.in(open().rematched), await Images.in(open().whole)];
    await advisories.import();
    for (let number = 0; number < imagesPerSeed; number += 1) {
      const catalogue = randomCatalogue(random);
      const organizationId = random.oneOf(organizations);
      const digest = `sha256:${randomBytes(32).toString('hex')}` as const;
      // Some contents are shown by two images.
      for (const copy of random.happens(25) ? ['a', 'b'] : ['a']) for (const images of [rematched, whole]) await images.add(`${number}${copy}`, organizationId, catalogue, digest, matcher);
    }
    let last = `seed ${seed}, before the first step\n`;
    onTestFailed(() => void process.stderr.write(last));
    const first = await shownFindings(rematched.database);
    for (let step = 1; step <= stepsPerSeed; step += 1) {
      // Now and then a generation is missed, so that nobody can say what changed.
      for (let generations = random.happens(10) ? 2 : 1; generations > 0; generations -= 1) {
        advisories.change();
        await advisories.import();
      }
      const report = await rematch({ store: rematched.store, matcher, log: pino({ level: 'silent' }) }, AbortSignal.timeout(60_000));
      await whole.matchWhole(matcher);
      last = `seed ${seed}, step ${step}: ${JSON.stringify(report)} after\n${advisories.changes.join('\n')}\n`;
      expect(await storedResults(rematched.database)).toEqual(await storedResults(whole.database));
      expect(await toldFindings(rematched.database, first)).toEqual((await shownFindings(rematched.database)).map(textOf).toSorted());
    }
  });
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from '@esscm/sbom';
import { createComponentMatcher, match } from '@esscm/scan-engine';
import { scanResult } from '@esscm/scanner';
import { openDatabase, openStore, openVault, recordFindingDay } from '@esscm/store';
import { importPaths, packagesAskedFor } from '@esscm/vulnerabilities';
import { catalogueOfLayout } from '../catalogue-of-layout.js';
import { fleetCatalogue, hubCatalogue, monolithCatalogue } from './scale-catalogue.js';

interface ScaleOptions {
  /** A data folder that `esscm seed-demo` filled, of which no server runs. */
  readonly folder: string;
  /** An OCI layout of an image with many packages of a distribution. */
  readonly layout: string;
}

const components = 10_000;
const fleet = 1000;
const versions = 500;
/** For each package of the distribution: one that is fixed, one without a fix, and one that is fixed much later. */
const recordsPerPackage = 3;
const vectors = ['AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 'AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:L', 'AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N'];

/**
 * Adds to the demonstration what pages find hard: two images of ten thousand components and some thousands of findings each, a vulnerability and a
 * component in a thousand images, a project of five hundred versions, and an image whose relations are hard to draw. Written through the store as the scanner writes it.
 */
export async function fillScale({ folder, layout }: ScaleOptions): Promise<void> {
  const real = await catalogueOfLayout(layout);
  const advisoryFolder = join(folder, 'advisories');
  await importPaths(advisoryFolder, [writeRecords(join(folder, 'made'), real)], { now: new Date().toISOString(), signal: new AbortController().signal });
  const database = await openDatabase({ dataFolder: folder });
  const matcher = createComponentMatcher({ folder: advisoryFolder });
  try {
    const store = await openStore({ database, vault: await openVault({ keyFile: join(folder, 'master.key') }) });
    const { id: organizationId } = await store.organizations.ensureDefault();
    const catalogues = [1, 2].map((release) => monolithCatalogue(real, components, release)).concat(Array.from({ length: fleet }, (_, number) => fleetCatalogue(real, number)), hubCatalogue(real));
    const { scans } = await store.connections.connect({
      organizationId,
      requestedBy: 'bench',
      pluginId: 'ecr',
      variantId: 'public',
      name: 'Fleet',
      description: 'What is large and what is many',
      settings: {},
      credentialHint: '',
      secrets: {},
      sample: false,
      images: catalogues.map(({ image: { name, tag = '' } }, index) => ({ name, repository: name, tag, projectName: index <= versions ? 'Fleet' : `Fleet service ${index}`, projectVersion: index < 2 ? `monolith ${tag}` : `1.${index}` })),
    });
    for (const [index, catalogue] of catalogues.entries()) {
      const scan = scans[index];
      if (scan === undefined) throw new Error('An image has no scan.');
      await store.scans.begin(scan.id);
      const sizeBytes = catalogue.image.layers.reduce((sum, layer) => sum + layer.sizeBytes, 0);
      await store.scans.complete(scan.id, scanResult({ kind: 'catalogued', digest: catalogue.image.digest as `sha256:${string}`, mediaType: 'application/vnd.oci.image.manifest.v1+json', sizeBytes, catalogue, catalogueVersion: 'bench', matching: await match(catalogue, matcher) }));
    }
    await recordFindingDay(store, organizationId, new Date());
    await database.pool.query('analyze');
    const { counts } = await store.findings.countBySeverity(organizationId, {});
    console.log(`${catalogues.length} images; findings:`, counts);
  } finally {
    await matcher[Symbol.asyncDispose]();
    await database.close();
  }
}

/** Made advisories of every package of the catalogue. @returns their folder */
function writeRecords(folder: string, catalogue: Catalogue): string {
  mkdirSync(folder, { recursive: true });
  for (const [place, { ecosystem, name }] of packagesAskedFor(catalogue).entries()) {
    for (let number = 0; number < recordsPerPackage; number += 1) {
      const id = `CVE-2026-${100_000 + place * recordsPerPackage + number}`;
      const events = number === 1 ? [{ introduced: '0' }] : [{ introduced: '0' }, { fixed: number === 0 ? '99999' : '1000000' }];
      const severity = [{ type: 'CVSS_V3', score: `CVSS:3.1/${vectors[(place + number) % vectors.length]}` }];
      writeFileSync(join(folder, `${id}.json`), JSON.stringify({ id, modified: '2026-01-01T00:00:00Z', published: '2026-01-01T00:00:00Z', summary: `A made flaw of ${name}`, severity, affected: [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events }] }] }));
    }
  }
  return folder;
}

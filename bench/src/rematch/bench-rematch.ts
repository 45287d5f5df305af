import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '@esscm/sbom';
import { createComponentMatcher, match } from '@esscm/scan-engine';
import { scanResult } from '@esscm/scanner';
import { openDatabase, openStore, openVault, type Database, type OpenStore } from '@esscm/store';
import { importPaths, packagesAskedFor } from '@esscm/vulnerabilities';
import { printGoals } from '../advisories/goal.js';
import { catalogueOfLayout } from '../catalogue-of-layout.js';
import { measure } from '../measure.js';
import { serverFlags } from '../server-flags.js';
import { benchKey } from './bench-key.js';

interface RematchOptions {
  /** An OCI layout of the image whose catalogue is varied. */
  readonly layout: string;
  readonly images: number;
  readonly changed: number;
  /** PostgreSQL; the embedded database without it, whose memory is then this process's too. */
  readonly databaseUrl: string | undefined;
}

/** Catalogues that are scanned and stored as the product does; the other images are copies of their rows under other digests. */
const variants = 50;
/** Advisories for each package of the catalogue, so that there are findings to compare. */
const recordsPerPackage = 8;
/** Packages of the distribution that no image has. */
const otherPackages = 2500;

/** How long stored images take to follow changed advisories, and what the process that does it costs. */
export async function benchRematch(options: RematchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'esscm-rematch-'));
  try {
    await storeImages(folder, options);
    const pass = fileURLToPath(new URL('rematch-pass.js', import.meta.url));
    const { wallSeconds, cpuSeconds, peakMegabytes } = await measure(process.execPath, [...serverFlags, pass, folder, ...(options.databaseUrl === undefined ? [] : [options.databaseUrl])]);
    const report: { readonly contents: number; readonly whole: number; readonly events: number; readonly seconds: number; readonly databaseCpu: number } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    console.table([
      {
        images: report.contents,
        'read whole': report.whole,
        events: report.events,
        'pass s': report.seconds.toFixed(1),
        'process s': wallSeconds.toFixed(1),
        'CPU of the process s': cpuSeconds.toFixed(1),
        'CPU of the database s': report.databaseCpu.toFixed(1),
        'peak RSS MB': Math.round(peakMegabytes),
        'load of the machine': loadavg()[0]?.toFixed(1),
      },
    ]);
    printGoals([
      { goal: 're-match of 10,000 images, pass s', figure: Number(((report.seconds / report.contents) * 10_000).toFixed(1)), most: 60 },
      { goal: 're-match of 10,000 images, CPU s of process and database', figure: Number((((cpuSeconds + report.databaseCpu) / report.contents) * 10_000).toFixed(1)), most: 60 },
      { goal: 're-match, peak RSS MB', figure: Math.round(peakMegabytes), most: 300 },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Stores images and their findings, and imports changed advisories beside them, all in a folder, or in PostgreSQL. */
export async function storeImages(folder: string, options: RematchOptions): Promise<void> {
  const database = await openDatabase({ dataFolder: folder, ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }) });
  const matcher = createComponentMatcher({ folder: join(folder, 'advisories') });
  try {
    const store = await openStore({ database, vault: await openVault({ masterKey: benchKey, keyFile: '' }) });
    const catalogue = await catalogueOfLayout(options.layout);
    const packages = packagesAskedFor(catalogue);
    const others = Array.from({ length: otherPackages }, (_, index) => ({ ecosystem: packages[0]?.ecosystem ?? 'npm', name: `other-${index}` }));
    const records = [...packages, ...others].flatMap(({ ecosystem, name }, place) =>
      Array.from({ length: recordsPerPackage }, (_, number) => record(ecosystem, name, place * recordsPerPackage + number, number % 2 === 0 ? '999999' : '0.0.1')),
    );
    await importRecords(folder, records);
    await fill(store, database, catalogue, matcher, options.images);
    const { rows } = await database.pool.query('select (select count(*) from esscm.components) as components, (select count(*) from esscm.findings) as findings');
    const step = Math.max(1, Math.floor(records.length / options.changed));
    const changed = records.map((each, index) => (index % step === 0 ? { ...each, ...fixedIn(each, '1000000') } : each));
    console.log(`${options.images} images of ${catalogue.components.length} components (${rows[0].components} rows, ${rows[0].findings} findings) in ${database.kind}; ${Math.ceil(records.length / step)} of ${records.length} advisories change, ${Math.ceil((packages.length * recordsPerPackage) / step)} of them about packages of the images.`);
    await importRecords(folder, changed);
  } finally {
    await matcher[Symbol.asyncDispose]();
    await database.close();
  }
}

interface MadeRecord {
  readonly id: string;
  readonly affected: readonly { readonly package: { readonly ecosystem: string; readonly name: string }; readonly ranges: readonly object[] }[];
}

function record(ecosystem: string, name: string, number: number, fixed: string): MadeRecord {
  return { id: `CVE-2026-${100_000 + number}`, affected: [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] }] };
}

/** The same record with another bound. */
function fixedIn({ affected }: MadeRecord, fixed: string): Pick<MadeRecord, 'affected'> {
  return { affected: affected.map(({ package: of }) => ({ package: of, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] })) };
}

async function importRecords(folder: string, records: readonly MadeRecord[]): Promise<void> {
  const source = join(folder, 'made');
  mkdirSync(source, { recursive: true });
  for (const each of records) writeFileSync(join(source, `${each.id}.json`), JSON.stringify({ modified: '2026-01-01T00:00:00Z', ...each }));
  await importPaths(join(folder, 'advisories'), [source], { now: new Date().toISOString(), signal: new AbortController().signal });
}

async function fill(store: OpenStore, { pool }: Database, catalogue: Catalogue, matcher: ReturnType<typeof createComponentMatcher>, images: number): Promise<void> {
  const { id: organizationId } = await store.organizations.ensureDefault();
  const { scans } = await store.connections.connect({
    organizationId,
    requestedBy: 'bench',
    pluginId: 'ecr',
    variantId: 'public',
    name: `bench ${randomBytes(4).toString('hex')}`,
    description: '',
    settings: {},
    credentialHint: '',
    secrets: {},
    sample: false,
    images: Array.from({ length: variants }, (_, index) => ({ name: `bench/${index}`, repository: `bench/${index}`, tag: '1', projectName: 'Bench', projectVersion: '1' })),
  });
  for (const [index, scan] of scans.entries()) {
    const varied = vary(catalogue, index);
    const digest = `sha256:${randomBytes(32).toString('hex')}` as const;
    await store.scans.complete(scan.id, scanResult({ kind: 'catalogued', digest, mediaType: 'application/vnd.oci.image.manifest.v1+json', sizeBytes: 1, catalogue: varied, catalogueVersion: 'bench', matching: await match(varied, matcher) }));
  }
  for (let copies = 1; copies < images / variants; copies += 1) {
    const suffix = copies.toString(16).padStart(4, '0');
    const id = `left(content_id, 26) || '${suffix}'`;
    await pool.query(`insert into esscm.contents select ${id.replaceAll('content_id', 'id')}, organization_id, published, digest || '${suffix}', media_type, platform, created, size_bytes, distribution_name, component_count, partial, diagnostics, catalogue_version, catalogued_at from esscm.contents where digest !~ '.{72}'`);
    for (const table of ['catalogue_chunks', 'components', 'findings', 'matchings']) {
      const { rows } = await pool.query<{ column_name: string }>(`select column_name from information_schema.columns where table_schema = 'esscm' and table_name = $1 and column_name <> 'content_id' and is_generated = 'NEVER' order by ordinal_position`, [table]);
      const columns = rows.map((row) => `"${row.column_name}"`).join(', ');
      await pool.query(`insert into esscm.${table} (content_id, ${columns}) select ${id}, ${columns} from esscm.${table} where content_id in (select id from esscm.contents where digest !~ '.{72}')`);
    }
    await pool.query(`insert into esscm.tracked_images (id, organization_id, connection_id, project_version_id, name, repository, tag, content_id, content_scanned_at, created_at)
      select left(id, 26) || '${suffix}', organization_id, connection_id, project_version_id, name, repository, '${suffix}', ${id}, content_scanned_at, created_at from esscm.tracked_images where tag = '1'`);
  }
  // As the database would have done itself in a server that got its images one by one.
  await pool.query('vacuum analyze');
}

/** The same packages in other versions, a different tenth of them in each variant. */
function vary(catalogue: Catalogue, variant: number): Catalogue {
  const components = catalogue.components.map((component, index) =>
    index % 10 === variant % 10 ? { ...component, id: `${component.id}#${variant}`, version: `${component.version}.${variant}`, ...(component.source === undefined ? {} : { source: { ...component.source, version: `${component.source.version}.${variant}` } }) } : component,
  );
  return { ...catalogue, components };
}

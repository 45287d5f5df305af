import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildGeneration, listGenerations, openAdvisoryDatabase } from '../database/generation-folder.js';
import type { BuildOptions } from '../database/generation-folder.js';
import type { SourceCounts } from '../database/generation-writer.js';
import { download } from './download.js';
import type { DownloadOutcome, Fetch } from './download.js';
import { importEpss } from './epss/import-epss.js';
import { importKev } from './kev/import-kev.js';
import { importOsvZip } from './osv/import-osv.js';
import type { RefusedRecord } from './osv/import-osv.js';
import { sourceTerms } from './source-terms.js';

/** Where the feeds are. */
export interface FeedAddresses {
  /** Holds `<ecosystem>/all.zip`. */
  readonly osv: string;
  readonly kev: string;
  readonly epss: string;
}

/** The public feeds. */
export const publicFeeds: FeedAddresses = {
  osv: 'https://storage.googleapis.com/osv-vulnerabilities/',
  kev: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  epss: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
};

/** What to fetch into a folder of generations. */
export interface UpdateOptions extends BuildOptions {
  /** As OSV writes them, without release: `Debian`, `npm`. */
  readonly ecosystems: readonly string[];
  /** Also fetch CISA's catalogue and EPSS scores. */
  readonly enrichment: boolean;
  readonly feeds?: FeedAddresses;
  readonly fetch?: Fetch;
  readonly signal: AbortSignal;
  /** RFC 3339; written as the time of the import. */
  readonly now: string;
  onRefused?(refused: RefusedRecord): void;
}

/** What an update did, one entry a feed. */
export interface UpdateOutcome {
  readonly source: string;
  readonly changed: boolean;
  readonly counts: SourceCounts | undefined;
  /** Rows of an enrichment feed. */
  readonly entries: number | undefined;
}

const maximumBundleBytes = 4 * 1024 * 1024 * 1024;
const maximumFeedBytes = 256 * 1024 * 1024;

/**
 * Fetches feeds and builds one new generation of everything that changed; when nothing did, the generation in use stays.
 * @throws VulnerabilitiesError; the generation in use stays then too.
 */
export async function updateAdvisories(folder: string, options: UpdateOptions): Promise<UpdateOutcome[]> {
  const feeds = options.feeds ?? publicFeeds;
  const fetch: Fetch = options.fetch ?? globalThis.fetch;
  const held = await heldSources(folder);
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(path.join(folder, 'download-'));
  try {
    const bundles: { ecosystem: string; address: string; file: string; outcome: DownloadOutcome }[] = [];
    for (const ecosystem of options.ecosystems) {
      const address = new URL(`${encodeURIComponent(ecosystem)}/all.zip`, feeds.osv.endsWith('/') ? feeds.osv : `${feeds.osv}/`).href;
      const file = path.join(temporary, `${bundles.length}.zip`);
      const known = options.fresh === true ? undefined : held.get(sourceName(ecosystem));
      const outcome = await download({ address, file, maximumBytes: maximumBundleBytes, fetch, signal: options.signal, etag: known?.etag, lastModified: known?.lastModified });
      bundles.push({ ecosystem, address, file, outcome });
    }
    const kev = path.join(temporary, 'kev.json');
    const epss = path.join(temporary, 'epss.csv.gz');
    if (options.enrichment) {
      await download({ address: feeds.kev, file: kev, maximumBytes: maximumFeedBytes, fetch, signal: options.signal });
      await download({ address: feeds.epss, file: epss, maximumBytes: maximumFeedBytes, fetch, signal: options.signal });
    }
    const outcomes: UpdateOutcome[] = bundles.filter((bundle) => !bundle.outcome.changed).map((bundle) => ({ source: sourceName(bundle.ecosystem), changed: false, counts: undefined, entries: undefined }));
    if (bundles.length === outcomes.length && !options.enrichment) return outcomes;
    await buildGeneration(folder, options, async (writer) => {
      for (const { ecosystem, address, file, outcome } of bundles) {
        if (!outcome.changed) continue;
        writer.beginSource({
          name: sourceName(ecosystem),
          location: address,
          ...sourceTerms(ecosystem),
          ...(outcome.etag === undefined ? {} : { etag: outcome.etag }),
          ...(outcome.lastModified === undefined ? {} : { lastModified: outcome.lastModified }),
        });
        importOsvZip(file, writer, { ecosystem, signal: options.signal, ...(options.onRefused === undefined ? {} : { onRefused: options.onRefused.bind(options) }) });
        outcomes.push({ source: sourceName(ecosystem), changed: true, counts: writer.endSource(options.now), entries: undefined });
      }
      if (options.enrichment) {
        outcomes.push({ source: 'kev', changed: true, counts: undefined, entries: importKev(await readFile(kev, 'utf8'), writer) });
        outcomes.push({ source: 'epss', changed: true, counts: undefined, entries: importEpss(readGzip(await readFile(epss)), writer) });
      }
    });
    return outcomes;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function sourceName(ecosystem: string): string {
  return `osv:${ecosystem}`;
}

async function heldSources(folder: string): Promise<Map<string, { etag: string | undefined; lastModified: string | undefined }>> {
  if ((await listGenerations(folder)).length === 0) return new Map();
  using database = await openAdvisoryDatabase(folder);
  return new Map(database.sources().map((source) => [source.name, source]));
}

function readGzip(bytes: Buffer): string {
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: maximumFeedBytes }) : bytes).toString('utf8');
}

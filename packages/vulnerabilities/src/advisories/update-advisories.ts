import path from 'node:path';
import type { AdvisoryDatabase, StoredSource } from '../database/advisory-database.js';
import { buildGeneration, openAdvisoryDatabase } from '../database/generation-folder.js';
import type { BuildOptions } from '../database/generation-folder.js';
import type { GenerationWriter, SourceCounts } from '../database/generation-writer.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import type { Fetch } from './download.js';
import { Downloads } from './downloads.js';
import type { DownloadProgress } from './downloads.js';
import { publicFeeds } from './feed-addresses.js';
import type { FeedAddresses } from './feed-addresses.js';
import type { Feed, FeedReport, FetchedFeed, RefusedRecord } from './feed.js';
import { feedOf } from './feeds.js';
import { writeSourceChecks } from './source-checks.js';
import { sourcesOfEcosystem } from './sources-of-ecosystem.js';
import { takeLock } from './take-lock.js';

/** What to fetch into a folder of generations. */
export interface UpdateOptions extends BuildOptions {
  /** Names of sources (`osv:npm`, `debian-tracker`, `kev`), or ecosystems as OSV writes them (`Debian`, `Alpine:v3.19`) for all their sources. */
  readonly sources: readonly string[];
  /** In place of the public ones. */
  readonly feeds?: Partial<FeedAddresses>;
  readonly fetch?: Fetch;
  readonly signal: AbortSignal;
  /**
   * Names of packages that images hold, source packages among them. A source that is asked about one vulnerability after the other
   * (`distributionAskedAbout`) is asked about those of these; without, about all it may know.
   */
  readonly packages?: readonly string[];
  /** RFC 3339; written as the time of the import. */
  readonly now: string;
  /** Milliseconds before a broken transfer is tried again; doubled each time. Default 1000. */
  readonly patienceMs?: number;
  onProgress?(progress: UpdateProgress): void;
  onRefused?(refused: RefusedRecord): void;
}

/** How far an update is. */
export interface UpdateProgress extends Partial<DownloadProgress> {
  readonly source: string;
  readonly step: 'fetching' | 'importing';
}

/** What an update did, one entry a source. */
export interface UpdateOutcome {
  readonly source: string;
  /** The database has something new of it. */
  readonly changed: boolean;
  readonly counts: SourceCounts | undefined;
  /** Rows of a source that is no advisories. */
  readonly entries: number | undefined;
  /** Why it was left as it was. */
  readonly failure: VulnerabilitiesError | undefined;
}

interface Pending {
  readonly feed: Feed;
  readonly fetched: FetchedFeed;
}

/**
 * Fetches sources and builds one new generation of everything that changed; when nothing did, the generation in use stays. A
 * source that cannot be fetched or read is named in its outcome and stays as the database has it; the others are brought up
 * to date. @throws VulnerabilitiesError for a source nobody knows, another update of the same folder, and a database that
 * cannot be written; the generation in use stays then too.
 */
export async function updateAdvisories(folder: string, options: UpdateOptions): Promise<UpdateOutcome[]> {
  const names = [...new Set(options.sources.flatMap(sourcesOfEcosystem))];
  const now = Date.parse(options.now);
  const feeds = names.map((name) => feedOf(name, { ...publicFeeds, ...options.feeds }, now));
  await using _lock = await takeLock(path.join(folder, 'update.lock'));
  const held = options.fresh === true ? new Map<string, StoredSource>() : await heldSources(folder);
  const outcomes = new Map<string, UpdateOutcome>();
  const { first = [], afterwards = [] } = Object.groupBy(feeds, (feed) => (feed.asksAboutOthers === true ? 'afterwards' : 'first'));
  for (const outcome of await updateFeeds(folder, first, held, options)) outcomes.set(outcome.source, outcome);
  if (afterwards.length > 0) {
    using database = await databaseInUse(folder);
    // What the first ones brought stays.
    const build = first.length === 0 ? options : { ...options, fresh: false };
    for (const outcome of await updateFeeds(folder, afterwards, held, build, database)) outcomes.set(outcome.source, outcome);
  }
  const ordered = names.flatMap((name) => outcomes.get(name) ?? []);
  await writeSourceChecks(folder, options.now, ordered);
  return ordered;
}

/** Fetches all, then builds one generation of what changed. */
async function updateFeeds(folder: string, feeds: readonly Feed[], held: ReadonlyMap<string, StoredSource>, options: UpdateOptions, database?: AdvisoryDatabase): Promise<UpdateOutcome[]> {
  const others = { database, packages: options.packages && new Set(options.packages) };
  const outcomes: UpdateOutcome[] = [];
  const pending: Pending[] = [];
  for (const feed of feeds) {
    options.onProgress?.({ source: feed.source, step: 'fetching' });
    const downloads = new Downloads({
      folder: path.join(folder, 'downloads'),
      fetch: options.fetch ?? globalThis.fetch,
      signal: options.signal,
      patienceMs: options.patienceMs ?? 1_000,
      onProgress: (progress) => options.onProgress?.({ source: feed.source, step: 'fetching', ...progress }),
    });
    try {
      const fetched = await feed.fetch(downloads, held.get(feed.source), others);
      if (fetched === undefined) outcomes.push({ source: feed.source, changed: false, counts: undefined, entries: undefined, failure: undefined });
      else pending.push({ feed, fetched });
    } catch (error) {
      options.signal.throwIfAborted();
      outcomes.push(failure(feed, error));
    }
    await downloads.removeOld(Date.parse(options.now));
  }
  return [...outcomes, ...(await importAll(folder, pending, options))];
}

/** Builds one generation; without a source that fails it is built again, so that one cannot keep the others back. */
async function importAll(folder: string, pending: readonly Pending[], options: UpdateOptions): Promise<UpdateOutcome[]> {
  const failed: UpdateOutcome[] = [];
  let left = pending;
  while (left.length > 0) {
    let current: string | undefined;
    const outcomes: UpdateOutcome[] = [];
    try {
      await buildGeneration(folder, options, async (writer) => {
        for (const each of left) {
          current = each.feed.source;
          options.onProgress?.({ source: current, step: 'importing' });
          outcomes.push(await importOne(each, writer, options));
        }
        current = undefined;
      });
      for (const each of left) await each.fetched.done?.();
      return [...failed, ...outcomes];
    } catch (error) {
      options.signal.throwIfAborted();
      const source = current ?? (error instanceof VulnerabilitiesError ? error.source : undefined);
      const culprit = left.find((each) => each.feed.source === source);
      if (culprit === undefined) throw error;
      failed.push(failure(culprit.feed, error));
      left = left.filter((each) => each !== culprit);
    }
  }
  return failed;
}

async function importOne({ feed, fetched }: Pending, writer: GenerationWriter, options: UpdateOptions): Promise<UpdateOutcome> {
  const { source } = feed;
  const info = { name: source, location: feed.location, ...feed.terms, etag: fetched.etag, lastModified: fetched.lastModified, cursor: fetched.cursor };
  if (fetched.isPartial !== true) writer.beginSource(info);
  else if (!writer.beginChanges(info)) throw new VulnerabilitiesError('database-contended', `${source} was removed while it was updated.`, 'Update again.');
  const report: FeedReport = { signal: options.signal, now: options.now, ...(options.onRefused === undefined ? {} : { onRefused: options.onRefused.bind(options) }) };
  const entries = await fetched.write(writer, report);
  return { source, changed: true, counts: writer.endSource(options.now, entries), entries, failure: undefined };
}

function failure({ source, location }: Feed, error: unknown): UpdateOutcome {
  const known = error instanceof VulnerabilitiesError;
  const message = `${source}: ${error instanceof Error ? error.message : 'it cannot be read.'}`;
  const named = new VulnerabilitiesError(known ? error.code : 'feed-malformed', message, known ? remedyAt(location, error.remedy) : 'Update again later; what the database has of it stays in use.', error, source);
  return { source, changed: false, counts: undefined, entries: undefined, failure: named };
}

/** What lies in a folder nobody fetches: who keeps the folder can bring it again. */
function remedyAt(location: string, remedy: string): string {
  return location.startsWith('file:') ? remedy.replace(/^Fetch it again\b/, 'Put a whole copy of it into the folder and update again') : remedy;
}

/** What a database of this version has; nothing where there is none. */
async function heldSources(folder: string): Promise<Map<string, StoredSource>> {
  using database = await databaseInUse(folder);
  return new Map(database?.sources().map((source) => [source.name, source]));
}

/** Undefined where there is none of this version. */
async function databaseInUse(folder: string): Promise<AdvisoryDatabase | undefined> {
  try {
    return await openAdvisoryDatabase(folder);
  } catch (error) {
    if (error instanceof VulnerabilitiesError && ['database-missing', 'database-outdated', 'database-damaged'].includes(error.code)) return undefined;
    throw error;
  }
}

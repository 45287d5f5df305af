import { readFile } from 'node:fs/promises';
import type { StoredSource } from '../../database/advisory-database.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import type { AdvisoryRecord } from '../advisory-record.js';
import type { Downloads } from '../downloads.js';
import { addressIn, keepRecords } from '../feed.js';
import type { Feed, FetchedFeed } from '../feed.js';
import { fetchSeveral } from '../fetch-several.js';
import { readTarZstd } from '../read-tar-zstd.js';
import { sourceTerms } from '../source-terms.js';
import { identifierOf, readDocumentList } from './read-document-list.js';
import type { ListedDocument } from './read-document-list.js';
import { readVexDocument } from './read-vex-document.js';

const maximumArchiveBytes = 8 * 1024 * 1024 * 1024;
const maximumListBytes = 64 * 1024 * 1024;
const maximumDocumentBytes = 128 * 1024 * 1024;
const archiveLimits = { fileBytes: maximumDocumentBytes, totalBytes: 256 * 1024 * 1024 * 1024 };
const atATime = 8;
/** Beyond so many changed documents the archive is fetched again, if it is newer. */
const mostChanges = 5_000;
const daysBetweenArchives = 30;

/** Documents fetched one by one: what each says, or why it cannot be used. */
type FetchedDocuments = ReadonlyMap<string, AdvisoryRecord | Error>;

/**
 * What Red Hat says of every vulnerability in Enterprise Linux: fixed, affected and whether a fix will come, not affected. The
 * archive at first and where a changed document is not there, else the documents that changed since. Of each document only what concerns Enterprise Linux is kept.
 */
export function redHatVexFeed(base: string, now: number): Feed {
  return {
    source: 'red-hat-vex',
    terms: sourceTerms('Red Hat'),
    location: base,
    async fetch(downloads, held) {
      const changesCsv = await downloads.text(addressIn(base, 'changes.csv'), maximumListBytes);
      const deletionsCsv = await downloads.text(addressIn(base, 'deletions.csv'), maximumListBytes);
      const cursor = held?.cursor === undefined ? undefined : Date.parse(held.cursor);
      if (held !== undefined && cursor !== undefined && now - Date.parse(held.completeAt) < daysBetweenArchives * 86_400_000) {
        const [changes, deletions] = [readDocumentList(changesCsv, cursor), readDocumentList(deletionsCsv, cursor)];
        if (changes.length + deletions.length === 0) return undefined;
        if (changes.length <= mostChanges) {
          const documents = await fetchDocuments(downloads, base, changes);
          if (missingDocument(documents, changes, deletions) === undefined) return changesOnly(held, documents, changes, deletions);
        }
      }
      return whole(downloads, base, changesCsv, deletionsCsv);
    },
  };
}

async function whole(downloads: Downloads, base: string, changesCsv: string, deletionsCsv: string): Promise<FetchedFeed> {
  const name = (await downloads.text(addressIn(base, 'archive_latest.txt'), 1_024)).trim();
  const [, day] = /^csaf_vex_(\d{4}-\d\d-\d\d)\.tar\.zst$/.exec(name) ?? [];
  if (day === undefined) throw new VulnerabilitiesError('feed-malformed', 'The feed names no archive.', 'Update again; the records in use stay.');
  // The archive was made at some time of its day.
  const since = Date.parse(`${day}T00:00:00Z`) - 1;
  const [changes, deletions] = [readDocumentList(changesCsv, since), readDocumentList(deletionsCsv, since)];
  const documents = await fetchDocuments(downloads, base, changes);
  const missing = missingDocument(documents, changes, deletions);
  if (missing !== undefined) throw new VulnerabilitiesError('download-failed', `${missing} is listed as changed and is not there.`, 'Update again; the records in use stay.');
  const archive = await downloads.file(addressIn(base, name), maximumArchiveBytes);
  if (archive === undefined) throw new VulnerabilitiesError('download-failed', `${name} was not fetched.`, 'Update again; the records in use stay.');
  return {
    cursor: newest([...changes, ...deletions], `${day}T00:00:00Z`),
    async write(writer, report) {
      const passedOver = new Set([...documents.keys(), ...deletions.map(({ path }) => identifierOf(path))]);
      keepDocuments(documents, writer, report);
      let count = 0;
      for await (const { name: file, content } of readTarZstd(archive.path, archiveLimits)) {
        if (!file.endsWith('.json')) continue;
        count += 1;
        if (!passedOver.has(identifierOf(file.split('/').slice(-2).join('/')))) keepRecords(writer, report, file, () => [withBody(readVexDocument(JSON.parse(content.toString('utf8'))))]);
      }
      if (count === 0) throw new VulnerabilitiesError('feed-malformed', 'The archive holds no document.', 'Update again; the records in use stay.');
      return 0;
    },
    done: () => downloads.discard(archive),
  };
}

function changesOnly(held: StoredSource, documents: FetchedDocuments, changes: readonly ListedDocument[], deletions: readonly ListedDocument[]): FetchedFeed {
  return {
    cursor: newest([...changes, ...deletions], held.cursor ?? ''),
    isPartial: true,
    write(writer, report) {
      for (const { path } of deletions) if (!documents.has(identifierOf(path))) writer.remove(identifierOf(path));
      keepDocuments(documents, writer, report);
      return 0;
    },
  };
}

/** Documents are read as they come: what is kept of one is a thousandth of it. */
async function fetchDocuments(downloads: Downloads, base: string, listed: readonly ListedDocument[]): Promise<FetchedDocuments> {
  const documents = new Map<string, AdvisoryRecord | Error>();
  await fetchSeveral(new Set(listed.map(({ path }) => path)), atATime, async (path) => {
    const file = await downloads.listedFile(addressIn(base, path), maximumDocumentBytes);
    if (file === undefined) return;
    const text = await readFile(file.path, 'utf8');
    await downloads.discard(file);
    try {
      documents.set(identifierOf(path), readVexDocument(JSON.parse(text)));
    } catch (error) {
      documents.set(identifierOf(path), error instanceof Error ? error : new TypeError('It cannot be read.'));
    }
  });
  return documents;
}

/** One that is listed as changed, and is neither there nor listed as deleted: the list and the documents are of different moments. */
function missingDocument(documents: FetchedDocuments, changes: readonly ListedDocument[], deletions: readonly ListedDocument[]): string | undefined {
  const known = new Set([...documents.keys(), ...deletions.map(({ path }) => identifierOf(path))]);
  return changes.map(({ path }) => identifierOf(path)).find((id) => !known.has(id));
}

function keepDocuments(documents: FetchedDocuments, ...[writer, report]: Parameters<FetchedFeed['write']>): void {
  for (const [id, document] of documents) {
    keepRecords(writer, report, id, () => {
      if (document instanceof Error) throw document;
      return [withBody(document)];
    });
  }
}

function withBody(record: AdvisoryRecord): { record: AdvisoryRecord; body: unknown } {
  return { record, body: record };
}

function newest(listed: readonly ListedDocument[], otherwise: string): string {
  return listed.reduce((latest, { at }) => (Date.parse(at) > Date.parse(latest) ? at : latest), otherwise);
}

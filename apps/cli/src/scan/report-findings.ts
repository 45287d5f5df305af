import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Catalogue } from '@esscm/sbom';
import { applyExceptions, applyVex, matchComponents, openAdvisoryDatabase, readExceptions, readSourceChecks } from '@esscm/vulnerabilities';
import type { ExceptionOutcome, Report, SourceCheck, StoredSource, VexDocument } from '@esscm/vulnerabilities';
import { withRemedies } from '../advisories/advisory-folder.js';
import { currentAt, isOld } from '../advisories/source-age.js';
import { version } from '../version.js';

/** What findings are held against. */
export interface FindingsOptions {
  /** Folder of the advisory database. */
  readonly advisories: string;
  readonly vex: readonly VexDocument[];
  /** Digests the image goes by besides its manifest's: of the index it is in. */
  readonly digests: readonly string[];
  /** File of exceptions. */
  readonly exceptions?: string;
  /** RFC 3339. */
  readonly now: string;
}

/** A report, and what the user should know of how it came about, one line each. */
export interface FindingsReport {
  readonly report: Report;
  readonly remarks: readonly string[];
}

/** Tells whether there is a database to hold packages against. @throws CommandError when there is none that can be read */
export async function checkAdvisories(folder: string): Promise<void> {
  (await withRemedies(() => openAdvisoryDatabase(folder))).close();
}

/**
 * Holds a catalogue against the advisory database, then VEX documents, then the user's own exceptions.
 * @throws CommandError when one of them cannot be read
 */
export async function reportFindings(catalogue: Catalogue, options: FindingsOptions): Promise<FindingsReport> {
  return withRemedies(async () => {
    const { image, distribution, components, relationships } = catalogue;
    const exceptions = options.exceptions === undefined ? [] : readExceptions(await readFile(options.exceptions, 'utf8'), path.basename(options.exceptions));
    using database = await openAdvisoryDatabase(options.advisories);
    const digests = [...new Set([image.digest, ...options.digests])];
    const subject = { image: { ...image, digests }, components, relationships, ...(distribution === undefined ? {} : { distribution }) };
    const judged = applyVex(matchComponents(catalogue, database), options.vex, subject);
    const { result, outcomes } = applyExceptions(judged.result, exceptions, subject, options.now);
    const sources = database.sources();
    return {
      report: { tool: { name: 'ESSCM', version }, image, components, relationships, result, sources, ...(distribution === undefined ? {} : { distribution }) },
      remarks: [
        ...oldSources(sources, await readSourceChecks(options.advisories), options.now),
        ...judged.documents.flatMap(({ document, decided }) => [`${document.location}: ${count(document.statements.length, 'statement')}, ${count(decided, 'finding')} decided`, ...document.problems.map((problem) => `${document.location}: left out: ${problem}`)]),
        ...outcomes.flatMap(remarkOn),
      ],
    };
  });
}

function oldSources(sources: readonly StoredSource[], checks: ReadonlyMap<string, SourceCheck>, now: string): string[] {
  const old = sources.map((source) => ({ name: source.name, current: currentAt(source, checks.get(source.name)) })).filter(({ current }) => isOld(current, Date.parse(now)));
  if (old.length === 0) return [];
  const oldest = old.map(({ current }) => current).toSorted()[0] ?? '';
  return [`The advisories of ${old.map((source) => source.name).join(', ')} are old; the oldest are of ${oldest.slice(0, 10)}. Update them with esscm advisories update.`];
}

function remarkOn({ exception, applied, expired, reopened }: ExceptionOutcome): string[] {
  const name = `The exception for ${exception.vulnerability}`;
  if (expired > 0) return [`${name} ran out on ${exception.expiresAt?.slice(0, 10) ?? ''}; ${count(expired, 'finding')} reported again.`];
  if (reopened > 0) return [`${name} held until there is a fix, and there is one; ${count(reopened, 'finding')} reported again.`];
  return applied === 0 ? [`${name} fits no finding of this image.`] : [];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

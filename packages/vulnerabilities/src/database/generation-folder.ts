import { constants } from 'node:fs';
import { copyFile, link, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { diskFailure, makeFolder } from '../disk-failure.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import { AdvisoryDatabase } from './advisory-database.js';
import { GenerationWriter } from './generation-writer.js';
import { checkKnownAnswers } from './known-answers.js';

/** How a new generation is made. */
export interface BuildOptions {
  /** Leave out everything the current generation holds. Default false. */
  readonly fresh?: boolean;
  /** Accept a source that comes back with less than nine tenths of its records. Default false. */
  readonly allowShrink?: boolean;
}

const form = /^advisories-(\d{8})\.sqlite$/;
const unfinishedForm = /^advisories-\d{8}\.sqlite\..+\.tmp$/;
/** What nobody wrote to for so long was left behind by a process that ended: none that imports pauses for as long. */
const unfinishedLifetimeMs = 3_600_000;
/** The current one, and one to go back to. */
const generationsKept = 2;
const leastShare = 0.9;

/** Paths of the generations in a folder, oldest first; none when the folder does not exist. */
export async function listGenerations(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => form.test(name)).toSorted().map((name) => path.join(folder, name));
}

/** Opens the current generation for reading. The caller closes it. @throws VulnerabilitiesError `database-missing`, `database-damaged`. */
export async function openAdvisoryDatabase(folder: string): Promise<AdvisoryDatabase> {
  const current = (await listGenerations(folder)).at(-1);
  if (current === undefined) {
    throw new VulnerabilitiesError('database-missing', `There is no advisory database in ${folder}.`, 'Make one with esscm advisories update or esscm advisories import.');
  }
  return AdvisoryDatabase.open(current);
}

/**
 * Lets `write` fill a new generation and puts it in place in one step: readers see the old one or the new one. When
 * anything fails the old one stays. A generation that is damaged or of another version is not built on but the one before it, where
 * that can be: what is in neither has to be brought again. Returns the path of the new generation.
 * @throws VulnerabilitiesError `database-shrunk`, `database-contended` (another import finished first), `database-damaged`, `disk-full`,
 * `folder-unwritable`.
 */
export async function buildGeneration(folder: string, options: BuildOptions, write: (writer: GenerationWriter) => Promise<void>): Promise<string> {
  return placeGeneration(folder, options, async (temporary, readable) => {
    const buildOn = options.fresh === true ? undefined : readable;
    if (buildOn !== undefined) await copyFile(buildOn, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const writer = new GenerationWriter(temporary, { buildOn: buildOn !== undefined });
    try {
      await write(writer);
      writer.finish();
    } catch (error) {
      writer.abandon();
      throw error;
    }
  });
}

/**
 * Checks a generation that `make` puts at a temporary path, and puts it in place. `current` is the one in use, where it can
 * be read.
 */
export async function placeGeneration(folder: string, options: BuildOptions, make: (temporary: string, current: string | undefined) => Promise<void>): Promise<string> {
  await makeFolder(folder);
  await removeUnfinished(folder);
  const current = (await listGenerations(folder)).at(-1);
  const number = current === undefined ? 1 : Number(form.exec(path.basename(current))?.[1]) + 1;
  const target = path.join(folder, `advisories-${String(number).padStart(8, '0')}.sqlite`);
  const temporary = `${target}.${process.pid}-${Date.now().toString(36)}.tmp`;
  const readable = (await listGenerations(folder)).findLast(isUsable);
  try {
    await make(temporary, readable);
    check(temporary);
    if (readable !== undefined && options.allowShrink !== true) refuseShrinking(readable, temporary);
    await putInPlace(temporary, target);
  } catch (error) {
    throw diskFailure(error, folder);
  } finally {
    await rm(temporary, { force: true });
  }
  for (const old of (await listGenerations(folder)).slice(0, -generationsKept)) await rm(old, { force: true });
  return target;
}

/** Each is as large as a generation. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((each) => unfinishedForm.test(each))) {
    const file = path.join(folder, name);
    // Another import may have ended meanwhile.
    const found = await stat(file).catch(() => undefined);
    // A clock that was set back leaves files from the future.
    if (found !== undefined && Math.abs(found.mtimeMs - Date.now()) > unfinishedLifetimeMs) await rm(file, { force: true });
  }
}

/** Goes back to the generation before; returns its path, or undefined when there is none to go back to. */
export async function rollBackGeneration(folder: string): Promise<string | undefined> {
  const generations = await listGenerations(folder);
  const current = generations.at(-1);
  const previous = generations.at(-2);
  if (current === undefined || previous === undefined) return undefined;
  await rm(current);
  return previous;
}

/** False for a file that is damaged, or that an earlier or later version of the product wrote. */
function isUsable(file: string): boolean {
  try {
    AdvisoryDatabase.open(file).close();
    return true;
  } catch (error) {
    if (error instanceof VulnerabilitiesError) return false;
    throw error;
  }
}

/** @throws VulnerabilitiesError `database-damaged` when the file is no sound database, or gives wrong answers. */
function check(file: string): void {
  using database = AdvisoryDatabase.open(file);
  database.checkStructure();
  checkKnownAnswers(database);
}

function refuseShrinking(current: string, next: string): void {
  using before = AdvisoryDatabase.open(current);
  using after = AdvisoryDatabase.open(next);
  const counts = new Map(after.sources().map((source) => [source.name, source.records]));
  for (const source of before.sources()) {
    const now = counts.get(source.name) ?? 0;
    if (now < source.records * leastShare) {
      throw new VulnerabilitiesError(
        'database-shrunk',
        `${source.name} came with ${now} records; the database in use has ${source.records}.`,
        'If that is right, import again and allow it (--allow-shrink); until then the database in use stays.',
        undefined,
        source.name,
      );
    }
  }
}

/** A link fails when the name is taken, so that two imports at once cannot hide one another's work. */
async function putInPlace(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new VulnerabilitiesError('database-contended', 'Another import finished first.', 'Import again; it builds on the newer database.', error);
    }
    throw error;
  }
  const folder = await open(path.dirname(target), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

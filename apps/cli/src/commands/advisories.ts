import { stat } from 'node:fs/promises';
import { enrichmentSources, exportBundle, importBundle, importPaths, isBundle, mirroredFeeds, openAdvisoryDatabase, publicFeeds, readSourceChecks, rollBackGeneration, updateAdvisories, updateFromBundle } from '@esscm/vulnerabilities';
import type { BundleHeader, FeedAddresses, RefusedRecord, UpdateOutcome } from '@esscm/vulnerabilities';
import { Command, InvalidArgumentError } from 'commander';
import { advisoryFolder, withRemedies } from '../advisories/advisory-folder.js';
import { writeExplanation } from '../advisories/write-explanation.js';
import { writeStatus } from '../advisories/write-status.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { interruption } from '../interruption.js';

interface BuildFlags {
  readonly database?: string;
  readonly fresh: boolean;
  readonly allowShrink: boolean;
}

/** Refused records named on the terminal; the rest are counted. */
const refusedShown = 20;

/** `esscm advisories`: the database of known vulnerabilities that scans are held against. */
export function advisoriesCommand(): Command {
  return new Command('advisories')
    .description('Keep the database of known vulnerabilities.')
    .addCommand(importCommand())
    .addCommand(updateCommand())
    .addCommand(statusCommand())
    .addCommand(explainCommand())
    .addCommand(exportCommand())
    .addCommand(rollBackCommand());
}

function importCommand(): Command {
  return withBuildFlags(new Command('import').description('Import a bundle of esscm advisories export, or OSV bundles (all.zip), folders of OSV records, the CISA catalogue or EPSS scores from local files.').argument('<path...>', 'files or folders; the name of each is the name of its source. A bundle may also be an address, which is fetched when it changed')).action(
    async (paths: string[], flags: BuildFlags) => {
      const [first = ''] = paths;
      const isAddress = /^(?:https?|file):/.test(first);
      if (isAddress || (await isBundleFile(first))) {
        if (paths.length > 1) throw new CommandError('A bundle is imported alone: it takes the place of the whole database.', { exitCode: exitCodes.usage });
        const folder = advisoryFolder(flags.database);
        const options = { ...flags, signal: interruption() };
        const header = await withRemedies(async () => (isAddress ? updateFromBundle(folder, first, options) : importBundle(folder, first, options)));
        console.error(header === undefined ? 'not changed' : describeBundle(header));
        return;
      }
      const refused = reportRefused();
      const imported = await withRemedies(() => importPaths(advisoryFolder(flags.database), paths, { ...flags, now: new Date().toISOString(), signal: interruption(), onRefused: refused.add }));
      for (const each of imported) console.error(`${each.source}: ${each.counts === undefined ? `${each.entries ?? 0} entries` : `${each.counts.records} records, ${each.counts.ranges} ranges`}`);
      refused.end();
    },
  );
}

function updateCommand(): Command {
  return withBuildFlags(new Command('update').description('Fetch advisories and bring the database up to date.').argument('[source...]', 'ecosystems as OSV writes them (Debian, Alpine:v3.19, npm), or sources as status shows them; default those the database holds'))
    .option('--from <address>', `base address of the OSV bundles, the same as --address osv=<address>; default ${publicFeeds.osv}`)
    .option('--mirror <address>', 'base address of a mirror of every feed, or a folder (file:///…)', readMirror)
    .option('--address <feed=address>', `another address for a feed, such as a mirror or a folder (file:///…); may be repeated. Feeds: ${Object.keys(publicFeeds).join(', ')}`, readAddress, {})
    .option('--no-enrichment', 'leave out exploited vulnerabilities, EPSS scores and ends of support')
    .action(async (sources: string[], flags: BuildFlags & { from?: string; mirror?: string; address: Partial<FeedAddresses>; enrichment: boolean }) => {
      const folder = advisoryFolder(flags.database);
      const wanted = sources.length > 0 ? sources : (await heldSources(folder)).filter((source) => !enrichmentSources.includes(source));
      if (wanted.length === 0) throw new CommandError('Name the ecosystems to fetch, such as Debian, Alpine:v3.19, npm, PyPI.', { exitCode: exitCodes.usage });
      const refused = reportRefused();
      const outcomes = await withRemedies(() =>
        updateAdvisories(folder, {
          ...flags,
          sources: flags.enrichment ? [...wanted, ...enrichmentSources] : wanted,
          feeds: { ...(flags.mirror === undefined ? {} : mirroredFeeds(flags.mirror)), ...(flags.from === undefined ? {} : { osv: flags.from }), ...flags.address },
          now: new Date().toISOString(),
          signal: interruption(),
          onRefused: refused.add,
        }),
      );
      for (const each of outcomes) console.error(describeOutcome(each));
      refused.end();
      const failed = outcomes.filter((each) => each.failure !== undefined).length;
      if (failed > 0) process.exitCode = failed === outcomes.length ? exitCodes.failure : exitCodes.partial;
    });
}

function readMirror(given: string): string {
  if (!isFeedAddress(given)) throw new InvalidArgumentError('It begins with https:, http: or file:.');
  return given;
}

function isFeedAddress(text: string): boolean {
  return URL.canParse(text) && /^(?:https?|file):$/.test(new URL(text).protocol);
}

/** One feed given another address. */
function readAddress(given: string, sofar: Partial<FeedAddresses>): Partial<FeedAddresses> {
  const [, feed = '', address = ''] = /^(\w+)=(.+)$/.exec(given) ?? [];
  if (!Object.hasOwn(publicFeeds, feed) || !isFeedAddress(address)) {
    throw new InvalidArgumentError(`It is written feed=address, with a feed of ${Object.keys(publicFeeds).join(', ')}, and an address that begins with https:, http: or file:.`);
  }
  return { ...sofar, [feed]: address };
}

function describeOutcome({ source, changed, counts, entries, failure }: UpdateOutcome): string {
  if (failure !== undefined) return `${failure.message} ${failure.remedy}`;
  return `${source}: ${changed ? `${(counts?.records ?? 0) + (entries ?? 0)} records` : 'not changed'}`;
}

function statusCommand(): Command {
  return new Command('status')
    .description('Show what the database holds, how old it is and under which terms.')
    .option('--database <folder>', 'folder of the database; default advisories in ESSCM_DATA_DIR')
    .action(async (flags: { database?: string }) => {
      const folder = advisoryFolder(flags.database);
      using database = await withRemedies(() => openAdvisoryDatabase(folder));
      process.stdout.write(writeStatus(database, await readSourceChecks(folder), Date.now()));
    });
}

function explainCommand(): Command {
  return new Command('explain')
    .description('Show every record that names a vulnerability.')
    .argument('<id>', 'such as CVE-2021-44228 or GHSA-jfh8-c2jp-5v3q')
    .option('--database <folder>', 'folder of the database; default advisories in ESSCM_DATA_DIR')
    .action(async (id: string, flags: { database?: string }) => {
      using database = await withRemedies(() => openAdvisoryDatabase(advisoryFolder(flags.database)));
      const explanation = writeExplanation(database, id);
      if (explanation === undefined) throw new CommandError(`No record names ${id}.`, { remedy: 'See which sources there are with esscm advisories status.' });
      process.stdout.write(explanation);
    });
}

function exportCommand(): Command {
  return new Command('export')
    .description('Write the database as one file for machines without a network, which take it with esscm advisories import.')
    .argument('<file>', 'such as advisories.bundle')
    .option('--database <folder>', 'folder of the database; default advisories in ESSCM_DATA_DIR')
    .action(async (file: string, flags: { database?: string }) => {
      const exported = await withRemedies(() => exportBundle(advisoryFolder(flags.database), file, { now: new Date().toISOString(), signal: interruption() }));
      console.error(describeBundle(exported.header));
      if (exported.header.leftOut.length > 0) console.error(`left out, because their terms forbid handing them on: ${exported.header.leftOut.join(', ')}`);
      process.stdout.write(`${exported.sha256}  ${file}\n`);
    });
}

function rollBackCommand(): Command {
  return new Command('rollback')
    .description('Go back to the database before the last import or update.')
    .option('--database <folder>', 'folder of the database; default advisories in ESSCM_DATA_DIR')
    .action(async (flags: { database?: string }) => {
      const folder = advisoryFolder(flags.database);
      const file = await withRemedies(() => rollBackGeneration(folder));
      if (file === undefined) throw new CommandError(`There is no earlier database in ${folder}.`, { remedy: 'Import or update again instead.' });
      console.error(`${file} is in use again.`);
    });
}

async function isBundleFile(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true && isBundle(file);
}

function describeBundle({ createdAt, sources, bytes }: BundleHeader): string {
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  return `${sources.length} sources, ${records} records, ${Math.round(bytes / 1_000_000)} MB, written ${createdAt}`;
}

function withBuildFlags(command: Command): Command {
  return command
    .option('--database <folder>', 'folder of the database; default advisories in ESSCM_DATA_DIR')
    .option('--fresh', 'leave out what the database holds so far', false)
    .option('--allow-shrink', 'accept a source with less than nine tenths of its earlier records', false);
}

/** What was fetched before; what was imported from files is not fetched. */
async function heldSources(folder: string): Promise<string[]> {
  using database = await withRemedies(() => openAdvisoryDatabase(folder));
  return database.sources().flatMap((source) => (/^(?:https?|file):/.test(source.location) ? [source.name] : []));
}

function reportRefused(): { add(this: void, refused: RefusedRecord): void; end(this: void): void } {
  let count = 0;
  return {
    add: (refused) => {
      count += 1;
      if (count <= refusedShown) console.error(`left out ${refused.name}: ${refused.reason}`);
    },
    end: () => {
      if (count > refusedShown) console.error(`… and ${count - refusedShown} more records were left out`);
      if (count > 0) process.exitCode = exitCodes.partial;
    },
  };
}

import { importPaths, openAdvisoryDatabase, publicFeeds, updateAdvisories } from '@esscm/vulnerabilities';
import type { RefusedRecord } from '@esscm/vulnerabilities';
import { Command } from 'commander';
import { advisoryFolder, withRemedies } from '../advisories/advisory-folder.js';
import { writeExplanation } from '../advisories/write-explanation.js';
import { writeStatus } from '../advisories/write-status.js';
import { CommandError, exitCodes } from '../exit-codes.js';

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
    .addCommand(explainCommand());
}

function importCommand(): Command {
  return withBuildFlags(new Command('import').description('Import OSV bundles (all.zip), folders of OSV records, the CISA catalogue or EPSS scores from local files.').argument('<path...>', 'files or folders; the name of each is the name of its source')).action(
    async (paths: string[], flags: BuildFlags) => {
      const refused = reportRefused();
      const imported = await withRemedies(() => importPaths(advisoryFolder(flags.database), paths, { ...flags, now: new Date().toISOString(), signal: interruption(), onRefused: refused.add }));
      for (const each of imported) console.error(`${each.source}: ${each.counts === undefined ? `${each.entries ?? 0} entries` : `${each.counts.records} records, ${each.counts.ranges} ranges`}`);
      refused.end();
    },
  );
}

function updateCommand(): Command {
  return withBuildFlags(new Command('update').description('Fetch bundles from OSV.dev, the CISA catalogue and EPSS scores.').argument('[ecosystem...]', 'as OSV writes them: Debian, npm, PyPI; default those the database holds'))
    .option('--from <address>', 'base address of the OSV bundles; default https://storage.googleapis.com/osv-vulnerabilities/')
    .option('--no-enrichment', 'leave out the CISA catalogue and EPSS scores')
    .action(async (ecosystems: string[], flags: BuildFlags & { from?: string; enrichment: boolean }) => {
      const folder = advisoryFolder(flags.database);
      const wanted = ecosystems.length > 0 ? ecosystems : await heldEcosystems(folder);
      if (wanted.length === 0) throw new CommandError('Name the ecosystems to fetch, such as Debian, Alpine, npm, PyPI.', { exitCode: exitCodes.usage });
      const refused = reportRefused();
      const outcomes = await withRemedies(() =>
        updateAdvisories(folder, { ...flags, ecosystems: wanted, now: new Date().toISOString(), signal: interruption(), onRefused: refused.add, ...(flags.from === undefined ? {} : { feeds: { ...publicFeeds, osv: flags.from } }) }),
      );
      for (const each of outcomes) console.error(`${each.source}: ${each.changed ? `${each.counts?.records ?? each.entries ?? 0} records` : 'not changed'}`);
      refused.end();
    });
}

function statusCommand(): Command {
  return new Command('status')
    .description('Show what the database holds, how old it is and under which terms.')
    .option('--database <folder>', 'folder of the database; default advisories in ESSCM_DATA_DIR')
    .action(async (flags: { database?: string }) => {
      using database = await withRemedies(() => openAdvisoryDatabase(advisoryFolder(flags.database)));
      process.stdout.write(writeStatus(database, Date.now()));
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

function withBuildFlags(command: Command): Command {
  return command
    .option('--database <folder>', 'folder of the database; default advisories in ESSCM_DATA_DIR')
    .option('--fresh', 'leave out what the database holds so far', false)
    .option('--allow-shrink', 'accept a source with less than nine tenths of its earlier records', false);
}

async function heldEcosystems(folder: string): Promise<string[]> {
  using database = await withRemedies(() => openAdvisoryDatabase(folder));
  return database.sources().flatMap((source) => (source.name.startsWith('osv:') ? [source.name.slice('osv:'.length)] : []));
}

function interruption(): AbortSignal {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new CommandError('Interrupted.', { exitCode: exitCodes.interrupted })));
  return interrupted.signal;
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

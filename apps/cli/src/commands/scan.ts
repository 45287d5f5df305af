import { writeFile } from 'node:fs/promises';
import { parsePlatform } from '@esscm/oci-client';
import { createScanEngine } from '@esscm/scan-engine';
import { documentFormats } from '@esscm/sbom';
import type { Catalogue } from '@esscm/sbom';
import type { MatchResult } from '@esscm/vulnerabilities';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandError, exitCodes } from '../exit-codes.js';
import { createFolderFactStore, forgetfulFactStore } from '../scan/folder-fact-store.js';
import { openSource } from '../scan/open-source.js';
import { createProgressLine } from '../scan/progress-line.js';
import { matchFindings, reachesSeverity } from '../scan/match-findings.js';
import { readPassword } from '../scan/read-password.js';
import { writeFindingsTable } from '../scan/write-findings-table.js';
import { writeTable } from '../scan/write-table.js';

type Writer = (catalogue: Catalogue, findings: MatchResult | undefined) => string;

/** Shorter names of formats, for the version most readers know. */
const aliases: Readonly<Record<string, readonly string[]>> = { 'cyclonedx-1.6-json': ['cyclonedx-json'], 'spdx-2.3-json': ['spdx-json'] };

/** Formats of the SBOM, and those of the findings, which need an advisory database. */
const writers: Readonly<Record<string, Writer>> = {
  table: (catalogue, findings) => [writeTable(catalogue), ...(findings === undefined ? [] : [writeFindingsTable(findings)])].join('\n'),
  ...Object.fromEntries(
    documentFormats.flatMap(({ id, write }) => {
      const writer: Writer = (catalogue) => [...write(catalogue)].join('');
      return [id, ...(aliases[id] ?? [])].map((name) => [name, writer]);
    }),
  ),
  findings: (_catalogue, findings) => (findings === undefined ? '' : writeFindingsTable(findings)),
  'findings-json': (_catalogue, findings) => `${JSON.stringify(findings, undefined, 2)}\n`,
};

const severities = ['critical', 'high', 'medium', 'low'] as const;

/** Below this many compressed bytes starting threads costs more than it saves. */
const inlineBelowBytes = 20_000_000;

interface ScanOptions {
  readonly platform?: string;
  readonly format: string;
  readonly output?: string;
  readonly username?: string;
  readonly passwordStdin: boolean;
  readonly plainHttp: boolean;
  readonly cache?: string;
  readonly advisories?: string;
  readonly failOn?: (typeof severities)[number];
}

/** `esscm scan SOURCE`: one image, one document, nothing kept unless asked for. */
export function scanCommand(): Command {
  return new Command('scan')
    .description('Write the SBOM of one image.')
    .argument('<source>', 'registry reference (public.ecr.aws/nginx/nginx:latest), oci:FOLDER[:tag] or docker-archive:FILE')
    .option('--platform <platform>', 'os/architecture[/variant]; default linux/amd64, or the only one there is', checkedPlatform)
    .addOption(new Option('--format <format>', 'document to write').choices(Object.keys(writers)).default('table'))
    .option('--output <file>', 'write the document to a file instead of standard output')
    .option('--username <name>', 'user name for the registry')
    .option('--password-stdin', 'read the password from standard input', false)
    .option('--plain-http', 'speak HTTP to a registry on this machine', false)
    .option('--cache <folder>', 'keep facts of layers in a folder, so that the next scan reads only new layers')
    .option('--advisories <folder>', 'hold the packages against the advisory database in this folder (see esscm advisories)')
    .addOption(new Option('--fail-on <severity>', 'end with status 4 when a finding is this severe or worse').choices(severities))
    .addHelpText(
      'after',
      `
Exit status:
  0  the document is complete
  1  the image could not be read
  2  the command line is wrong
  3  the document was written, and parts of the image could not be read
  4  the document was written, and a finding is as severe as --fail-on says or worse
`,
    )
    .action(scan);
}

async function scan(source: string, options: ScanOptions): Promise<void> {
  const password = options.passwordStdin ? await readPassword(process.stdin) : undefined;
  if (password !== undefined && options.username === undefined) {
    throw new CommandError('--password-stdin needs --username.', { exitCode: exitCodes.usage });
  }
  if (options.advisories === undefined && (options.failOn !== undefined || options.format.startsWith('findings'))) {
    throw new CommandError('Findings need --advisories FOLDER.', {
      exitCode: exitCodes.usage,
      remedy: 'Make the database with esscm advisories update Debian npm PyPI, or esscm advisories import PATH.',
    });
  }
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new CommandError('Interrupted.', { exitCode: exitCodes.interrupted })));
  const opened = openSource(source, {
    plainHttp: options.plainHttp,
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(password === undefined ? {} : { password }),
  });
  const progress = createProgressLine(process.stderr);
  await using image = opened.source;
  await using engine = createScanEngine({
    facts: options.cache === undefined ? forgetfulFactStore : createFolderFactStore(options.cache),
    inlineBelowBytes,
  });
  try {
    const outcome = await engine.scan({
      source: image,
      image: opened.image,
      signal: interrupted.signal,
      onProgress: (event) => progress.show(event),
      ...(options.platform === undefined ? {} : { platform: parsePlatform(options.platform) }),
    });
    if (outcome.kind === 'known') throw new Error('A scan without earlier results cannot find its image known.');
    progress.end();
    const findings = options.advisories === undefined ? undefined : await matchFindings(outcome.catalogue, options.advisories);
    await write(writers[options.format]?.(outcome.catalogue, findings) ?? '', options.output);
    if (findings !== undefined && options.failOn !== undefined && reachesSeverity(findings, options.failOn)) {
      process.exitCode = exitCodes.gate;
    } else if (outcome.catalogue.diagnostics.some((diagnostic) => diagnostic.severity === 'incomplete')) {
      process.exitCode = exitCodes.partial;
    }
  } catch (error) {
    progress.end();
    interrupted.signal.throwIfAborted();
    throw error;
  }
}

async function write(document: string, file: string | undefined): Promise<void> {
  if (file !== undefined) {
    await writeFile(file, document);
    return;
  }
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(document, (error) => (error ? reject(error) : resolve()));
  });
}

function checkedPlatform(text: string): string {
  try {
    parsePlatform(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : 'Write os/architecture or os/architecture/variant.');
  }
}

import { writeFile } from 'node:fs/promises';
import { parsePlatform } from '@esscm/oci-client';
import { createScanEngine } from '@esscm/scan-engine';
import { documentFormats } from '@esscm/sbom';
import type { Catalogue } from '@esscm/sbom';
import { heldByGate, vexOfReport, writeVex } from '@esscm/vulnerabilities';
import type { Report } from '@esscm/vulnerabilities';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandError, exitCodes } from '../exit-codes.js';
import { attachedFiles } from '../scan/attached-files.js';
import { checkFindingsFlags, gateOf, withFindingsFlags } from '../scan/findings-flags.js';
import type { FindingsFlags } from '../scan/findings-flags.js';
import { findingsFormats } from '../scan/findings-formats.js';
import { createFolderFactStore, forgetfulFactStore } from '../scan/folder-fact-store.js';
import { openSource } from '../scan/open-source.js';
import type { OpenedSource } from '../scan/open-source.js';
import { createProgressLine } from '../scan/progress-line.js';
import { readPassword } from '../scan/read-password.js';
import { readVexDocuments, vexAmong } from '../scan/read-vex-documents.js';
import { reportFindings } from '../scan/report-findings.js';
import { version } from '../version.js';
import { writeFindingsTable } from '../scan/write-findings-table.js';
import { writeTable } from '../scan/write-table.js';

type Writer = (catalogue: Catalogue, report: Report | undefined) => string;

/** Shorter names of formats, for the version most readers know. */
const aliases: Readonly<Record<string, readonly string[]>> = { 'cyclonedx-1.6-json': ['cyclonedx-json'], 'spdx-2.3-json': ['spdx-json'] };

/** Formats of the SBOM, and those of the findings, which need an advisory database. */
const writers: Readonly<Record<string, Writer>> = {
  table: (catalogue, report) => [writeTable(catalogue), ...(report === undefined ? [] : [writeFindingsTable(report.result)])].join('\n'),
  ...Object.fromEntries(
    documentFormats.flatMap(({ id, write }) => {
      const writer: Writer = (catalogue) => [...write(catalogue)].join('');
      return [id, ...(aliases[id] ?? [])].map((name) => [name, writer]);
    }),
  ),
  ...Object.fromEntries(Object.entries(findingsFormats).map(([name, write]): [string, Writer] => [name, (_catalogue, report) => (report === undefined ? '' : write(report))])),
};

/** Below this many compressed bytes starting threads costs more than it saves. */
const inlineBelowBytes = 20_000_000;

interface ScanOptions extends FindingsFlags {
  readonly platform?: string;
  readonly output?: string;
  readonly username?: string;
  readonly passwordStdin: boolean;
  readonly plainHttp: boolean;
  readonly cache?: string;
}

/** `esscm scan SOURCE`: one image, one document, nothing kept unless asked for. */
export function scanCommand(): Command {
  const command = new Command('scan')
    .description('Write the SBOM of one image.')
    .argument('<source>', 'registry reference (public.ecr.aws/nginx/nginx:latest), oci:FOLDER[:tag] or docker-archive:FILE')
    .option('--platform <platform>', 'os/architecture[/variant]; default linux/amd64, or the only one there is', checkedPlatform)
    .addOption(new Option('--format <format>', 'document to write').choices(Object.keys(writers)).default('table'))
    .option('--output <file>', 'write the document to a file instead of standard output')
    .option('--username <name>', 'user name for the registry')
    .option('--password-stdin', 'read the password from standard input', false)
    .option('--plain-http', 'speak HTTP to a registry on this machine', false)
    .option('--cache <folder>', 'keep facts of layers in a folder, so that the next scan reads only new layers');
  return withFindingsFlags(command)
    .addHelpText(
      'after',
      `
Exit status:
  0  the document is complete
  1  the image could not be read
  2  the command line is wrong
  3  the document was written, and parts of the image could not be read
  4  the document was written, and a finding meets every condition of --fail-on, --only-fixed and --kev that was given
`,
    )
    .action(scan);
}

async function scan(source: string, options: ScanOptions): Promise<void> {
  const password = options.passwordStdin ? await readPassword(process.stdin) : undefined;
  if (password !== undefined && options.username === undefined) {
    throw new CommandError('--password-stdin needs --username.', { exitCode: exitCodes.usage });
  }
  checkFindingsFlags(options);
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
    const report = await findingsOf(outcome.catalogue, opened, options, interrupted.signal);
    await write(writers[options.format]?.(outcome.catalogue, report) ?? '', options.output);
    if (report !== undefined) await writeFurther(report, options);
    const gate = gateOf(options);
    if (report !== undefined && gate !== undefined && heldByGate(report.result, gate).length > 0) {
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

/** Undefined when no findings were asked for. What the user should know of them is said on standard error. */
async function findingsOf(catalogue: Catalogue, opened: OpenedSource, options: ScanOptions, signal: AbortSignal): Promise<Report | undefined> {
  if (options.advisories === undefined) return undefined;
  const { registry, image } = opened;
  const digests = [catalogue.image.digest];
  if (registry !== undefined && image.tag !== undefined && (options.vexAttached || options.vex.length > 0)) {
    // Documents speak of the digest a tag leads to, which is an index for most images of several platforms.
    const described = await registry.client.describeManifest(registry.repository, image.tag, signal);
    if (described !== undefined) digests.push(described.digest);
  }
  const attached = options.vexAttached && registry !== undefined ? vexAmong(await attachedFiles(registry.client, registry.repository, [...new Set(digests)], signal)) : [];
  const vex = [...(await readVexDocuments(options.vex, signal)), ...attached];
  const { report, remarks } = await reportFindings(catalogue, { advisories: options.advisories, vex, digests, now: new Date().toISOString(), ...(options.exceptions === undefined ? {} : { exceptions: options.exceptions }) });
  for (const remark of remarks) console.error(remark);
  return report;
}

async function writeFurther(report: Report, options: ScanOptions): Promise<void> {
  for (const { format, file } of options.report) await writeFile(file, findingsFormats[format]?.(report) ?? '');
  if (options.writeVex === undefined || options.vexAuthor === undefined) return;
  const now = new Date().toISOString();
  const title = `Vulnerabilities of ${report.image.name}${report.image.tag === undefined ? '' : `:${report.image.tag}`}`;
  const author = { name: options.vexAuthor, namespace: options.vexNamespace };
  await writeFile(options.writeVex, writeVex({ author, timestamp: now, tool: { name: 'ESSCM', version }, title, statements: vexOfReport(report, now) }, options.vexFormat));
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

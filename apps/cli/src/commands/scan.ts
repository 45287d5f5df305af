import { writeFile } from 'node:fs/promises';
import { parsePlatform } from '@esscm/oci-client/local';
import type { ScanScope } from '@esscm/scan-engine';
import type { Catalogue } from '@esscm/sbom';
import type { Report } from '@esscm/vulnerabilities';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseAuthor } from '../documents/parse-author.js';
import { documentChunks, documentFormatNames, outputsOf, withOutputFlags, writeOutput } from '../documents/outputs.js';
import type { OutputRequest } from '../documents/outputs.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { interruption } from '../interruption.js';
import { attachedFiles } from '../scan/attached-files.js';
import { catalogueSources } from '../scan/catalogue-sources.js';
import { checkFindingsFlags, gateOf, withFindingsFlags } from '../scan/findings-flags.js';
import type { FindingsFlags } from '../scan/findings-flags.js';
import { findingsFormatNames } from '../scan/findings-format-names.js';
import type * as Findings from '../scan/findings.js';
import type { OpenedSource } from '../scan/opened-source.js';
import { readPassword } from '../scan/read-password.js';
import { version } from '../version.js';
import { writeExplanation } from '../scan/write-explanation.js';
import { writeTable } from '../scan/write-table.js';

/** Every document a scan can write: the SBOM, and findings, which need an advisory database. */
const formats = { 'Of packages': ['table', ...documentFormatNames], 'Of findings, with --advisories': findingsFormatNames } as const;
const formatNames: readonly string[] = Object.values(formats).flat();

interface ScanOptions extends Omit<FindingsFlags, 'outputs'> {
  readonly format: readonly string[];
  readonly output: readonly string[];
  readonly platform?: string;
  readonly scope: ScanScope;
  readonly cataloguers?: readonly string[];
  readonly explain?: string;
  readonly author?: { readonly name: string; readonly email?: string };
  readonly username?: string;
  readonly passwordStdin: boolean;
  readonly plainHttp: boolean;
  readonly cache?: string;
  readonly threads?: number;
}

/** Findings of an image, and what writes of them. */
interface ReportedFindings {
  readonly report: Report;
  readonly findings: typeof Findings;
}

/** `esscm scan SOURCE`: the documents of one image, or of each image of an index; nothing kept unless asked for. */
export function scanCommand(): Command {
  const command = new Command('scan')
    .description('Write the SBOM of an image, or match a document against advisories.')
    .argument('<source>', 'registry reference (public.ecr.aws/nginx/nginx:latest), oci:FOLDER[:tag], docker-archive:FILE or sbom:FILE')
    .option('--platform <platform>', 'os/architecture[/variant], or all; default linux/amd64, or the only one there is', checkedPlatform);
  withOutputFlags(command, formats, 'table')
    .addOption(new Option('--scope <scope>', 'all-layers: also what lower layers brought and higher ones removed').choices(['squashed', 'all-layers']).default('squashed'))
    .option('--cataloguers <names>', 'only components found by these readers, separated by commas', (names: string) => names.split(',').map((name) => name.trim()))
    .option('--explain <purl>', 'instead of a document, say why a component is there: package URL, id or name')
    .option('--author <name>', 'who answers for the document: NAME or "NAME <address>"', parseAuthor)
    .option('--username <name>', 'user name for the registry')
    .option('--password-stdin', 'read the password from standard input', false)
    .option('--plain-http', 'speak HTTP to a registry on this machine', false)
    .option('--cache <folder>', 'keep facts of layers in a folder, so that the next scan reads only new layers')
    .option('--threads <number>', 'threads that read layers, 0 to 16, 0 for none beside the main one; by default as the image and the machine suggest', checkedThreads);
  return withFindingsFlags(command)
    .addHelpText(
      'after',
      `
With --platform all every file name holds {platform}, which becomes linux-amd64 and so on.

Exit status:
  0  the documents are complete
  1  the image or the document could not be read
  2  the command line is wrong
  3  the documents were written, and parts of the image could not be read
  4  the documents were written, and a finding meets every condition of --fail-on, --only-fixed and --kev that was given
`,
    )
    .action(scan);
}

async function scan(source: string, options: ScanOptions): Promise<void> {
  const outputs = outputsOf(options.format, options.output, formatNames, 'table');
  checkFindingsFlags({ ...options, outputs });
  const everyPlatform = options.platform === 'all';
  if (everyPlatform) checkPlatformNames(outputs, options);
  const password = options.passwordStdin ? await readPassword(process.stdin) : undefined;
  if (password !== undefined && options.username === undefined) {
    throw new CommandError('--password-stdin needs --username.', { exitCode: exitCodes.usage });
  }
  // Before anything is pulled.
  if (options.advisories !== undefined) await (await import('../scan/findings.js')).checkAdvisories(options.advisories);
  const signal = interruption();
  const worst: number[] = [];
  for await (const { catalogue, opened } of catalogueSources(source, { ...options, cataloguers: options.cataloguers ?? [], ...(password === undefined ? {} : { password }) }, signal)) {
    const platform = [catalogue.image.platform.os, catalogue.image.platform.architecture, catalogue.image.platform.variant].filter((part) => part !== undefined).join('-');
    const named = (file: string): string => (everyPlatform ? file.replaceAll('{platform}', platform) : file);
    if (options.explain !== undefined) {
      await writeOutput([writeExplanation(catalogue, options.explain)], undefined);
      continue;
    }
    const reported = await findingsOf(catalogue, opened, options, signal);
    if (everyPlatform) console.error(`${platform}: ${catalogue.components.length} components`);
    for (const { format, file } of outputs) await writeOutput(chunksOf(format, catalogue, reported, options), file === undefined ? undefined : named(file));
    if (reported !== undefined) await writeVexOf(reported, options, named);
    worst.push(statusOf(catalogue, reported, options));
  }
  process.exitCode = [exitCodes.gate, exitCodes.unjudged, exitCodes.partial].find((status) => worst.includes(status)) ?? exitCodes.success;
}

function chunksOf(format: string, catalogue: Catalogue, reported: ReportedFindings | undefined, { author }: ScanOptions): Iterable<string> {
  if (format === 'table') return [[writeTable(catalogue), ...(reported === undefined ? [] : [reported.findings.writeFindingsTable(reported.report.result)])].join('\n')];
  const document = documentChunks(format, catalogue, { tool: { name: 'esscm', version }, ...(author === undefined ? {} : { author }) });
  const name = findingsFormatNames.find((known) => known === format);
  return document ?? (reported === undefined || name === undefined ? [] : [reported.findings.findingsFormats[name](reported.report)]);
}

function statusOf(catalogue: Catalogue, reported: ReportedFindings | undefined, options: ScanOptions): number {
  const gate = gateOf(options);
  if (reported !== undefined && gate !== undefined && reported.findings.heldByGate(reported.report.result, gate).length > 0) return exitCodes.gate;
  if (reported !== undefined && options.failOnUnjudged && reported.findings.unjudgedOf(reported.report.result) !== undefined) return exitCodes.unjudged;
  return catalogue.diagnostics.some(({ severity }) => severity === 'incomplete') ? exitCodes.partial : exitCodes.success;
}

/** Documents of several images would overwrite each other, or run together on standard output; only tables may. */
function checkPlatformNames(outputs: readonly OutputRequest[], { writeVex: vexFile }: ScanOptions): void {
  const files = [...outputs.flatMap(({ format, file }) => (file === undefined && format === 'table' ? [] : [file ?? ''])), ...(vexFile === undefined ? [] : [vexFile])];
  const wrong = files.find((file) => !file.includes('{platform}'));
  if (wrong === undefined) return;
  const message = wrong === '' ? 'With --platform all a document needs a file with {platform} in its name.' : `With --platform all the file name ${wrong} needs {platform} in it.`;
  throw new CommandError(message, { exitCode: exitCodes.usage, remedy: 'Write --format cyclonedx-json=sbom-{platform}.json.' });
}

/** Undefined when no findings were asked for. What the user should know of them is said on standard error. */
async function findingsOf(catalogue: Catalogue, opened: OpenedSource | undefined, options: ScanOptions, signal: AbortSignal): Promise<ReportedFindings | undefined> {
  if (options.advisories === undefined) return undefined;
  const findings = await import('../scan/findings.js');
  const { readVexDocuments, reportFindings, vexAmong } = findings;
  const { registry, image } = opened ?? {};
  const digests = [catalogue.image.digest];
  if (registry !== undefined && image?.tag !== undefined && (options.vexAttached || options.vex.length > 0)) {
    // Documents speak of the digest a tag leads to, which is an index for most images of several platforms.
    const described = await registry.client.describeManifest(registry.repository, image.tag, signal);
    if (described !== undefined) digests.push(described.digest);
  }
  const attached = options.vexAttached && registry !== undefined ? await vexAmong(attachedFiles(registry.client, registry.repository, [...new Set(digests)], { signal, onRemark: (remark) => console.error(remark) })) : [];
  const vex = [...(await readVexDocuments(options.vex, signal)), ...attached];
  const { report, remarks } = await reportFindings(catalogue, { advisories: options.advisories, vex, digests, now: new Date().toISOString(), ...(options.exceptions === undefined ? {} : { exceptions: options.exceptions }) });
  for (const remark of remarks) console.error(remark);
  return { report, findings };
}

async function writeVexOf({ report, findings: { vexOfReport, writeVex } }: ReportedFindings, options: ScanOptions, named: (file: string) => string): Promise<void> {
  if (options.writeVex === undefined || options.vexAuthor === undefined) return;
  const now = new Date().toISOString();
  const title = `Vulnerabilities of ${report.image.name}${report.image.tag === undefined ? '' : `:${report.image.tag}`}`;
  const author = { name: options.vexAuthor, namespace: options.vexNamespace ?? '' };
  await writeFile(named(options.writeVex), writeVex({ author, timestamp: now, tool: { name: 'ESSCM', version }, title, statements: vexOfReport(report, now) }, options.vexFormat));
}

function checkedThreads(text: string): number {
  if (!/^(?:\d|1[0-6])$/.test(text)) throw new InvalidArgumentError('Write a whole number from 0 to 16.');
  return Number(text);
}

function checkedPlatform(text: string): string {
  try {
    if (text !== 'all') parsePlatform(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : 'Write os/architecture or os/architecture/variant.');
  }
}

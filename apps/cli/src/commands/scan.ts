import { writeFile } from 'node:fs/promises';
import { parsePlatform } from '@esscm/oci-client';
import { createScanEngine } from '@esscm/scan-engine';
import { writeCycloneDx16Json, writeSpdx23Json } from '@esscm/sbom';
import type { Catalogue } from '@esscm/sbom';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandError, exitCodes } from '../exit-codes.js';
import { createFolderFactStore, forgetfulFactStore } from '../scan/folder-fact-store.js';
import { openSource } from '../scan/open-source.js';
import { createProgressLine } from '../scan/progress-line.js';
import { readPassword } from '../scan/read-password.js';
import { writeTable } from '../scan/write-table.js';

const writers: Record<string, (catalogue: Catalogue) => string> = {
  table: writeTable,
  'cyclonedx-json': (catalogue) => writeCycloneDx16Json(catalogue),
  'spdx-json': (catalogue) => writeSpdx23Json(catalogue),
};

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
    .addHelpText(
      'after',
      `
Exit status:
  0  the document is complete
  1  the image could not be read
  2  the command line is wrong
  3  the document was written, and parts of the image could not be read
`,
    )
    .action(scan);
}

async function scan(source: string, options: ScanOptions): Promise<void> {
  const password = options.passwordStdin ? await readPassword(process.stdin) : undefined;
  if (password !== undefined && options.username === undefined) {
    throw new CommandError('--password-stdin needs --username.', { exitCode: exitCodes.usage });
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
    await write(writers[options.format]?.(outcome.catalogue) ?? '', options.output);
    if (outcome.catalogue.diagnostics.some((diagnostic) => diagnostic.severity === 'incomplete')) {
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

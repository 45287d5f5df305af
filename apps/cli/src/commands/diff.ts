import { compareCatalogues } from '@esscm/sbom';
import { Command, Option } from 'commander';
import { writeOutput } from '../documents/outputs.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { interruption } from '../interruption.js';
import { catalogueSource } from '../scan/catalogue-sources.js';
import { writeComparison, writeComparisonJson } from '../documents/write-comparison.js';

interface DiffOptions {
  readonly platform?: string;
  readonly format: 'table' | 'json';
  readonly output?: string;
  readonly cache?: string;
  readonly plainHttp: boolean;
  readonly exitCode: boolean;
}

/** `esscm diff A B`: what another image or document has more, less or otherwise. */
export function diffCommand(): Command {
  return new Command('diff')
    .description('Compare the components of two images or documents.')
    .argument('<before>', 'as esscm scan takes it: registry reference, oci:FOLDER[:tag], docker-archive:FILE or sbom:FILE')
    .argument('<after>', 'the same')
    .option('--platform <platform>', 'os/architecture[/variant] of images')
    .addOption(new Option('--format <format>', 'how to write it').choices(['table', 'json']).default('table'))
    .option('--output <file>', 'write to a file instead of standard output')
    .option('--cache <folder>', 'keep facts of layers in a folder: images that share layers are read once')
    .option('--plain-http', 'speak HTTP to a registry on this machine', false)
    .option('--exit-code', 'end with status 5 when anything differs', false)
    .addHelpText(
      'after',
      `
Exit status:
  0  compared, whether or not anything differs
  1  an image or a document could not be read
  2  the command line is wrong
  3  compared, and parts of an image could not be read
  5  something differs, with --exit-code
`,
    )
    .action(diff);
}

async function diff(before: string, after: string, options: DiffOptions): Promise<void> {
  if (options.platform === 'all') throw new CommandError('--platform all names more than one image.', { exitCode: exitCodes.usage, remedy: 'Compare them one by one: --platform linux/arm64.' });
  const signal = interruption();
  const read = (source: string) => catalogueSource(source, { ...withoutPlatform(source, options), scope: 'squashed', cataloguers: [] }, signal);
  const [old, fresh] = [await read(before), await read(after)];
  const comparison = compareCatalogues(old, fresh);
  await writeOutput([options.format === 'json' ? writeComparisonJson(old, fresh, comparison) : writeComparison(comparison)], options.output);
  const differs = comparison.added.length + comparison.removed.length + comparison.changed.length > 0;
  const isPartial = [old, fresh].some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'incomplete'));
  if (options.exitCode && differs) process.exitCode = exitCodes.different;
  else if (isPartial) process.exitCode = exitCodes.partial;
}

/** A document and an image may be compared, and only the image has a platform to choose. */
function withoutPlatform(source: string, { platform, ...options }: DiffOptions): Omit<DiffOptions, 'platform'> & { readonly platform?: string } {
  return source.startsWith('sbom:') || platform === undefined ? options : { ...options, platform };
}

import { Command } from 'commander';
import { importDocument } from '../documents/import-document.js';
import { documentChunks, documentFormatNames, outputsOf, withOutputFlags, writeOutput } from '../documents/outputs.js';
import { parseAuthor } from '../documents/parse-author.js';
import { exitCodes } from '../exit-codes.js';
import { writeTable } from '../scan/write-table.js';
import { version } from '../version.js';

interface ConvertOptions {
  readonly format: readonly string[];
  readonly output: readonly string[];
  readonly author?: { readonly name: string; readonly email?: string };
}

const formatNames: readonly string[] = ['table', ...documentFormatNames];
const fallback = 'cyclonedx-json';

/** `esscm convert FILE`: a document of any format as another one. */
export function convertCommand(): Command {
  const command = new Command('convert')
    .description('Write an SBOM document in another format.')
    .argument('<file>', 'CycloneDX 1.2 to 1.7 (JSON, XML), SPDX 2.2, 2.3 (JSON, tag-value) or 3.0.1 (JSON-LD); - for standard input');
  return withOutputFlags(command, { Formats: formatNames }, fallback)
    .option('--author <name>', 'who answers for the new document: NAME or "NAME <address>"', parseAuthor)
    .addHelpText(
      'after',
      `
What a document holds and an SBOM of packages has no place for, such as single files, is counted on standard error.

Exit status:
  0  the document was written
  1  the document could not be read, or breaks the rules of its format
  2  the command line is wrong
  3  the document was written, and says of itself that it is incomplete
`,
    )
    .action(convert);
}

async function convert(file: string, options: ConvertOptions): Promise<void> {
  const outputs = outputsOf(options.format, options.output, formatNames, fallback);
  const catalogue = await importDocument(file, (line) => console.error(line));
  const settings = { tool: { name: 'esscm', version }, ...(options.author === undefined ? {} : { author: options.author }) };
  for (const output of outputs) await writeOutput(documentChunks(output.format, catalogue, settings) ?? [writeTable(catalogue)], output.file);
  if (catalogue.diagnostics.some(({ severity }) => severity === 'incomplete')) process.exitCode = exitCodes.partial;
}

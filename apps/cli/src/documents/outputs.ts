import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Catalogue, DocumentOptions } from '@esscm/sbom';
import { documentFormats } from '@esscm/sbom/scan';
import { CommandError, exitCodes } from '../exit-codes.js';
import { standardOutput } from '../standard-output.js';
import { writeFile } from './write-file.js';

/** A document to write, and where to; standard output without a file. */
export interface OutputRequest {
  readonly format: string;
  readonly file?: string;
}

/** Shorter names of formats, for the version most readers know. */
const aliases: Readonly<Record<string, string>> = {
  'cyclonedx-json': 'cyclonedx-1.6-json',
  'cyclonedx-xml': 'cyclonedx-1.6-xml',
  'spdx-json': 'spdx-2.3-json',
  'spdx-tag-value': 'spdx-2.3-tag-value',
  'spdx-3-json': 'spdx-3.0.1-json',
};

/** Names of all SBOM documents on the command line. */
export const documentFormatNames: readonly string[] = [...documentFormats.map(({ id }) => id), ...Object.keys(aliases)];

/** The document of a catalogue in pieces; undefined for a name that is no SBOM document. */
export function documentChunks(name: string, catalogue: Catalogue, options: DocumentOptions): Iterable<string> | undefined {
  return documentFormats.find(({ id }) => id === (aliases[name] ?? name))?.write(catalogue, options);
}

/**
 * Puts `--format` and `--output` together: `--format FORMAT=FILE` says both; of the other formats the first belongs to the first
 * `--output`, the second to the second. Without a format there is `fallback`.
 * @throws CommandError with the usage status for unknown formats, files without a format, and two documents for standard output
 */
export function outputsOf(formats: readonly string[], files: readonly string[], known: readonly string[], fallback: string): readonly OutputRequest[] {
  const rest = [...files];
  const requests = (formats.length === 0 ? [fallback] : formats).map((text): OutputRequest => {
    const at = text.indexOf('=');
    const format = at < 0 ? text : text.slice(0, at);
    if (!known.includes(format)) throw new CommandError(`There is no format ${format}.`, { exitCode: exitCodes.usage, remedy: `Formats are ${known.join(', ')}.` });
    const file = at < 0 ? rest.shift() : text.slice(at + 1);
    if (file === '') throw new CommandError(`${text} names no file.`, { exitCode: exitCodes.usage, remedy: 'Write --format FORMAT=FILE.' });
    return { format, ...(file === undefined ? {} : { file }) };
  });
  if (rest.length > 0) throw new CommandError(`--output ${rest[0] ?? ''} has no --format of its own.`, { exitCode: exitCodes.usage, remedy: 'Give one --format for each --output.' });
  if (requests.filter(({ file }) => file === undefined).length > 1) {
    throw new CommandError('Only one document can go to standard output.', { exitCode: exitCodes.usage, remedy: 'Write the others as --format FORMAT=FILE.' });
  }
  return requests;
}

/** Adds `--format` and `--output`, both of which may be repeated, to a command; `known` are the formats by what they hold. */
export function withOutputFlags(command: Command, known: Readonly<Record<string, readonly string[]>>, fallback: string): Command {
  const formats = Object.entries(known).map(([content, names]) => `${content}: ${names.join(', ')}`).join('; ');
  const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text];
  return command
    .addOption(new Option('--format <format[=file]>', `document to write; may be repeated. ${formats}`).argParser(collect).default([], fallback))
    .addOption(new Option('--output <file>', 'write to a file; the first belongs to the first --format without a file of its own, and so on').argParser(collect).default([], 'standard output'));
}

/** Writes a document to its file, or to standard output, as fast as that takes it. @throws CommandError when the file cannot be written */
export async function writeOutput(chunks: Iterable<string>, file: string | undefined): Promise<void> {
  if (file === undefined) {
    await pipeline(Readable.from(inPieces(chunks)), standardOutput(), { end: false });
    return;
  }
  try {
    await writeFile(inPieces(chunks), file);
  } catch (cause) {
    throw new CommandError(`${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

const pieceCharacters = 128 * 1024;

function* inPieces(chunks: Iterable<string>): Generator<string> {
  let piece = '';
  for (const chunk of chunks) {
    piece += chunk;
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

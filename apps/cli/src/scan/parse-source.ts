import { basename, resolve } from 'node:path';
import { CommandError, exitCodes } from '../exit-codes.js';

/** The three forms of a SOURCE argument that are images, and the one that is a document. */
export type ParsedSource =
  | { readonly kind: 'registry'; readonly text: string }
  | { readonly kind: 'oci-layout'; readonly folder: string; readonly tag?: string; readonly name: string }
  | { readonly kind: 'docker-archive'; readonly file: string; readonly name: string }
  | { readonly kind: 'document'; readonly file: string };

const ociPrefix = 'oci:';
const archivePrefix = 'docker-archive:';
const documentPrefix = 'sbom:';

/** Tells the forms apart; `oci:FOLDER:tag` splits at the last colon, unless a path separator follows it. */
export function parseSource(text: string): ParsedSource {
  if (text.startsWith(ociPrefix)) {
    const rest = text.slice(ociPrefix.length);
    const colon = rest.lastIndexOf(':');
    const hasTag = colon > 0 && !/[/\\]/.test(rest.slice(colon));
    const folder = hasTag ? rest.slice(0, colon) : rest;
    const tag = hasTag ? rest.slice(colon + 1) : '';
    if (folder === '') throw missing('a folder', 'oci:FOLDER or oci:FOLDER:tag');
    return { kind: 'oci-layout', folder, name: basename(resolve(folder)), ...(tag === '' ? {} : { tag }) };
  }
  if (text.startsWith(archivePrefix)) {
    const file = text.slice(archivePrefix.length);
    if (file === '') throw missing('a file', 'docker-archive:FILE');
    return { kind: 'docker-archive', file, name: basename(file) };
  }
  if (text.startsWith(documentPrefix)) {
    const file = text.slice(documentPrefix.length);
    if (file === '') throw missing('a file', 'sbom:FILE');
    return { kind: 'document', file };
  }
  return { kind: 'registry', text };
}

function missing(what: string, form: string): CommandError {
  return new CommandError(`The source names no ${what.replace(/^an? /, '')}.`, { exitCode: exitCodes.usage, remedy: `Write ${form}.` });
}

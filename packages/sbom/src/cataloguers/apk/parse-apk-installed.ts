import type { FactDiagnostic } from '../../layers/layer-facts.js';
import { boundedText, isIdentifier } from '../bounded-text.js';

/** One package of an apk database. Optional fields are absent where the record has none. */
export interface ApkPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  /** The source package (`o:`). */
  readonly origin?: string;
  readonly licence?: string;
  readonly description?: string;
  readonly homepage?: string;
  readonly maintainer?: string;
  readonly depends: readonly string[];
  readonly provides: readonly string[];
  /** Relative to the root, a line each. */
  readonly files: string;
}

export interface ApkInstalled {
  readonly packages: readonly ApkPackage[];
  readonly diagnostics: readonly FactDiagnostic[];
}

const maximumDiagnostics = 50;

/** Reads `installed` of an apk database (apk-v2 installed database): one-letter fields, records divided by blank lines. */
export function parseApkInstalled(text: string): ApkInstalled {
  const packages: ApkPackage[] = [];
  const diagnostics: FactDiagnostic[] = [];
  for (const record of text.replaceAll('\r\n', '\n').split(/\n(?:[ \t]*\n)+/)) {
    const { fields, files } = readRecord(record);
    if (fields.size === 0) continue;
    const name = fields.get('P') ?? '';
    const version = fields.get('V') ?? '';
    if (isIdentifier(name) && isIdentifier(version)) packages.push(makePackage(name, version, fields, files));
    else if (diagnostics.length < maximumDiagnostics) {
      diagnostics.push({
        code: 'apk-record-without-name-or-version',
        severity: 'incomplete',
        message: `A record of the package database has no name or no version${name === '' ? '' : `: ${JSON.stringify(name.slice(0, 100))}`}.`,
      });
    }
  }
  return { packages, diagnostics };
}

function readRecord(record: string): { readonly fields: ReadonlyMap<string, string>; readonly files: readonly string[] } {
  const fields = new Map<string, string>();
  const files: string[] = [];
  let folder = '';
  for (const line of record.split('\n')) {
    if (line.charAt(1) !== ':') continue;
    const letter = line.charAt(0);
    const value = line.slice(2);
    // Fields of a file follow it and would hide those of the package: `a:`, `M:` and `Z:` belong to F and R.
    if (letter === 'F') folder = value.replaceAll(/^\/+|\/+$/g, '');
    else if (letter === 'R') files.push(folder === '' ? value : `${folder}/${value}`);
    else if (!fields.has(letter)) fields.set(letter, value.trim());
  }
  return { fields, files };
}

function makePackage(name: string, version: string, fields: ReadonlyMap<string, string>, files: readonly string[]): ApkPackage {
  const optional = {
    architecture: boundedText(fields.get('A')),
    origin: boundedText(fields.get('o')),
    licence: boundedText(fields.get('L')),
    description: boundedText(fields.get('T')),
    homepage: boundedText(fields.get('U')),
    maintainer: boundedText(fields.get('m')),
  };
  return {
    name,
    version,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined && value !== '')),
    depends: words(fields.get('D')),
    provides: words(fields.get('p')),
    files: files.join('\n'),
  };
}

function words(list: string | undefined): readonly string[] {
  return (list ?? '').split(/\s+/).filter((word) => word !== '');
}

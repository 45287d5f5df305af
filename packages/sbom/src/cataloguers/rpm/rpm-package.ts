import { boundedText, isIdentifier } from '../bounded-text.js';
import { RpmHeader } from './parse-header.js';

/** One installed package of an rpm database. Optional fields are absent where the header has none. */
export interface RpmPackage {
  readonly name: string;
  /** Absent is not the same as 0 to rpm's display, but equal in comparisons. */
  readonly epoch?: number;
  readonly version: string;
  readonly release: string;
  readonly architecture?: string;
  /** File name of the source package. */
  readonly sourceRpm?: string;
  readonly licence?: string;
  readonly vendor?: string;
  readonly summary?: string;
  readonly homepage?: string;
  /** `name:stream:version:context` of packages from a module (RHEL 8 and its rebuilds). */
  readonly modularityLabel?: string;
  /** Capabilities, without version: names of packages, libraries, absolute paths. */
  readonly requires: readonly string[];
  readonly provides: readonly string[];
  /** Relative to the root, a line each. */
  readonly files: string;
}

/** What a database record turned out to be. */
export type RpmRecord =
  | { readonly kind: 'package'; readonly found: RpmPackage }
  /** A public key, which rpm keeps in the form of a package. */
  | { readonly kind: 'key' }
  | { readonly kind: 'unreadable' };

const tag = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  summary: 1004,
  vendor: 1011,
  licence: 1014,
  homepage: 1020,
  architecture: 1022,
  oldFileNames: 1027,
  sourceRpm: 1044,
  provideName: 1047,
  requireName: 1049,
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
  modularityLabel: 5096,
} as const;

/** Demands on rpm itself and rich dependencies, which are conditions over packages and name none for certain. */
const noCapability = /^(?:rpmlib\(|\()/;

/** Makes a package of a database record. `paths` bounds what names of files may add up to over a whole database. */
export function readRpmRecord(blob: Buffer, paths: PathBudget): RpmRecord {
  const header = RpmHeader.parse(blob);
  const name = header?.text(tag.name) ?? '';
  const version = header?.text(tag.version) ?? '';
  const release = header?.text(tag.release) ?? '';
  if (header === undefined || !isIdentifier(name) || !isIdentifier(version) || !isIdentifier(release)) return { kind: 'unreadable' };
  if (name === 'gpg-pubkey') return { kind: 'key' };
  const [epoch] = header.integers(tag.epoch);
  const optional = {
    epoch,
    architecture: boundedText(header.text(tag.architecture)),
    sourceRpm: boundedText(header.text(tag.sourceRpm)),
    licence: boundedText(header.text(tag.licence)),
    vendor: boundedText(header.text(tag.vendor)),
    summary: boundedText(header.text(tag.summary)),
    homepage: boundedText(header.text(tag.homepage)),
    modularityLabel: boundedText(header.text(tag.modularityLabel)),
  };
  return {
    kind: 'package',
    found: {
      name,
      version,
      release,
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
      requires: unique(header.texts(tag.requireName).filter((capability) => !noCapability.test(capability))),
      provides: unique(header.texts(tag.provideName)),
      files: readFiles(header, paths),
    },
  };
}

/** Folders and names are joined, so that a small header could name a great deal: this says how much it may. */
export class PathBudget {
  #left: number;

  /** @param characters of all paths together */
  constructor(characters: number) {
    this.#left = characters;
  }

  /** Whether as many more fit; they are spent when they do. */
  take(characters: number): boolean {
    if (characters > this.#left) return false;
    this.#left -= characters;
    return true;
  }
}

function readFiles(header: RpmHeader, paths: PathBudget): string {
  const names = header.texts(tag.baseNames);
  const directories = header.texts(tag.directoryNames);
  const indexes = header.integers(tag.directoryIndexes);
  // Packages of before rpm 4 have whole paths.
  const all = names.length === 0 ? header.texts(tag.oldFileNames) : names;
  const lines: string[] = [];
  for (const [position, name] of all.entries()) {
    const directory = names.length === 0 ? '' : (directories[indexes[position] ?? -1] ?? '');
    const length = directory.length + name.length + 1;
    if (length > maximumPathLength) continue;
    if (!paths.take(length)) break;
    lines.push(`${directory}${name}`.replace(/^\//, ''));
  }
  return lines.join('\n');
}

const maximumPathLength = 4096;

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '');
}

import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Cataloguer } from '../cataloguers/cataloguer.js';
import { cataloguers } from '../cataloguers/table.js';
import type { FactDiagnostic, FileFacts, LayerFacts, PathEntry, PathTable } from './layer-facts.js';
import type { TarEntryKind } from './tar-walker.js';

/** To be raised when the path table is written differently. */
const pathsKey = 'paths@1';

// Of one uncompressed fact; above what the limits of a layer allow to come together.
const maximumFactBytes = 1024 * 1024 * 1024;

const letterOfKind: Readonly<Record<TarEntryKind, string>> = {
  file: 'f',
  directory: 'd',
  'symbolic-link': 'l',
  'hard-link': 'h',
  other: 'o',
};
const kindOfLetter = new Map(Object.entries(letterOfKind).map(([kind, letter]) => [letter, kind as TarEntryKind]));

/** What the path table says of each entry beside its path and target, by position. */
interface PathColumns {
  readonly kinds: string;
  readonly modes: readonly number[];
  readonly sizes: readonly number[];
  readonly diagnostics: readonly FactDiagnostic[];
}

/** Every key the current cataloguers keep facts under, to ask a fact store for. */
export function factKeys(): readonly string[] {
  return [pathsKey, ...cataloguers.map(factKey)];
}

function factKey({ name, version }: Cataloguer): string {
  return `${name}@${version}`;
}

/** What most cataloguers have of most layers; made and read once, as compressing nothing takes as long as compressing a little. */
let noFiles: Buffer | undefined;

/** Facts of one layer as a fact store keeps them: compressed bytes by key. Cataloguers that have not read it are left out. */
export function serialiseLayerFacts(facts: LayerFacts): ReadonlyMap<string, Uint8Array> {
  const stored = new Map<string, Uint8Array>();
  noFiles ??= zstdCompressSync('[]');
  stored.set(pathsKey, zstdCompressSync(encodePaths(facts)));
  for (const cataloguer of cataloguers) {
    const files = facts.files.get(cataloguer.name);
    if (files !== undefined) stored.set(factKey(cataloguer), files.length === 0 ? noFiles : zstdCompressSync(JSON.stringify(files)));
  }
  return stored;
}

/**
 * Facts of a layer that cannot be had, as of one without files, so that an image can be catalogued without it. They are
 * not to be kept: the layer may be there another time.
 */
export function absentLayerFacts(diffId: string, diagnostic: FactDiagnostic): ReadonlyMap<string, Uint8Array> {
  return serialiseLayerFacts({ diffId, paths: [], diagnostics: [diagnostic], files: new Map(cataloguers.map(({ name }) => [name, []])) });
}

export interface StoredLayerFacts {
  /** Absent when nothing usable was stored. */
  readonly facts?: LayerFacts;
  /** Names of the cataloguers that have to read the layer; empty when `facts` is complete. */
  readonly missing: readonly string[];
}

/** Reads back what {@link serialiseLayerFacts} made. Bytes that cannot be read count as missing, so the layer is read again. */
export function deserialiseLayerFacts(diffId: string, stored: ReadonlyMap<string, Uint8Array>): StoredLayerFacts {
  const paths = decode(stored.get(pathsKey), decodePaths);
  if (paths === undefined) return { missing: cataloguers.map(({ name }) => name) };
  const files = new Map<string, readonly FileFacts[]>();
  noFiles ??= zstdCompressSync('[]');
  const missing: string[] = [];
  for (const cataloguer of cataloguers) {
    const bytes = stored.get(factKey(cataloguer));
    const read = bytes !== undefined && noFiles.equals(bytes) ? [] : decode(bytes, decodeFiles);
    if (read === undefined) missing.push(cataloguer.name);
    else files.set(cataloguer.name, read);
  }
  return { facts: { diffId, ...paths, files }, missing };
}

/** Facts of the same layer read at different times; where both have a cataloguer's, the fresh ones count. */
export function combineLayerFacts(stored: LayerFacts | undefined, fresh: LayerFacts): LayerFacts {
  return stored === undefined ? fresh : { ...fresh, files: new Map([...stored.files, ...fresh.files]) };
}

function decode<T>(bytes: Uint8Array | undefined, read: (content: Buffer) => T | undefined): T | undefined {
  if (bytes === undefined) return undefined;
  try {
    return read(zstdDecompressSync(bytes, { maxOutputLength: maximumFactBytes }));
  } catch {
    return undefined;
  }
}

/** Length of the columns as JSON (four bytes), the columns, then the paths and the targets of links with NUL between. */
function encodePaths({ paths, diagnostics }: LayerFacts): Buffer {
  let kinds = '';
  const names: string[] = [];
  const targets: string[] = [];
  const modes: number[] = [];
  const sizes: number[] = [];
  for (const entry of paths) {
    kinds += letterOfKind[entry.kind];
    modes.push(entry.mode);
    sizes.push(entry.sizeBytes);
    names.push(entry.path);
    if (isLink(entry)) targets.push((entry.target ?? '').replaceAll('\0', ''));
  }
  const json = JSON.stringify({ kinds, modes, sizes, diagnostics } satisfies PathColumns);
  const texts = names.concat(targets).join('\0');
  const jsonBytes = Buffer.byteLength(json);
  // One buffer for all: a layer may have paths of hundreds of megabytes.
  const encoded = Buffer.allocUnsafe(4 + jsonBytes + Buffer.byteLength(texts));
  encoded.writeUInt32LE(jsonBytes);
  encoded.write(json, 4);
  encoded.write(texts, 4 + jsonBytes);
  return encoded;
}

function decodePaths(content: Buffer): Pick<LayerFacts, 'paths' | 'diagnostics'> | undefined {
  const end = 4 + content.readUInt32LE(0);
  const { diagnostics, ...columns } = JSON.parse(content.toString('utf8', 4, end)) as PathColumns;
  const paths = StoredPaths.of(columns, content.toString('utf8', end, content.length));
  return paths === undefined ? undefined : { paths, diagnostics };
}

/** A path table as it is stored; its entries are made while they are gone through. */
class StoredPaths implements PathTable {
  readonly length: number;
  readonly #columns: Omit<PathColumns, 'diagnostics'>;
  readonly #names: string;
  readonly #targets: readonly string[];

  private constructor(columns: Omit<PathColumns, 'diagnostics'>, names: string, targets: readonly string[]) {
    this.length = columns.kinds.length;
    this.#columns = columns;
    this.#names = names;
    this.#targets = targets;
  }

  /** @param texts paths and targets with NUL between; `undefined` is answered for columns of different length */
  static of(columns: Omit<PathColumns, 'diagnostics'>, texts: string): StoredPaths | undefined {
    const { kinds, modes, sizes } = columns;
    if (modes.length !== kinds.length || sizes.length !== kinds.length) return undefined;
    let end = -1;
    for (let left = kinds.length; left > 0; left -= 1) {
      if (end === texts.length) return undefined;
      end = endOfText(texts, end + 1);
    }
    return new StoredPaths(columns, texts, texts.slice(end + 1).split('\0'));
  }

  *[Symbol.iterator](): Generator<PathEntry> {
    const { kinds, modes, sizes } = this.#columns;
    let start = 0;
    let nextTarget = 0;
    for (let index = 0; index < this.length; index += 1) {
      const end = endOfText(this.#names, start);
      const entry = { path: this.#names.slice(start, end), kind: kindOfLetter.get(kinds.charAt(index)) ?? 'other', mode: modes[index] ?? 0, sizeBytes: sizes[index] ?? 0 };
      yield isLink(entry) ? { ...entry, target: this.#targets[nextTarget++] ?? '' } : entry;
      start = end + 1;
    }
  }
}

function endOfText(texts: string, start: number): number {
  const end = texts.indexOf('\0', start);
  return end < 0 ? texts.length : end;
}

function isLink({ kind }: Pick<PathEntry, 'kind'>): boolean {
  return kind === 'symbolic-link' || kind === 'hard-link';
}

function decodeFiles(content: Buffer): readonly FileFacts[] | undefined {
  const files: unknown = JSON.parse(content.toString());
  return Array.isArray(files) ? (files as FileFacts[]) : undefined;
}

import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Cataloguer } from '../cataloguers/cataloguer.js';
import { cataloguers } from '../cataloguers/table.js';
import type { FactDiagnostic, FileFacts, LayerFacts, PathEntry } from './layer-facts.js';
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
  const columns: PathColumns = {
    kinds: paths.map(({ kind }) => letterOfKind[kind]).join(''),
    modes: paths.map(({ mode }) => mode),
    sizes: paths.map(({ sizeBytes }) => sizeBytes),
    diagnostics,
  };
  const json = Buffer.from(JSON.stringify(columns));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const names = paths.map(({ path }) => path);
  const targets = paths.filter(isLink).map(({ target }) => (target ?? '').replaceAll('\0', ''));
  return Buffer.concat([length, json, Buffer.from([...names, ...targets].join('\0'))]);
}

function decodePaths(content: Buffer): Pick<LayerFacts, 'paths' | 'diagnostics'> | undefined {
  const end = 4 + content.readUInt32LE(0);
  const { kinds, modes, sizes, diagnostics } = JSON.parse(content.toString('utf8', 4, end)) as PathColumns;
  const names = content.toString('utf8', end, content.length).split('\0');
  const count = kinds.length;
  if (names.length < count || modes.length !== count || sizes.length !== count) return undefined;
  const paths: PathEntry[] = [];
  let nextTarget = count;
  for (let index = 0; index < count; index += 1) {
    const kind = kindOfLetter.get(kinds.charAt(index)) ?? 'other';
    const entry = { path: names[index] ?? '', kind, mode: modes[index] ?? 0, sizeBytes: sizes[index] ?? 0 };
    paths.push(isLink(entry) ? { ...entry, target: names[nextTarget] ?? '' } : entry);
    if (isLink(entry)) nextTarget += 1;
  }
  return { paths, diagnostics };
}

function isLink({ kind }: Pick<PathEntry, 'kind'>): boolean {
  return kind === 'symbolic-link' || kind === 'hard-link';
}

function decodeFiles(content: Buffer): readonly FileFacts[] | undefined {
  const files: unknown = JSON.parse(content.toString());
  return Array.isArray(files) ? (files as FileFacts[]) : undefined;
}

import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Cataloguer } from '../cataloguers/cataloguer.js';
import { cataloguers } from '../cataloguers/table.js';
import type { FactDiagnostic, FileFacts, LayerFacts } from './layer-facts.js';
import { PackedPaths } from './packed-paths.js';
import { StoredPaths, type EntryColumns } from './stored-paths.js';

/** To be raised when the path table is written differently. */
const pathsKey = 'paths@1';

// Of one uncompressed fact; above what the limits of a layer allow to come together.
const maximumFactBytes = 1024 * 1024 * 1024;

/** What the path table says beside paths and targets. */
interface PathColumns extends EntryColumns {
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
  const { columns, names, targets } = PackedPaths.of(paths).packed();
  const json = JSON.stringify({ ...columns, diagnostics } satisfies PathColumns);
  const texts = targets.map((target) => target.replaceAll('\0', '')).join('\0');
  const jsonBytes = Buffer.byteLength(json);
  const namesBytes = names.reduce((total, { length }) => total + length + 1, 0);
  // One buffer for all: a layer may have paths of hundreds of megabytes.
  const encoded = Buffer.alloc(4 + jsonBytes + (targets.length === 0 ? Math.max(0, namesBytes - 1) : namesBytes + Buffer.byteLength(texts)));
  encoded.writeUInt32LE(jsonBytes);
  encoded.write(json, 4);
  let end = 4 + jsonBytes;
  for (const part of names) {
    part.copy(encoded, end);
    end += part.length + 1;
  }
  encoded.write(texts, Math.min(end, encoded.length));
  return encoded;
}

function decodePaths(content: Buffer): Pick<LayerFacts, 'paths' | 'diagnostics'> | undefined {
  const end = 4 + content.readUInt32LE(0);
  const { diagnostics, ...columns } = JSON.parse(content.toString('utf8', 4, end)) as PathColumns;
  const paths = StoredPaths.of(columns, content.toString('utf8', end, content.length));
  return paths === undefined ? undefined : { paths, diagnostics };
}

function decodeFiles(content: Buffer): readonly FileFacts[] | undefined {
  const files: unknown = JSON.parse(content.toString());
  return Array.isArray(files) ? (files as FileFacts[]) : undefined;
}

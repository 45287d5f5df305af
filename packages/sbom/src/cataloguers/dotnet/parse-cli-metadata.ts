import { createHash } from 'node:crypto';
import { isIdentifier } from '../bounded-text.js';
import { assemblyTable, readTables } from './cli-tables.js';

/** An assembly by its own name (ECMA-335, partition II, 22.2). */
export interface AssemblyIdentity {
  readonly name: string;
  /** Four numbers: what programs ask for, which a release of a package often leaves as it was. */
  readonly version: string;
  /** Of an assembly that holds nothing but translations. */
  readonly culture?: string;
  /** Of the key it is signed with, 16 hexadecimal digits. */
  readonly publicKeyToken?: string;
}

/** What is kept of the metadata of an assembly. */
export interface CliMetadata {
  readonly identity: AssemblyIdentity;
  /** Names of the assemblies it uses. */
  readonly references: readonly string[];
}

const signature = 0x424a5342;
const maximumStreams = 16;
const maximumReferences = 1000;
const maximumKeyBytes = 8192;

/**
 * Reads which assembly this is and which others it uses.
 * @param metadata from the metadata root on (ECMA-335, partition II, 24.2)
 * @returns `undefined` for a module that is no assembly
 * @throws RangeError for damaged metadata
 */
export function parseCliMetadata(metadata: Buffer): CliMetadata | undefined {
  if (metadata.readUInt32LE(0) !== signature) throw new RangeError('There is no metadata where the header says.');
  const streams = streamsOf(metadata);
  const tables = streams.get('#~') ?? streams.get('#-');
  const [strings, blobs] = [streams.get('#Strings'), streams.get('#Blob')];
  if (tables === undefined || strings === undefined) return undefined;
  const { assembly, references } = readTables(tables);
  if (assembly === undefined) return undefined;
  const name = text(strings, assembly.name);
  if (!isIdentifier(name)) return undefined;
  const culture = text(strings, assembly.culture);
  const key = blobs === undefined ? undefined : blob(blobs, assembly.publicKey);
  return {
    identity: {
      name,
      version: assembly.version.join('.'),
      ...(isIdentifier(culture) ? { culture } : {}),
      ...(key === undefined || key.length < assemblyTable.minimumKeyBytes || key.length > maximumKeyBytes ? {} : { publicKeyToken: tokenOf(key) }),
    },
    references: [...new Set(references.slice(0, maximumReferences).map((at) => text(strings, at)))].filter(isIdentifier),
  };
}

function streamsOf(metadata: Buffer): ReadonlyMap<string, Buffer> {
  const streams = new Map<string, Buffer>();
  let at = 16 + metadata.readUInt32LE(12);
  const count = Math.min(metadata.readUInt16LE(at + 2), maximumStreams);
  at += 4;
  for (let stream = 0; stream < count; stream++) {
    const [offset, size] = [metadata.readUInt32LE(at), metadata.readUInt32LE(at + 4)];
    const name = metadata.toString('latin1', at + 8, at + 40).split('\0', 1)[0] ?? '';
    streams.set(name, metadata.subarray(offset, offset + size));
    at += 8 + ((name.length + 4) & ~3);
  }
  return streams;
}

function text(bytes: Buffer, at: number): string {
  const end = bytes.indexOf(0, at);
  return at >= bytes.length || end < 0 ? '' : bytes.toString('utf8', at, end);
}

/** A blob begins with its length in one, two or four bytes. */
function blob(bytes: Buffer, at: number): Buffer | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const [start, length] = first < 0x80 ? [at + 1, first] : first < 0xc0 ? [at + 2, bytes.readUInt16BE(at) & 0x3fff] : [at + 4, bytes.readUInt32BE(at) & 0x1fffffff];
  return start + length > bytes.length ? undefined : bytes.subarray(start, start + length);
}

/** The last eight bytes of the hash of the key, the last one first (ECMA-335, partition II, 6.3). */
function tokenOf(key: Buffer): string {
  return Buffer.from(createHash('sha1').update(key).digest().subarray(-8).toReversed()).toString('hex');
}

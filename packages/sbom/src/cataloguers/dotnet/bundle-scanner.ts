import type { Extraction, FileScanner } from '../cataloguer.js';
import type { ElfSegment } from '../elf-segments.js';
import { StreamSearch } from '../golang/stream-search.js';
import { programFormat, type ProgramFormat } from '../program-format.js';
import { StreamCapture } from '../stream-capture.js';
import { extractDepsJson } from './extract-deps-json.js';
import type { PackagesFact } from './dotnet-fact.js';
import { readBundleHeader } from './read-bundle.js';

/** Stands behind the position of the header in every program that .NET makes to start another: SHA-256 of `.net core bundle`. */
const marker = Buffer.from('8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae', 'hex');
/** A deps.json begins with a brace and this. */
const beginning = Buffer.from('"runtimeTarget"');
const maximumSpacesBefore = 16;

const maximumHeaderBytes = 16 * 1024 * 1024;
const maximumDepsJsonBytes = 8 * 1024 * 1024;
const maximumCandidates = 4;

/**
 * Finds the deps.json inside a single-file program of .NET. The header that says where it is comes last, so whatever begins
 * like one is kept until then.
 */
export class BundleScanner implements FileScanner<PackagesFact> {
  readonly #format: ProgramFormat;
  readonly #sizeBytes: number;
  readonly #table: StreamCapture;
  readonly #markers = new StreamSearch(marker);
  readonly #beginnings = new StreamSearch(beginning);
  #data: readonly ElfSegment[] | undefined;
  /** The bytes before the marker may be in the piece before. */
  #tail: Buffer = Buffer.alloc(0);
  #header: StreamCapture | undefined;
  readonly #candidates: StreamCapture[] = [];
  #offset = 0;

  private constructor(format: ProgramFormat, sizeBytes: number) {
    this.#format = format;
    this.#sizeBytes = sizeBytes;
    this.#table = new StreamCapture(format.table.offset, format.table.sizeBytes);
  }

  /** @param head the first 64 bytes; `undefined` is answered for what is no program */
  static of(head: Buffer, sizeBytes: number): BundleScanner | undefined {
    const format = programFormat(head);
    return format === undefined ? undefined : new BundleScanner(format, sizeBytes);
  }

  push(bytes: Buffer): boolean {
    const offset = this.#offset;
    this.#offset += bytes.length;
    this.#table.push(bytes, offset);
    if (this.#data === undefined && this.#table.isFull) this.#data = this.#format.segments(this.#table.content()).filter(({ isWritable }) => isWritable);
    if (this.#header === undefined) {
      if (this.#data !== undefined && !this.#findHeader(bytes, offset)) return false;
      this.#tail = Buffer.from(bytes.subarray(-marker.length - 8));
    }
    if (this.#header !== undefined) this.#keep(this.#header, bytes, offset);
    return true;
  }

  /** @returns whether this may still be a bundle */
  #findHeader(bytes: Buffer, offset: number): boolean {
    // The marker is in the initialised data, which is little of a program.
    const data = this.#data ?? [];
    const end = offset + bytes.length;
    if (data.some((segment) => segment.offset < end && segment.offset + segment.sizeBytes > offset)) {
      for (const position of this.#markers.push(bytes, offset)) {
        const seen = Buffer.concat([this.#tail, bytes]);
        const at = position - 8 - (offset - this.#tail.length);
        const header = at < 0 ? 0 : Number(seen.readBigInt64LE(at));
        if (header > position && header < this.#sizeBytes) this.#header = new StreamCapture(header, Math.min(this.#sizeBytes - header, maximumHeaderBytes));
      }
    }
    return this.#header !== undefined || data.some((segment) => segment.offset + segment.sizeBytes > end);
  }

  #keep(header: StreamCapture, bytes: Buffer, offset: number): void {
    header.push(bytes, offset);
    for (const position of this.#beginnings.push(bytes, offset)) {
      if (this.#candidates.length >= maximumCandidates) break;
      const candidate = new StreamCapture(position, maximumDepsJsonBytes);
      // What begins in the piece before is a text that is known.
      if (position < offset) candidate.push(beginning.subarray(0, offset - position), position);
      this.#candidates.push(candidate);
    }
    for (const candidate of this.#candidates) candidate.push(bytes, offset);
  }

  finish(): Extraction<PackagesFact> {
    if (this.#header === undefined) return {};
    try {
      const listed = readBundleHeader(this.#header.content()).find(({ kind }) => kind === 'deps.json');
      const end = listed === undefined ? 0 : listed.offset + listed.sizeBytes;
      const kept = this.#candidates.find(({ start }) => listed !== undefined && start > listed.offset && start <= listed.offset + maximumSpacesBefore);
      if (kept === undefined || kept.start + kept.content().length < end) return withoutList;
      return extractDepsJson(`{${kept.content().toString('utf8', 0, end - kept.start)}`, undefined);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { diagnostics: [{ code: 'dotnet-bundle-unreadable', severity: 'incomplete', message: 'What is bundled with the program cannot be read.' }] };
    }
  }
}

const withoutList: Extraction<PackagesFact> = {
  diagnostics: [{ code: 'dotnet-bundle-without-deps-json', severity: 'incomplete', message: 'The single-file program has no list of its packages that can be read.' }],
};

import type { Extraction, FileScanner } from '../cataloguer.js';
import { StreamCapture } from '../stream-capture.js';
import type { AssemblyFact } from './dotnet-fact.js';
import { parseCliMetadata } from './parse-cli-metadata.js';
import { parsePeHeader, peFileRange, peHeaderBytes, type PeHeader } from '../pe-header.js';
import { parseVersionResource } from '../parse-version-resource.js';

const cliHeaderBytes = 16;
/** Metadata of the largest assemblies, whose code is generated, stays below this. */
const maximumMetadataBytes = 32 * 1024 * 1024;
/** Icons may come before the version. */
const maximumResourceBytes = 1024 * 1024;

/**
 * Reads what an assembly of .NET says of itself: its metadata, which a chain of headers leads to, and its version
 * resource. The code, which is most of it, is passed over.
 */
export class AssemblyScanner implements FileScanner<AssemblyFact> {
  readonly #head = new StreamCapture(0, peHeaderBytes);
  readonly #sizeBytes: number;
  #header: PeHeader | undefined;
  #resources: StreamCapture | undefined;
  #cliHeader: StreamCapture | undefined;
  #metadata: StreamCapture | undefined;
  #offset = 0;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  push(bytes: Buffer): boolean {
    const offset = this.#offset;
    this.#offset += bytes.length;
    this.#head.push(bytes, offset);
    if (this.#header === undefined && (this.#head.isFull || this.#offset >= this.#sizeBytes)) {
      const header = parsePeHeader(this.#head.content());
      // A program of the machine, without an assembly in it.
      if (header?.cliHeader === undefined) return false;
      this.#header = header;
      this.#cliHeader = new StreamCapture(header.cliHeader.offset, cliHeaderBytes);
      const { offset: start = 0, sizeBytes = 0 } = header.resources ?? {};
      this.#resources = new StreamCapture(start, Math.min(sizeBytes, maximumResourceBytes));
      // The pieces so far are gone, except for what was kept of them.
      this.#give(this.#head.content(), 0);
    }
    this.#give(bytes, offset);
    return this.#header === undefined || !(this.#metadata?.isFull === true && this.#resources?.isFull === true);
  }

  #give(bytes: Buffer, offset: number): void {
    this.#resources?.push(bytes, offset);
    this.#cliHeader?.push(bytes, offset);
    if (this.#metadata === undefined && this.#cliHeader?.isFull === true && this.#header !== undefined) {
      const cli = this.#cliHeader.content();
      const range = peFileRange(this.#header.sections, cli.readUInt32LE(8), cli.readUInt32LE(12));
      this.#metadata = new StreamCapture(range?.offset ?? 0, range === undefined || range.sizeBytes > maximumMetadataBytes ? 0 : range.sizeBytes);
    }
    this.#metadata?.push(bytes, offset);
  }

  finish(): Extraction<AssemblyFact> {
    if (this.#header === undefined || this.#metadata === undefined) return {};
    try {
      const metadata = parseCliMetadata(this.#metadata.content());
      if (metadata === undefined) return {};
      const resource = parseVersionResource(this.#resources?.content() ?? Buffer.alloc(0));
      return { fact: { kind: 'assembly', ...metadata.identity, machine: this.#header.machine, references: metadata.references, ...resource } };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { diagnostics: [{ code: 'dotnet-assembly-unreadable', severity: 'notice', message: 'The metadata of the assembly cannot be read.' }] };
    }
  }
}

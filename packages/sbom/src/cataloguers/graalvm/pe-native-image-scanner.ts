import type { Extraction, FileScanner } from '../cataloguer.js';
import { parsePeHeader, peFileRange, peHeaderBytes, type FileRange, type PeHeader } from '../pe-header.js';
import { StreamCapture } from '../stream-capture.js';
import { NativeSbomCapture, sbomSymbols } from './native-sbom-capture.js';
import type { NativeLibrary } from './parse-native-sbom.js';

/** The section of the heap that every native image brings, `.svm_heap`, in the eight characters that PE has for a name. */
const heapSection = '.svm_hea';

/** Real tables have some dozen kilobytes. */
const maximumExportBytes = 1024 * 1024;
const lengthBytes = 8;

/**
 * Looks for the SBOM of a GraalVM native image in a program or library of Windows by its table of exports (Microsoft PE/COFF
 * specification, "The .edata Section"), which Microsoft's linker, the only one GraalVM uses there, puts before data.
 */
export class PeNativeImageScanner implements FileScanner<readonly NativeLibrary[]> {
  readonly #head = new StreamCapture(0, peHeaderBytes);
  #header: PeHeader | undefined;
  #exports: StreamCapture | undefined;
  #sbom: NativeSbomCapture | undefined;
  #offset = 0;

  /** @param head the first 64 bytes; `undefined` is answered for anything but a PE file */
  static of(head: Buffer): PeNativeImageScanner | undefined {
    return head.length >= 64 && head.toString('latin1', 0, 2) === 'MZ' ? new PeNativeImageScanner() : undefined;
  }

  push(bytes: Buffer): boolean {
    const offset = this.#offset;
    this.#offset += bytes.length;
    if (this.#exports === undefined) {
      this.#head.push(bytes, offset);
      if (!this.#head.isFull) return true;
      const table = this.#findExports(this.#head.content());
      if (table === undefined) return false;
      this.#exports = new StreamCapture(table.offset, table.sizeBytes);
    }
    if (this.#sbom === undefined) {
      this.#exports.push(bytes, offset);
      if (!this.#exports.isFull) return true;
      this.#sbom = this.#findSbom(this.#exports.content(), this.#exports.start);
    }
    return this.#sbom?.push(bytes, offset) ?? false;
  }

  finish(): Extraction<readonly NativeLibrary[]> {
    return this.#sbom?.finish() ?? {};
  }

  #findExports(head: Buffer): FileRange | undefined {
    if (!head.includes(heapSection, 0, 'latin1')) return undefined;
    this.#header = parsePeHeader(head);
    const table = this.#header?.exports;
    return table !== undefined && table.sizeBytes <= maximumExportBytes ? table : undefined;
  }

  #findSbom(table: Buffer, start: number): NativeSbomCapture | undefined {
    const addresses = exportedAddresses(table, (address) => {
      const place = peFileRange(this.#header?.sections ?? [], address, 1);
      return place === undefined ? undefined : place.offset - start;
    });
    const sbom = this.#place(addresses.get(sbomSymbols.sbom));
    const length = this.#place(addresses.get(sbomSymbols.length));
    return sbom === undefined || length === undefined ? undefined : new NativeSbomCapture(sbom, length.offset, { bytes: lengthBytes, read: (bytes) => Number(bytes.readBigUInt64LE()) });
  }

  /** From where an address is in the file to the end of its section. */
  #place(address: number | undefined): FileRange | undefined {
    const sections = this.#header?.sections ?? [];
    const section = address === undefined ? undefined : sections.find((candidate) => address >= candidate.address && address < candidate.address + candidate.sizeInFile);
    return address === undefined || section === undefined ? undefined : { offset: section.offset + (address - section.address), sizeBytes: section.sizeInFile - (address - section.address) };
  }
}

/** Positions of fields in the head of the table. */
const field = { count: 24, addresses: 28, names: 32, ordinals: 36 } as const;

/**
 * Addresses of the SBOM's symbols in a table of exports.
 * @param at where in the table an address is; outside of it for others
 */
function exportedAddresses(table: Buffer, at: (address: number) => number | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const number = (position: number | undefined, bytes: 2 | 4): number | undefined => (position === undefined || position < 0 || position + bytes > table.length ? undefined : table.readUIntLE(position, bytes));
  const [addresses, names, ordinals] = [field.addresses, field.names, field.ordinals].map((position) => at(number(position, 4) ?? 0));
  const count = Math.min(number(field.count, 4) ?? 0, table.length / 4);
  if (addresses === undefined || names === undefined || ordinals === undefined) return found;
  for (let index = 0; index < count; index += 1) {
    const text = at(number(names + 4 * index, 4) ?? 0);
    const name = text === undefined || text < 0 ? undefined : Object.values(sbomSymbols).find((symbol) => table.toString('latin1', text, text + symbol.length + 1) === `${symbol}\0`);
    const ordinal = name === undefined ? undefined : number(ordinals + 2 * index, 2);
    const address = ordinal === undefined ? undefined : number(addresses + 4 * ordinal, 4);
    if (name !== undefined && address !== undefined) found.set(name, address);
  }
  return found;
}

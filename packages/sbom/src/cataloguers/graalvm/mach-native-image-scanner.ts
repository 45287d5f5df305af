import type { Extraction, FileScanner } from '../cataloguer.js';
import { programFormat, type ProgramFormat } from '../program-format.js';
import { fileOffset } from '../elf-segments.js';
import { StreamCapture } from '../stream-capture.js';
import { exportedAddress } from './mach-exports.js';
import { extractNativeSbom, maximumSbomBytes, sbomSymbols } from './native-sbom-capture.js';
import type { NativeLibrary } from './parse-native-sbom.js';

/** The heap that every native image brings, and where its linker puts the SBOM. */
const sectionNames = { heap: '__svm_heap', data: '__data' } as const;

/** Real tries have some kilobytes. */
const maximumExportBytes = 1024 * 1024;

/**
 * Looks for the SBOM of a GraalVM native image in a program or library of macOS. Its exported symbols are at the end of the file
 * (mach-o/loader.h, `__LINKEDIT`), so that the section with the SBOM is kept until then.
 */
export class MachNativeImageScanner implements FileScanner<readonly NativeLibrary[]> {
  readonly #format: ProgramFormat;
  readonly #commands: StreamCapture;
  #data: StreamCapture | undefined;
  #exports: StreamCapture | undefined;
  #offset = 0;

  private constructor(format: ProgramFormat) {
    this.#format = format;
    this.#commands = new StreamCapture(format.table.offset, format.table.sizeBytes);
  }

  /** @param head the first 64 bytes; `undefined` is answered for anything but a Mach-O file of one architecture */
  static of(head: Buffer): MachNativeImageScanner | undefined {
    const format = programFormat(head);
    return format?.exports === undefined ? undefined : new MachNativeImageScanner(format);
  }

  push(bytes: Buffer): boolean {
    const offset = this.#offset;
    this.#offset += bytes.length;
    if (this.#exports === undefined) {
      this.#commands.push(bytes, offset);
      if (!this.#commands.isFull) return true;
      const commands = this.#commands.content();
      const [heap, data] = [sectionNames.heap, sectionNames.data].map((name) => this.#format.section?.(commands, name));
      const exported = this.#format.exports?.(commands);
      if (heap === undefined || data === undefined || exported === undefined || exported.sizeBytes > maximumExportBytes) return false;
      this.#data = new StreamCapture(data.offset, Math.min(data.sizeBytes, maximumSbomBytes));
      this.#exports = new StreamCapture(exported.offset, exported.sizeBytes);
    }
    this.#data?.push(bytes, offset);
    this.#exports.push(bytes, offset);
    return !this.#exports.isFull;
  }

  finish(): Extraction<readonly NativeLibrary[]> {
    if (this.#data === undefined || this.#exports?.isFull !== true) return {};
    const [sbom, length] = [sbomSymbols.sbom, sbomSymbols.length].map((name) => this.#placeInData(name));
    if (sbom === undefined || length === undefined) return {};
    const content = this.#data.content();
    const hasLength = length >= 0 && length + 8 <= content.length;
    return extractNativeSbom(content.subarray(Math.max(0, sbom)), hasLength && sbom >= 0 ? Number(content.readBigUInt64LE(length)) : undefined);
  }

  /** Where what a symbol stands for is in the kept section; outside of it where it is elsewhere. */
  #placeInData(symbol: string): number | undefined {
    // Compilers put an underscore before the names of C.
    const address = exportedAddress(this.#exports?.content() ?? Buffer.alloc(0), `_${symbol}`);
    if (address === undefined) return undefined;
    const segments = this.#format.segments(this.#commands.content());
    // Exports count from where the headers are loaded, which is the start of the file.
    const base = segments.find(({ offset, sizeBytes }) => offset === 0 && sizeBytes > 0)?.address ?? 0;
    const offset = fileOffset(segments, base + address);
    return offset === undefined ? undefined : offset - (this.#data?.start ?? 0);
  }
}

import type { Extraction } from '../cataloguer.js';
import { StreamCapture } from '../stream-capture.js';
import { parseNativeSbom, type NativeLibrary } from './parse-native-sbom.js';

/**
 * What a native image exports for its SBOM: where the bytes of it are, and where the number of them is (GraalVM, Native Image,
 * "Software Bill of Materials").
 */
export const sbomSymbols = { sbom: 'sbom', length: 'sbom_length' } as const;

/** Real ones have some kilobytes. */
export const maximumSbomBytes = 4 * 1024 * 1024;

/** Keeps the SBOM of a native image as the file comes by. */
export class NativeSbomCapture {
  readonly #sbom: StreamCapture;
  readonly #length: StreamCapture;
  readonly #readLength: (bytes: Buffer) => number;

  /**
   * @param sbom from where it begins to where it ends at the latest
   * @param lengthOffset where the number of its bytes is
   * @param length how many bytes that number has, and how it is read
   */
  constructor(sbom: { readonly offset: number; readonly sizeBytes: number }, lengthOffset: number, length: { readonly bytes: number; readonly read: (bytes: Buffer) => number }) {
    this.#sbom = new StreamCapture(sbom.offset, Math.min(sbom.sizeBytes, maximumSbomBytes));
    this.#length = new StreamCapture(lengthOffset, length.bytes);
    this.#readLength = length.read;
  }

  /** Whether more is needed. */
  push(bytes: Buffer, offset: number): boolean {
    this.#length.push(bytes, offset);
    this.#sbom.push(bytes, offset);
    const length = this.#statedLength();
    return !this.#sbom.isFull && (length === undefined || offset + bytes.length < this.#sbom.start + length);
  }

  /** What came by before its place was known is missing, and makes the result incomplete as any other SBOM that cannot be read. */
  finish(): Extraction<readonly NativeLibrary[]> {
    return extractNativeSbom(this.#sbom.content(), this.#statedLength());
  }

  #statedLength(): number | undefined {
    return this.#length.isFull ? this.#readLength(this.#length.content()) : undefined;
  }
}

/** The libraries of an SBOM, of which these are the first bytes at least. */
export function extractNativeSbom(content: Buffer, length: number | undefined): Extraction<readonly NativeLibrary[]> {
  try {
    if (length === undefined || length === 0 || length > content.length) throw new Error('the SBOM is not all there');
    return { fact: parseNativeSbom(content.subarray(0, length)) };
  } catch {
    return { diagnostics: [{ code: 'graalvm-sbom-unreadable', severity: 'incomplete', message: 'The SBOM in the native image cannot be read.' }] };
  }
}

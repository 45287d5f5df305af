import type { Cataloguer, Extraction, FileScanner } from '../cataloguers/cataloguer.js';
import type { TarEntry } from './tar-walker.js';

/** One cataloguer's reading of one file, under the name it wants it by. */
export interface FileReading {
  readonly cataloguer: Cataloguer;
  readonly path: string;
}

/** Takes what a reading makes of a file, by calling `read`, which may throw. */
type Keep = (reading: FileReading, read: () => Extraction<unknown>) => void;

/** Enough for the magic numbers and the fixed header of executables. */
const headBytes = 64;

interface Scan {
  readonly reading: FileReading;
  readonly scanner: FileScanner<unknown>;
}

/** Gives one file, as its bytes come by, to the cataloguers that read it in pieces. */
export class FileScans {
  readonly #readings: readonly FileReading[];
  readonly #entry: TarEntry;
  readonly #keep: Keep;
  #head: Buffer = Buffer.alloc(0);
  #scans: readonly Scan[] | undefined;

  private constructor(readings: readonly FileReading[], entry: TarEntry, keep: Keep) {
    this.#readings = readings;
    this.#entry = entry;
    this.#keep = keep;
  }

  /** @returns `undefined` when none of the readings is piecewise. */
  static of(readings: readonly FileReading[], entry: TarEntry, keep: Keep): FileScans | undefined {
    const piecewise = readings.filter(({ cataloguer }) => cataloguer.scan !== undefined);
    // The holes of a sparse file are not in the layer; executables, which scans are for, are never stored so.
    return piecewise.length === 0 || entry.isSparse ? undefined : new FileScans(piecewise, entry, keep);
  }

  /**
   * @param bytes the next of the file; `undefined` after the last
   * @returns whether any reading needs more
   */
  push(bytes: Buffer | undefined): boolean {
    if (this.#scans !== undefined) return this.#give(bytes);
    const head = bytes === undefined ? this.#head : Buffer.concat([this.#head, bytes.subarray(0, headBytes)]);
    if (head.length < Math.min(headBytes, this.#entry.sizeBytes) && bytes !== undefined) {
      this.#head = head;
      return true;
    }
    this.#scans = this.#begin(head.subarray(0, headBytes));
    const isWanted = this.#head.length === 0 || this.#give(this.#head);
    return isWanted && this.#give(bytes);
  }

  #begin(head: Buffer): readonly Scan[] {
    const { mode, sizeBytes } = this.#entry;
    return this.#readings.flatMap((reading): readonly Scan[] => {
      let scanner: FileScanner<unknown> | undefined;
      this.#keep(reading, () => {
        scanner = reading.cataloguer.scan?.({ path: reading.path, mode, sizeBytes }, head);
        return {};
      });
      return scanner === undefined ? [] : [{ reading, scanner }];
    });
  }

  #give(bytes: Buffer | undefined): boolean {
    this.#scans = (this.#scans ?? []).filter(({ reading, scanner }) => {
      let wantsMore = false;
      this.#keep(reading, () => {
        wantsMore = bytes !== undefined && scanner.push(bytes);
        return wantsMore ? {} : scanner.finish();
      });
      return wantsMore;
    });
    return this.#scans.length > 0;
  }
}

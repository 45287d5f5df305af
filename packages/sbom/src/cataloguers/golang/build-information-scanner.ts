import type { Extraction, FileScanner } from '../cataloguer.js';
import { fileOffset, type ElfSegment } from '../elf-segments.js';
import { programFormat, type ProgramFormat } from '../program-format.js';
import { StreamCapture } from '../stream-capture.js';
import { parseBuildInformation, type GoBuild } from './parse-build-information.js';
import { StreamSearch } from './stream-search.js';

const blobMagic = Buffer.from('\xff Go buildinf:', 'latin1');
const blobHeaderBytes = 32;
const flagsAt = 15;
const inlineFlag = 2;

/** Marks around the module information in memory, each of 16 bytes (cmd/go, modload). */
const markBytes = 16;
const startMark = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const endMark = Buffer.from('f932433186182072008242104116d8f2', 'hex');
const releaseMark = Buffer.from('go1.');

/** Linkers put the notes of a program, whose owners are `Go` and `GNU`, into its first page. */
const firstPageBytes = 4096;
const goNote = Buffer.from('Go\0\0');
const gnuNote = Buffer.from('GNU\0');

const maximumInformationBytes = 4 * 1024 * 1024;
const maximumReleaseBytes = 64;

/** Places where `go1.` stands in one file, of which one is the toolchain's name; real programs have some dozens. */
const maximumReleases = 2000;

/**
 * Looks for the build information of Go in a program (debug/buildinfo). It is in a segment that can be written to, on a
 * boundary of 16 bytes: the same bytes in the program text of the Go tools are none. Since Go 1.18 the blob holds the
 * texts; before, it holds addresses of strings that lie earlier in the file, so those that may be meant are kept as they
 * come by.
 */
export class BuildInformationScanner implements FileScanner<GoBuild> {
  readonly #format: ProgramFormat;
  readonly #table: StreamCapture;
  readonly #firstPage = new StreamCapture(0, firstPageBytes);
  #segments: readonly ElfSegment[] | undefined;
  /** Where the data begins and ends. */
  #data = { start: 0, end: Number.MAX_SAFE_INTEGER };
  #offset = 0;
  #tail: Buffer = Buffer.alloc(0);
  readonly #blobSearch = new StreamSearch(blobMagic);
  readonly #markSearch = new StreamSearch(startMark);
  readonly #releaseSearch = new StreamSearch(releaseMark);
  #blob: StreamCapture | undefined;
  #modules: StreamCapture | undefined;
  readonly #releases = new Map<number, StreamCapture>();
  /** Captures that are not full yet. */
  #open: readonly StreamCapture[] = [];
  /** Of the form with addresses: the string that names the toolchain, as its address and its length. */
  #releaseString: StreamCapture | undefined;
  #found: GoBuild | undefined;
  #isOver = false;
  #isLikelyGo: boolean | undefined;

  private constructor(format: ProgramFormat) {
    this.#format = format;
    this.#table = new StreamCapture(format.table.offset, format.table.sizeBytes);
  }

  /** @param head the first 64 bytes; `undefined` is answered for what is no program */
  static of(head: Buffer): BuildInformationScanner | undefined {
    const format = programFormat(head);
    return format === undefined ? undefined : new BuildInformationScanner(format);
  }

  push(bytes: Buffer): boolean {
    const offset = this.#offset;
    this.#offset += bytes.length;
    this.#table.push(bytes, offset);
    this.#firstPage.push(bytes, offset);
    if (this.#segments === undefined && this.#table.isFull) this.#readSegments();
    this.#search(bytes, offset);
    this.#open = this.#open.filter((capture) => {
      capture.push(bytes, offset);
      return !capture.isFull;
    });
    this.#tail = Buffer.from(bytes.length >= markBytes ? bytes.subarray(bytes.length - markBytes) : Buffer.concat([this.#tail, bytes]).subarray(-markBytes));
    if (this.#blob !== undefined && this.#releaseString === undefined) this.#readBlob(this.#blob, bytes, offset);
    this.#isOver ||= this.#offset >= this.#data.end;
    return !this.#isOver;
  }

  finish(): Extraction<GoBuild> {
    const found = this.#found ?? this.#fromAddresses();
    return found === undefined ? {} : { fact: found };
  }

  #readSegments(): void {
    this.#segments = this.#format.segments(this.#table.content());
    const data = this.#segments.filter(({ isWritable }) => isWritable);
    this.#data = {
      start: Math.min(...data.map(({ offset }) => offset)),
      end: Math.max(0, ...data.map(({ offset, sizeBytes }) => offset + sizeBytes)),
    };
  }

  #search(bytes: Buffer, offset: number): void {
    if (this.#blob !== undefined) return;
    const hasData = this.#offset > this.#data.start;
    for (const start of hasData ? this.#blobSearch.push(bytes, offset) : []) {
      if (this.#blob === undefined && start % 16 === 0 && this.#isWritable(start)) this.#blob = this.#capture(start, maximumInformationBytes, offset);
    }
    if (!this.#mayBeGo()) return;
    // The texts may be in the same piece as the blob that points to them.
    for (const start of this.#markSearch.push(bytes, offset)) this.#modules = this.#capture(start, maximumInformationBytes, offset);
    for (const start of this.#releaseSearch.push(bytes, offset)) {
      if (this.#releases.size < maximumReleases) this.#releases.set(start, this.#capture(start, maximumReleaseBytes, offset));
    }
  }

  /**
   * A program of other languages has a note of the GNU linker and none of Go. One without any note may be of Go, too; the
   * texts are needed for old programs alone.
   */
  #mayBeGo(): boolean {
    this.#isLikelyGo ??= this.#firstPage.isFull ? isGoPage(this.#firstPage.content()) : undefined;
    return this.#isLikelyGo ?? true;
  }

  /** Begins to keep what starts in the current piece or in the last bytes before it. */
  #capture(start: number, maximumBytes: number, offset: number): StreamCapture {
    const capture = new StreamCapture(start, maximumBytes);
    capture.push(this.#tail, offset - this.#tail.length);
    this.#open = [...this.#open, capture];
    return capture;
  }

  #isWritable(start: number): boolean {
    return (this.#segments ?? []).some(({ isWritable, offset, sizeBytes }) => isWritable && start >= offset && start < offset + sizeBytes);
  }

  #readBlob(blob: StreamCapture, bytes: Buffer, offset: number): void {
    const content = blob.content();
    if (content.length < blobHeaderBytes) return;
    if ((content.readUInt8(flagsAt) & inlineFlag) === 0) {
      this.#releaseString = this.#captureReleaseString(content, bytes, offset);
      this.#isOver = this.#releaseString.isFull;
      return;
    }
    const release = readText(content, blobHeaderBytes);
    const modules = release === undefined ? undefined : readText(content, release.end);
    if (release !== undefined && modules !== undefined) this.#found = parseBuildInformation(release.text.toString(), withoutMarks(modules.text));
    this.#isOver = this.#found !== undefined || blob.isFull;
  }

  /** The blob points to a string: an address and a length, in the data that comes behind the blob. */
  #captureReleaseString(blob: Buffer, bytes: Buffer, offset: number): StreamCapture {
    const start = fileOffset(this.#segments ?? [], this.#format.readAddress(blob, markBytes)) ?? Number.MAX_SAFE_INTEGER;
    const capture = new StreamCapture(start, this.#format.is64 ? 16 : 8);
    capture.push(bytes, offset);
    this.#open = [...this.#open.filter((other) => other !== this.#blob), capture];
    return capture;
  }

  #fromAddresses(): GoBuild | undefined {
    const string = this.#releaseString?.content();
    if (string === undefined) return undefined;
    const modules = this.#modules?.content();
    const end = modules?.indexOf(endMark) ?? -1;
    const text = modules === undefined || end < 0 ? '' : modules.toString('utf8', markBytes, end);
    return parseBuildInformation(this.#releaseAt(string) ?? '', text);
  }

  #releaseAt(string: Buffer): string | undefined {
    const { is64, readAddress } = this.#format;
    if (string.length < (is64 ? 16 : 8)) return undefined;
    const start = fileOffset(this.#segments ?? [], readAddress(string, 0));
    const release = start === undefined ? undefined : this.#releases.get(start)?.content();
    return release?.toString('utf8', 0, Math.min(maximumReleaseBytes, readAddress(string, is64 ? 8 : 4)));
  }
}

function isGoPage(page: Buffer): boolean {
  return page.includes(goNote) || !page.includes(gnuNote);
}

/** A text behind its length, which has seven bits a byte, the lowest first; `undefined` while it is not all there. */
function readText(bytes: Buffer, offset: number): { readonly text: Buffer; readonly end: number } | undefined {
  let length = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[offset + index];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) {
      const start = offset + index + 1;
      return start + length > bytes.length ? undefined : { text: bytes.subarray(start, start + length), end: start + length };
    }
  }
  return undefined;
}

function withoutMarks(text: Buffer): string {
  return text.length < 2 * markBytes ? '' : text.toString('utf8', markBytes, text.length - markBytes);
}

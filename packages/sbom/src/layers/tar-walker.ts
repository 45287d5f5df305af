import { releaseMemory } from '../release-memory.js';
import { LayerFormatError, LayerLimitError } from './layer-format-error.js';
import { parsePaxRecords } from './pax-records.js';
import { parseTarHeader, sparseMapContinues, tarBlockSize, type TarHeader } from './tar-header.js';

export type TarEntryKind = 'file' | 'directory' | 'symbolic-link' | 'hard-link' | 'other';

export interface TarEntry {
  /** As the archive has it, with any `./` or `/` in front. */
  readonly name: string;
  readonly kind: TarEntryKind;
  /** Permission bits. */
  readonly mode: number;
  readonly sizeBytes: number;
  /** Of links, as the archive has it. */
  readonly linkTarget?: string;
  /** Its holes are left out of the archive, so that its content cannot be read as it is. */
  readonly isSparse: boolean;
}

export interface TarVisitor {
  /**
   * Every entry in the order of the archive. Answer true to be given the content of a regular file, `pieces` to be given
   * it as it comes by.
   */
  entry(entry: TarEntry): boolean | 'pieces';
  /** The whole content, before the next entry; to be read during the call, as its memory is used again. */
  content(entry: TarEntry, content: Buffer): void;
  /**
   * The next bytes of a content given in pieces, valid during the call; none when there are no more.
   * @returns whether more are wanted; not asked for again after false
   */
  piece(bytes: Buffer | undefined): boolean;
}

type State = 'header' | 'sparse-map' | 'content' | 'pieces' | 'skip' | 'ended';

const kinds: Readonly<Record<string, TarEntryKind>> = {
  '0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hard-link',
  '2': 'symbolic-link',
  '3': 'other',
  '4': 'other',
  '5': 'directory',
  '6': 'other',
};

/** Memory for contents that come in several chunks is kept from file to file up to this size; pages of it that no content reached take none. */
const keptContentBytes = 4 * 1024 * 1024;

// Go's archive/tar, which wrote most layers there are, refuses larger ones too.
const maximumExtensionBytes = 1024 * 1024;

/**
 * Walks a tar archive (ustar, pax, GNU) as its bytes come by. Headers are parsed where they lie; only contents that the
 * visitor asks for are copied. Like Go's archive/tar, links and special files have no content whatever size their
 * header gives, and the archive ends at two blocks of zeros or at the end of the bytes between two entries.
 */
export class TarWalker {
  readonly #visitor: TarVisitor;
  readonly #maximumEntries: number;
  #state: State = 'header';
  readonly #block = Buffer.alloc(tarBlockSize);
  #blockFill = 0;
  #sawZeroBlock = false;
  #entries = 0;
  /** Bytes to pass over, padding included. */
  #skip = 0;
  /** Bytes of a content given in pieces that are still to come. */
  #piecesLeft = 0;
  #padding = 0;
  #contentBytes = 0;
  /** What has come of a content that no chunk holds whole. */
  #content: Buffer | undefined;
  #contentFill = 0;
  #spareContent: Buffer | undefined;
  #deliver: ((content: Buffer) => void) | undefined;
  #sparseEntry: TarEntry | undefined;
  #longName: string | undefined;
  #longLinkName: string | undefined;
  #pax: ReadonlyMap<string, string> | undefined;

  constructor(visitor: TarVisitor, maximumEntries: number) {
    this.#visitor = visitor;
    this.#maximumEntries = maximumEntries;
  }

  /** @throws LayerFormatError, LayerLimitError, and what the visitor throws. */
  push(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      switch (this.#state) {
        case 'header':
        case 'sparse-map':
          offset = this.#takeBlock(chunk, offset);
          break;
        case 'content':
          offset = this.#takeContent(chunk, offset);
          break;
        case 'pieces':
          offset = this.#takePiece(chunk, offset);
          break;
        case 'skip': {
          const taken = Math.min(this.#skip, chunk.length - offset);
          offset += taken;
          this.#skip -= taken;
          if (this.#skip === 0) this.#state = 'header';
          break;
        }
        case 'ended':
          return;
      }
    }
  }

  /** @throws LayerFormatError when the bytes ended inside an entry. */
  end(): void {
    const isBetweenEntries = this.#state === 'header' && this.#blockFill === 0 && this.#longName === undefined && this.#pax === undefined;
    if (this.#state !== 'ended' && !isBetweenEntries) throw new LayerFormatError('unexpected end of the tar archive');
  }

  #takeBlock(chunk: Buffer, offset: number): number {
    if (this.#blockFill === 0 && chunk.length - offset >= tarBlockSize) {
      this.#onBlock(chunk, offset);
      return offset + tarBlockSize;
    }
    const taken = Math.min(tarBlockSize - this.#blockFill, chunk.length - offset);
    chunk.copy(this.#block, this.#blockFill, offset, offset + taken);
    this.#blockFill += taken;
    if (this.#blockFill === tarBlockSize) {
      this.#blockFill = 0;
      this.#onBlock(this.#block, 0);
    }
    return offset + taken;
  }

  #takeContent(chunk: Buffer, offset: number): number {
    const left = this.#contentBytes - this.#contentFill;
    const taken = Math.min(left, chunk.length - offset);
    if (taken === this.#contentBytes) {
      this.#deliverContent(chunk.subarray(offset, offset + taken));
      return offset + taken;
    }
    const content = (this.#content ??= this.#contentMemory());
    chunk.copy(content, this.#contentFill, offset, offset + taken);
    this.#contentFill += taken;
    if (taken === left) {
      this.#deliverContent(content.subarray(0, this.#contentBytes));
      if (content !== this.#spareContent) releaseMemory(content);
    }
    return offset + taken;
  }

  #deliverContent(content: Buffer): void {
    const deliver = this.#deliver;
    this.#content = undefined;
    this.#deliver = undefined;
    this.#skipBytes(padding(content.length));
    deliver?.(content);
  }

  #contentMemory(): Buffer {
    if (this.#contentBytes > keptContentBytes) return Buffer.allocUnsafeSlow(this.#contentBytes);
    return (this.#spareContent ??= Buffer.allocUnsafeSlow(keptContentBytes));
  }

  #takePiece(chunk: Buffer, offset: number): number {
    const taken = Math.min(this.#piecesLeft, chunk.length - offset);
    this.#piecesLeft -= taken;
    const wantsMore = this.#visitor.piece(chunk.subarray(offset, offset + taken));
    if (!wantsMore) this.#skipBytes(this.#piecesLeft + this.#padding);
    else if (this.#piecesLeft === 0) this.#endPieces();
    return offset + taken;
  }

  #endPieces(): void {
    this.#visitor.piece(undefined);
    this.#skipBytes(this.#padding);
  }

  #onBlock(block: Buffer, offset: number): void {
    if (this.#state === 'sparse-map') {
      if (!sparseMapContinues(block, offset, false)) this.#beginSparseContent();
      return;
    }
    const header = parseTarHeader(block, offset);
    if (header === undefined) {
      if (this.#sawZeroBlock) this.#state = 'ended';
      this.#sawZeroBlock = true;
      return;
    }
    if (this.#sawZeroBlock) throw new LayerFormatError('a tar header follows a single block of zeros');
    this.#entries += 1;
    if (this.#entries > this.#maximumEntries) {
      throw new LayerLimitError(`the layer has more than ${this.#maximumEntries} entries`);
    }
    if (!this.#takeExtension(header)) this.#onEntry(header, block, offset);
  }

  /** Whether the header is one that describes the next. */
  #takeExtension(header: TarHeader): boolean {
    switch (header.typeFlag) {
      case 'L':
        this.#readExtension(header, (content) => {
          this.#longName = untilNul(content);
        });
        return true;
      case 'K':
        this.#readExtension(header, (content) => {
          this.#longLinkName = untilNul(content);
        });
        return true;
      case 'x':
        this.#readExtension(header, (content) => {
          this.#pax = parsePaxRecords(content);
        });
        return true;
      case 'g':
        // Global records name no file; extractors of layers pass over them too.
        this.#skipBytes(header.sizeBytes + padding(header.sizeBytes));
        return true;
      default:
        return false;
    }
  }

  #readExtension(header: TarHeader, deliver: (content: Buffer) => void): void {
    if (header.sizeBytes > maximumExtensionBytes) throw new LayerFormatError('an extended tar header is larger than 1 MiB');
    this.#readContent(header.sizeBytes, deliver);
  }

  #onEntry(header: TarHeader, block: Buffer, offset: number): void {
    const pax = this.#pax;
    const name = pax?.get('GNU.sparse.name') ?? pax?.get('path') ?? this.#longName ?? header.name;
    const linkTarget = pax?.get('linkpath') ?? this.#longLinkName ?? header.linkName;
    const sizeText = pax?.get('size');
    this.#pax = undefined;
    this.#longName = undefined;
    this.#longLinkName = undefined;

    const isOldDirectory = header.typeFlag === '0' && name.endsWith('/');
    const kind = isOldDirectory ? 'directory' : (kinds[header.typeFlag] ?? 'other');
    const hasNoContent = kind !== 'file' && kinds[header.typeFlag] !== undefined;
    const sizeBytes = hasNoContent ? 0 : sizeText === undefined ? header.sizeBytes : paxSize(sizeText);
    const isSparse = header.typeFlag === 'S' || pax?.has('GNU.sparse.major') === true || pax?.has('GNU.sparse.map') === true;
    const { mode } = header;
    const isLink = kind === 'symbolic-link' || kind === 'hard-link';
    const entry: TarEntry = isLink ? { name, kind, mode, sizeBytes, linkTarget, isSparse } : { name, kind, mode, sizeBytes, isSparse };
    if (header.typeFlag === 'S' && sparseMapContinues(block, offset, true)) {
      this.#state = 'sparse-map';
      this.#sparseEntry = entry;
      return;
    }
    const wanted = this.#visitor.entry(entry);
    if (kind !== 'file') this.#skipBytes(sizeBytes + padding(sizeBytes));
    else if (wanted === 'pieces') this.#readPieces(sizeBytes);
    else if (wanted) this.#readContent(sizeBytes, (content) => this.#visitor.content(entry, content));
    else this.#skipBytes(sizeBytes + padding(sizeBytes));
  }

  #beginSparseContent(): void {
    const entry = this.#sparseEntry;
    this.#sparseEntry = undefined;
    if (entry === undefined) return;
    this.#visitor.entry(entry);
    this.#skipBytes(entry.sizeBytes + padding(entry.sizeBytes));
  }

  #readContent(sizeBytes: number, deliver: (content: Buffer) => void): void {
    if (sizeBytes === 0) {
      this.#state = 'header';
      deliver(Buffer.alloc(0));
      return;
    }
    this.#state = 'content';
    this.#contentBytes = sizeBytes;
    this.#contentFill = 0;
    this.#deliver = deliver;
  }

  #readPieces(sizeBytes: number): void {
    this.#state = 'pieces';
    this.#piecesLeft = sizeBytes;
    this.#padding = padding(sizeBytes);
    if (sizeBytes === 0) this.#endPieces();
  }

  #skipBytes(byteCount: number): void {
    this.#skip = byteCount;
    this.#state = byteCount === 0 ? 'header' : 'skip';
  }
}

function padding(sizeBytes: number): number {
  return (tarBlockSize - (sizeBytes % tarBlockSize)) % tarBlockSize;
}

function untilNul(content: Buffer): string {
  const end = content.indexOf(0);
  return content.toString('utf8', 0, end < 0 ? content.length : end);
}

function paxSize(text: string): number {
  const size = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw new LayerFormatError('a pax header gives a size that is no number');
  return size;
}

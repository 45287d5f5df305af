import { LayerFormatError } from './layer-format-error.js';

type Expecting =
  | 'magic'
  | 'skippable-size'
  | 'skippable-content'
  | 'descriptor'
  | 'header-rest'
  | 'block-header'
  | 'block-content'
  | 'checksum';

const frameMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const dictionaryIdSizes = [0, 1, 2, 4];
const contentSizeSizes = [0, 2, 4, 8];

/**
 * Cuts a zstd stream at the ends of its frames and takes skippable frames out (RFC 8878, 3.1). `createZstdDecompress` of
 * Node 24 ends after the first frame when the same write holds more, so every frame has to begin a write of its
 * own. Headers are read; contents are passed over by their length.
 */
export class ZstdFrameSplitter {
  #expecting: Expecting = 'magic';
  /** Bytes of the current field or content still to come. */
  #remaining = 4;
  /** Little-endian value of the current field, as far as it has been read. */
  #value = 0;
  #valueBytes = 0;
  #hasChecksum = false;
  #isLastBlock = false;

  /**
   * Parts of `chunk` to write one after another, mostly views of its memory.
   * @throws LayerFormatError where a frame should begin and does not.
   */
  split(chunk: Buffer): readonly Buffer[] {
    const parts: Buffer[] = [];
    /** Where the bytes of the current frame begin in this chunk; -1 outside a frame. */
    let start = this.#isInFrame() ? 0 : -1;
    let offset = 0;
    while (offset < chunk.length) {
      const taken = Math.min(this.#remaining, chunk.length - offset);
      if (this.#isField()) this.#readField(chunk, offset, taken);
      offset += taken;
      this.#remaining -= taken;
      if (this.#remaining > 0) continue;
      const wasInFrame = this.#isInFrame();
      this.#advance();
      if (!wasInFrame && this.#isInFrame()) {
        if (offset >= 4) {
          start = offset - 4;
        } else {
          parts.push(frameMagic);
          start = offset;
        }
      } else if (wasInFrame && !this.#isInFrame()) {
        parts.push(chunk.subarray(start, offset));
        start = -1;
      }
    }
    if (start >= 0 && start < chunk.length) parts.push(chunk.subarray(start));
    return parts;
  }

  /** @throws LayerFormatError when the stream ends inside a frame. */
  end(): void {
    if (this.#expecting !== 'magic' || this.#remaining !== 4) throw new LayerFormatError('unexpected end of the zstd stream');
  }

  #isInFrame(): boolean {
    return this.#expecting !== 'magic' && this.#expecting !== 'skippable-size' && this.#expecting !== 'skippable-content';
  }

  #isField(): boolean {
    return (
      this.#expecting === 'magic' ||
      this.#expecting === 'skippable-size' ||
      this.#expecting === 'descriptor' ||
      this.#expecting === 'block-header'
    );
  }

  #readField(chunk: Buffer, offset: number, length: number): void {
    for (let index = 0; index < length; index += 1) {
      this.#value += (chunk[offset + index] ?? 0) * 2 ** (8 * this.#valueBytes);
      this.#valueBytes += 1;
    }
  }

  #expect(expecting: Expecting, bytes: number): void {
    this.#expecting = expecting;
    this.#remaining = bytes;
    this.#value = 0;
    this.#valueBytes = 0;
  }

  /** Steps over fields of no length, such as the content of an empty skippable frame. */
  #advance(): void {
    do this.#advanceOnce();
    while (this.#remaining === 0);
  }

  #advanceOnce(): void {
    const value = this.#value;
    switch (this.#expecting) {
      case 'magic':
        if (value === 0xfd2fb528) return this.#expect('descriptor', 1);
        if ((value & 0xfffffff0) >>> 0 === 0x184d2a50) return this.#expect('skippable-size', 4);
        throw new LayerFormatError('bytes after a zstd frame that begin no other frame');
      case 'skippable-size':
        return this.#expect('skippable-content', value);
      case 'skippable-content':
      case 'checksum':
        return this.#expect('magic', 4);
      case 'descriptor': {
        const isSingleSegment = (value & 0x20) !== 0;
        this.#hasChecksum = (value & 0x04) !== 0;
        const contentSizeBytes = contentSizeSizes[value >> 6] || (isSingleSegment ? 1 : 0);
        return this.#expect('header-rest', (isSingleSegment ? 0 : 1) + (dictionaryIdSizes[value & 3] ?? 0) + contentSizeBytes);
      }
      case 'header-rest':
        return this.#expect('block-header', 3);
      case 'block-header': {
        this.#isLastBlock = (value & 1) === 1;
        const isRunLength = ((value >> 1) & 3) === 1;
        return this.#expect('block-content', isRunLength ? 1 : value >> 3);
      }
      case 'block-content':
        if (!this.#isLastBlock) return this.#expect('block-header', 3);
        return this.#hasChecksum ? this.#expect('checksum', 4) : this.#expect('magic', 4);
    }
  }
}

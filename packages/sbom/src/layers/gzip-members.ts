type Expecting = 'header' | OptionalField | 'extra' | 'content' | 'trailer' | 'next' | 'padding';
type OptionalField = 'extra-length' | 'name' | 'comment' | 'header-checksum';

/** In their order, each there when its flag is set. */
const optionalFields: readonly { readonly field: OptionalField; readonly flag: number }[] = [
  { field: 'extra-length', flag: 4 },
  { field: 'name', flag: 8 },
  { field: 'comment', flag: 16 },
  { field: 'header-checksum', flag: 2 },
];
const reservedFlags = 0xe0;
const magic = 0x8b1f;
const deflated = 8;
const headerBytes = 10;
const trailerBytes = 8;

/**
 * What stands around the deflated contents of a gzip stream (RFC 1952): the headers and trailers of its members. For
 * contents that a stronger digest proves, so that their CRC-32, a twentieth of the work on a layer, need not be computed.
 * Lengths and headers are checked as zlib checks them, in its words.
 */
export class GzipMembers {
  #expecting: Expecting = 'header';
  /** The field that is being read, and how much of it is there. */
  readonly #field = Buffer.alloc(headerBytes);
  #fieldBytes = 0;
  #flags = 0;
  #extraLeft = 0;
  /** Uncompressed bytes of this member, modulo 2^32. */
  #contentBytes = 0;

  /** Whether the next bytes are deflated ones. */
  get isInContent(): boolean {
    return this.#expecting === 'content';
  }

  /** Whether only padding follows: zeros behind a member, and whatever is behind them, as zlib takes it. */
  get isOver(): boolean {
    return this.#expecting === 'padding';
  }

  /**
   * Reads headers and trailers.
   * @returns the position of the first byte that is part of neither, or the length of `bytes`
   * @throws Error for what no gzip stream holds there
   */
  take(bytes: Buffer, offset: number): number {
    let position = offset;
    while (position < bytes.length && !this.isInContent && !this.isOver) {
      this.#takeByte(bytes.readUInt8(position));
      position += 1;
    }
    return position;
  }

  /** So many bytes of the content of this member have come out. */
  addContent(byteCount: number): void {
    this.#contentBytes = (this.#contentBytes + byteCount) % 0x1_0000_0000;
  }

  /** The deflated bytes say that the content of this member is complete. */
  endContent(): void {
    this.#expect('trailer');
  }

  /** @throws Error when the stream ends inside a member */
  end(): void {
    if (this.#expecting !== 'next' && this.#expecting !== 'padding') throw new Error('unexpected end of file');
  }

  #takeByte(byte: number): void {
    switch (this.#expecting) {
      case 'next':
        this.#expect(byte === 0 ? 'padding' : 'header');
        if (byte !== 0) this.#takeByte(byte);
        return;
      case 'header':
        this.#readField(byte);
        this.#checkHeader();
        return;
      case 'extra-length':
        if (this.#readField(byte) < 2) return;
        this.#extraLeft = this.#field.readUInt16LE(0);
        if (this.#extraLeft === 0) this.#expectFieldAfter('extra-length');
        else this.#expect('extra');
        return;
      case 'extra':
        this.#extraLeft -= 1;
        if (this.#extraLeft === 0) this.#expectFieldAfter('extra-length');
        return;
      case 'name':
      case 'comment':
        if (byte === 0) this.#expectFieldAfter(this.#expecting);
        return;
      case 'header-checksum':
        if (this.#readField(byte) === 2) this.#expect('content');
        return;
      case 'trailer':
        if (this.#readField(byte) < trailerBytes) return;
        if (this.#field.readUInt32LE(4) !== this.#contentBytes) throw new Error('incorrect length check');
        this.#contentBytes = 0;
        this.#expect('next');
        return;
      case 'content':
      case 'padding':
        return;
    }
  }

  /** @returns how many bytes of the field are there */
  #readField(byte: number): number {
    this.#field.writeUInt8(byte, this.#fieldBytes);
    this.#fieldBytes += 1;
    return this.#fieldBytes;
  }

  #checkHeader(): void {
    if (this.#fieldBytes === 2 && this.#field.readUInt16LE(0) !== magic) throw new Error('incorrect header check');
    if (this.#fieldBytes === 4) {
      this.#flags = this.#field.readUInt8(3);
      if (this.#field.readUInt8(2) !== deflated) throw new Error('unknown compression method');
      if ((this.#flags & reservedFlags) !== 0) throw new Error('unknown header flags set');
    }
    if (this.#fieldBytes === headerBytes) this.#expectFieldAfter(undefined);
  }

  #expectFieldAfter(last: OptionalField | undefined): void {
    const rest = optionalFields.slice(optionalFields.findIndex(({ field }) => field === last) + 1);
    this.#expect(rest.find(({ flag }) => (this.#flags & flag) !== 0)?.field ?? 'content');
  }

  #expect(expecting: Expecting): void {
    this.#expecting = expecting;
    this.#fieldBytes = 0;
  }
}

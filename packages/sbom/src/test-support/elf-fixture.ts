export interface ElfFixture {
  readonly bits?: 32 | 64;
  readonly byteOrder?: 'big' | 'little';
  /** 2 is a program, 3 a shared library, 1 an object file. */
  readonly type?: number;
  /** Loaded one behind the other, from address {@link elfBase} on. */
  readonly segments?: readonly {
    readonly content: Buffer;
    readonly isWritable: boolean;
    readonly isExecutable?: boolean;
    /** 1, loaded, where it is not said; 4 for notes. */
    readonly kind?: number;
  }[];
  readonly sections?: Readonly<Record<string, Buffer>>;
}

/** Address of the first byte of the file. */
export const elfBase = 0x40_0000;

/** The first segment begins behind the headers, at this place in the file. */
export const elfSegmentStart = 1024;

/** A small ELF file: header, program headers, segments, sections, their names, section headers. */
export function elfFile({ bits = 64, byteOrder = 'little', type = 2, segments = [], sections = {} }: ElfFixture): Buffer {
  const wide = bits === 64;
  const number = (length: 2 | 4 | 8, value: number): Buffer => {
    const bytes = Buffer.alloc(length);
    bytes.writeUIntBE(value, length - Math.min(length, 6), Math.min(length, 6));
    return byteOrder === 'big' ? bytes : bytes.reverse();
  };
  const half = (value: number): Buffer => number(2, value);
  const word = (value: number): Buffer => number(4, value);
  const address = (value: number): Buffer => number(wide ? 8 : 4, value);

  const body: Buffer[] = [];
  let end = elfSegmentStart;
  const place = (content: Buffer): number => {
    const start = end;
    body.push(content);
    end += content.length;
    return start;
  };
  const programHeaders = segments.map(({ content, isWritable, isExecutable = false, kind = 1 }) => {
    const start = place(content);
    const flags = word(4 + (isWritable ? 2 : 0) + (isExecutable ? 1 : 0));
    const places = [address(start), address(elfBase + start), address(elfBase + start), address(content.length), address(content.length)];
    return Buffer.concat(wide ? [word(kind), flags, ...places, address(16)] : [word(kind), ...places, flags, address(16)]);
  });
  const names = Buffer.from(`\0${Object.keys(sections).join('\0')}\0.shstrtab\0`);
  const section = (name: string, kind: number, start: number, length: number): Buffer =>
    Buffer.concat([word(name === '' ? 0 : names.indexOf(`${name}\0`)), word(kind), address(0), address(0), address(start), address(length), word(0), word(0), address(1), address(0)]);
  const sectionHeaders = [section('', 0, 0, 0), ...Object.entries(sections).map(([name, content]) => section(name, 1, place(content), content.length))];
  sectionHeaders.push(section('.shstrtab', 3, place(names), names.length));
  const sectionStart = place(Buffer.concat(sectionHeaders));
  const headerBytes = wide ? 64 : 52;
  const header = Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, byteOrder === 'little' ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    half(type),
    half(62),
    word(1),
    address(elfBase),
    address(headerBytes),
    address(sectionStart),
    word(0),
    half(headerBytes),
    half(programHeaders[0]?.length ?? 0),
    half(programHeaders.length),
    half(sectionHeaders[0]?.length ?? 0),
    half(sectionHeaders.length),
    half(sectionHeaders.length - 1),
  ]);
  const head = Buffer.alloc(elfSegmentStart);
  Buffer.concat([header, ...programHeaders]).copy(head);
  return Buffer.concat([head, ...body]);
}

/** A note as linkers write it; all parts padded to four bytes. */
export function elfNote(owner: string, type: number, description: Buffer): Buffer {
  const padded = (content: Buffer): Buffer => Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
  const head = Buffer.alloc(12);
  head.writeUInt32LE(owner.length + 1, 0);
  head.writeUInt32LE(description.length, 4);
  head.writeUInt32LE(type, 8);
  return Buffer.concat([head, padded(Buffer.from(`${owner}\0`)), padded(description)]);
}

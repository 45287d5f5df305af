const magic = Buffer.from('\x7fELF', 'latin1');
const programs: ReadonlySet<number> = new Set([2, 3]);

/** Reads numbers of an ELF file, whose byte order and width its header says. */
interface ElfReader {
  readonly is64: boolean;
  readonly readUInt16: (bytes: Buffer, offset: number) => number;
  readonly readUInt32: (bytes: Buffer, offset: number) => number;
  /** An offset, an address or a size: 4 or 8 bytes, beyond 2^53 not exact, which no real one reaches. */
  readonly readAddress: (bytes: Buffer, offset: number) => number;
}

/** Places of the tables of an ELF file; entries of a table are all of one size, 0 for a table that is not there. */
export interface ElfHeader extends ElfReader {
  readonly programHeaders: ElfTable;
  readonly sectionHeaders: ElfTable;
  /** Position of the section with the names of sections. */
  readonly sectionNames: number;
}

interface ElfTable {
  readonly offset: number;
  readonly entryBytes: number;
  readonly count: number;
}

/** Shortest entries of the tables, by width. */
const entrySizes = { program: { 32: 32, 64: 56 }, section: { 32: 40, 64: 64 } } as const;

/**
 * Reads the header of an ELF file (System V ABI, chapter 4).
 * @param head the first 64 bytes
 * @returns `undefined` for anything but a program or a shared library
 */
export function parseElfHeader(head: Buffer): ElfHeader | undefined {
  if (head.length < 64 || !head.subarray(0, 4).equals(magic)) return undefined;
  const is64 = head.readUInt8(4) === 2;
  const reader = elfReader(is64, head.readUInt8(5) === 1);
  if (!programs.has(reader.readUInt16(head, 16))) return undefined;
  // After the entry address the 64-bit header is the 32-bit one with wider offsets.
  const sizes = is64 ? 54 : 42;
  const width = is64 ? 64 : 32;
  const table = (offsetAt: number, sizeAt: number, minimum: number): ElfTable => {
    const entryBytes = reader.readUInt16(head, sizeAt);
    if (entryBytes < minimum) return { offset: 0, entryBytes: 0, count: 0 };
    return { offset: reader.readAddress(head, offsetAt), entryBytes, count: reader.readUInt16(head, sizeAt + 2) };
  };
  return {
    ...reader,
    programHeaders: table(is64 ? 32 : 28, sizes, entrySizes.program[width]),
    sectionHeaders: table(is64 ? 40 : 32, sizes + 4, entrySizes.section[width]),
    sectionNames: reader.readUInt16(head, sizes + 8),
  };
}

function elfReader(is64: boolean, isLittleEndian: boolean): ElfReader {
  const readUInt32 = (bytes: Buffer, offset: number): number => (isLittleEndian ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset));
  return {
    is64,
    readUInt16: (bytes, offset) => (isLittleEndian ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset)),
    readUInt32,
    readAddress: (bytes, offset) => {
      if (!is64) return readUInt32(bytes, offset);
      return Number(isLittleEndian ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset));
    },
  };
}

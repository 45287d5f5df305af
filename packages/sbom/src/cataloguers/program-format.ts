import { parseElfHeader, type ElfHeader } from './elf-header.js';
import { parseElfSegments, type ElfSegment } from './elf-segments.js';

/** A program file whose headers say which of its parts are loaded where. */
export interface ProgramFormat {
  readonly is64: boolean;
  /** An offset, an address or a size: 4 or 8 bytes. */
  readonly readAddress: (bytes: Buffer, offset: number) => number;
  /** Where the table of the parts is in the file. */
  readonly table: { readonly offset: number; readonly sizeBytes: number };
  readonly segments: (table: Buffer) => readonly ElfSegment[];
  /** Where a section of a name is, for formats whose table of parts names sections; of ELF files, another table at their end does. */
  readonly section?: (table: Buffer, name: string) => ProgramSection | undefined;
  /** Where the trie of exported symbols of a Mach-O file is. */
  readonly exports?: (table: Buffer) => ProgramSection | undefined;
}

/** A part of a program, in the file. */
interface ProgramSection {
  readonly offset: number;
  readonly sizeBytes: number;
}

const maximumTableBytes = 65_536;

/**
 * Tells the format of a program: ELF, PE (of Windows) or Mach-O (of macOS, 64 bits, one architecture).
 * @param head the first 64 bytes
 * @returns `undefined` for anything else
 */
export function programFormat(head: Buffer): ProgramFormat | undefined {
  const elf = parseElfHeader(head);
  if (elf !== undefined) return elf.programHeaders.count === 0 ? undefined : elfFormat(elf);
  if (head.length < 64) return undefined;
  if (head.toString('latin1', 0, 2) === 'MZ') return peFormat;
  return head.readUInt32LE(0) === machMagic ? machFormat(head) : undefined;
}

function elfFormat(elf: ElfHeader): ProgramFormat {
  const { offset, entryBytes, count } = elf.programHeaders;
  return {
    is64: elf.is64,
    readAddress: elf.readAddress,
    table: { offset, sizeBytes: Math.min(entryBytes * count, maximumTableBytes) },
    segments: (table) => parseElfSegments(elf, table),
  };
}

const littleEndian64 = { is64: true, readAddress: (bytes: Buffer, offset: number): number => Number(bytes.readBigUInt64LE(offset)) };

const peHeadBytes = 4096;
const peFlags = { executable: 0x2000_0000, writable: 0x8000_0000 } as const;
const maximumSections = 96;

/** Sections of a PE file (Microsoft PE/COFF specification); addresses are those behind the place it is loaded at. */
const peFormat: ProgramFormat = {
  ...littleEndian64,
  table: { offset: 0, sizeBytes: peHeadBytes },
  segments(head) {
    const start = head.readUInt32LE(60);
    const entries = peSections(head);
    const [first = 0] = entries;
    const base = first - start >= 24 + 32 && head.readUInt16LE(start + 24) === 0x20b ? Number(head.readBigUInt64LE(start + 48)) : 0;
    return entries.map((at) => {
      const flags = head.readUInt32LE(at + 36);
      return {
        isWritable: (flags & peFlags.writable) !== 0,
        isExecutable: (flags & peFlags.executable) !== 0,
        offset: head.readUInt32LE(at + 20),
        sizeBytes: head.readUInt32LE(at + 16),
        address: base + head.readUInt32LE(at + 12),
      };
    });
  },
  section(head, name) {
    const at = peSections(head).find((entry) => fixedText(head, entry, 8) === name);
    // What is in the file is filled up to the size of a block.
    return at === undefined ? undefined : { offset: head.readUInt32LE(at + 20), sizeBytes: Math.min(head.readUInt32LE(at + 8), head.readUInt32LE(at + 16)) };
  },
};

/** Positions of the entries of the table of sections; none where the head is of no PE file. */
function peSections(head: Buffer): readonly number[] {
  const start = head.readUInt32LE(60);
  if (start + 24 > head.length || head.toString('latin1', start, start + 4) !== 'PE\0\0') return [];
  const count = Math.min(head.readUInt16LE(start + 6), maximumSections);
  const first = start + 24 + head.readUInt16LE(start + 20);
  const positions: number[] = [];
  for (let at = first; positions.length < count && at + 40 <= head.length; at += 40) positions.push(at);
  return positions;
}

/** A name that is filled up with zeros. */
function fixedText(bytes: Buffer, at: number, length: number): string {
  return bytes.toString('latin1', at, at + length).split('\0', 1)[0] ?? '';
}

const machMagic = 0xfeedfacf;
const machHeaderBytes = 32;
const segment64 = 0x19;
/** Commands that say where the trie of exports is, and where in them. */
const exportCommands: ReadonlyMap<number, number> = new Map([[0x22, 40], [0x8000_0022, 40], [0x8000_0033, 8]]);
const machSegmentBytes = 72;
const machSectionBytes = 80;
const machFlags = { writable: 2, executable: 4 } as const;

/** Segments of a Mach-O file (mach-o/loader.h). */
function machFormat(head: Buffer): ProgramFormat {
  return {
    ...littleEndian64,
    table: { offset: machHeaderBytes, sizeBytes: Math.min(head.readUInt32LE(20), maximumTableBytes) },
    segments: (commands) =>
      machSegments(commands).map((at) => {
        const protection = commands.readUInt32LE(at + 60);
        return {
          isWritable: (protection & machFlags.writable) !== 0,
          isExecutable: (protection & machFlags.executable) !== 0,
          address: Number(commands.readBigUInt64LE(at + 24)),
          offset: Number(commands.readBigUInt64LE(at + 40)),
          sizeBytes: Number(commands.readBigUInt64LE(at + 48)),
        };
      }),
    section(commands, name) {
      const at = machSegments(commands)
        .flatMap((segment) => machSections(commands, segment))
        .find((entry) => fixedText(commands, entry, 16) === name);
      return at === undefined ? undefined : { offset: commands.readUInt32LE(at + 48), sizeBytes: Number(commands.readBigUInt64LE(at + 40)) };
    },
    exports: machExports,
  };
}

function machExports(commands: Buffer): ProgramSection | undefined {
  for (const { at, command, size } of machCommands(commands)) {
    const field = exportCommands.get(command);
    if (field === undefined || field + 8 > size || at + field + 8 > commands.length) continue;
    const sizeBytes = commands.readUInt32LE(at + field + 4);
    if (sizeBytes > 0) return { offset: commands.readUInt32LE(at + field), sizeBytes };
  }
  return undefined;
}

/** Positions of the commands that load a segment. */
function machSegments(commands: Buffer): readonly number[] {
  return machCommands(commands).flatMap(({ at, command }) => (command === segment64 && at + machSegmentBytes <= commands.length ? [at] : []));
}

function machCommands(commands: Buffer): readonly { readonly at: number; readonly command: number; readonly size: number }[] {
  const found: { readonly at: number; readonly command: number; readonly size: number }[] = [];
  for (let at = 0; at + 8 <= commands.length; ) {
    const size = commands.readUInt32LE(at + 4);
    found.push({ at, command: commands.readUInt32LE(at), size });
    if (size < 8) break;
    at += size;
  }
  return found;
}

/** Positions of the sections of a segment, which follow its command. */
function machSections(commands: Buffer, segment: number): readonly number[] {
  const count = Math.min(commands.readUInt32LE(segment + 64), maximumSections);
  const positions: number[] = [];
  for (let at = segment + machSegmentBytes; positions.length < count && at + machSectionBytes <= commands.length; at += machSectionBytes) positions.push(at);
  return positions;
}

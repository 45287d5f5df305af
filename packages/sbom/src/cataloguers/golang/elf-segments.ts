import type { ElfHeader } from '../elf-header.js';

/** A part of the file that is mapped into memory. */
export interface ElfSegment {
  readonly isWritable: boolean;
  /** In the file. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** In memory. */
  readonly address: number;
}

const loadSegment = 1;
const writableFlag = 2;

/** The segments of a table of program headers that are loaded. */
export function parseElfSegments(header: ElfHeader, table: Buffer): readonly ElfSegment[] {
  const { entryBytes } = header.programHeaders;
  const segments: ElfSegment[] = [];
  for (let entry = 0; entry + entryBytes <= table.length; entry += entryBytes) {
    if (header.readUInt32(table, entry) !== loadSegment) continue;
    const [flags, offset, address, size] = header.is64 ? ([4, 8, 16, 32] as const) : ([24, 4, 8, 16] as const);
    segments.push({
      isWritable: (header.readUInt32(table, entry + flags) & writableFlag) !== 0,
      offset: header.readAddress(table, entry + offset),
      sizeBytes: header.readAddress(table, entry + size),
      address: header.readAddress(table, entry + address),
    });
  }
  return segments;
}

/** Where in the file the bytes at an address are; `undefined` for an address that is not of the file. */
export function fileOffset(segments: readonly ElfSegment[], address: number): number | undefined {
  const segment = segments.find((candidate) => address >= candidate.address && address < candidate.address + candidate.sizeBytes);
  return segment === undefined ? undefined : segment.offset + (address - segment.address);
}

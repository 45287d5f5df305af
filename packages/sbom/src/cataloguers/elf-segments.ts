import type { ElfHeader } from './elf-header.js';

/** A part of the file that is mapped into memory. */
export interface ElfSegment {
  readonly isWritable: boolean;
  readonly isExecutable: boolean;
  /** In the file. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** In memory. */
  readonly address: number;
}

const loadSegment = 1;
const flag = { executable: 1, writable: 2 } as const;

/** The segments of a table of program headers that are loaded. */
export function parseElfSegments(header: ElfHeader, table: Buffer): readonly ElfSegment[] {
  const { entryBytes } = header.programHeaders;
  if (entryBytes === 0) return [];
  const segments: ElfSegment[] = [];
  for (let entry = 0; entry + entryBytes <= table.length; entry += entryBytes) {
    if (header.readUInt32(table, entry) !== loadSegment) continue;
    const [flags, offset, address, size] = header.is64 ? ([4, 8, 16, 32] as const) : ([24, 4, 8, 16] as const);
    const bits = header.readUInt32(table, entry + flags);
    segments.push({
      isWritable: (bits & flag.writable) !== 0,
      isExecutable: (bits & flag.executable) !== 0,
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

import type { ElfHeader } from '../elf-header.js';

/** A part of the file that holds notes. */
export interface NoteRange {
  readonly offset: number;
  readonly sizeBytes: number;
}

const noteSegment = 4;
const maximumRanges = 16;
/** Notes are some hundred bytes; a larger segment is none of a real program. */
const maximumNoteBytes = 65_536;

/** Where a table of program headers says that notes are. */
export function noteRanges(header: ElfHeader, table: Buffer): readonly NoteRange[] {
  const { entryBytes } = header.programHeaders;
  const ranges: NoteRange[] = [];
  for (let entry = 0; entryBytes > 0 && entry + entryBytes <= table.length && ranges.length < maximumRanges; entry += entryBytes) {
    if (header.readUInt32(table, entry) !== noteSegment) continue;
    const offset = header.readAddress(table, entry + (header.is64 ? 8 : 4));
    const sizeBytes = header.readAddress(table, entry + (header.is64 ? 32 : 16));
    if (sizeBytes > 0 && sizeBytes <= maximumNoteBytes) ranges.push({ offset, sizeBytes });
  }
  return ranges;
}

/**
 * The description of the first note of an owner and a type: lengths of name and description, type, name, description,
 * each padded to four bytes (System V ABI, chapter 5, "Note Section").
 */
export function findNote(header: ElfHeader, notes: Buffer, owner: string, type: number): Buffer | undefined {
  const padded = (length: number): number => Math.ceil(length / 4) * 4;
  const name = Buffer.from(`${owner}\0`);
  for (let offset = 0; offset + 12 <= notes.length; ) {
    const nameBytes = header.readUInt32(notes, offset);
    const descriptionBytes = header.readUInt32(notes, offset + 4);
    const start = offset + 12 + padded(nameBytes);
    const end = start + descriptionBytes;
    if (end > notes.length) return undefined;
    const isMeant = header.readUInt32(notes, offset + 8) === type && notes.subarray(offset + 12, offset + 12 + nameBytes).equals(name);
    if (isMeant) return notes.subarray(start, end);
    offset = start + padded(descriptionBytes);
  }
  return undefined;
}

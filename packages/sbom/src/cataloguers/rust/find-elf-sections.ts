import type { ElfHeader } from '../elf-header.js';

const noBits = 8;

/** Bytes of the file; `undefined` for a part that is not there or was not kept. */
export type FilePart = (offset: number, sizeBytes: number) => Buffer | undefined;

/**
 * The bytes of a section of an ELF file.
 * @returns `undefined` when there is none of the name, or when it is not in the file
 */
export function readElfSection(header: ElfHeader, part: FilePart, name: string): Buffer | undefined {
  const { sectionHeaders, sectionNames } = header;
  const section = (index: number): Section | undefined => {
    const { offset, entryBytes, count } = sectionHeaders;
    const entry = index < count ? part(offset + index * entryBytes, entryBytes) : undefined;
    return entry === undefined ? undefined : parseSection(header, entry);
  };
  const names = bytesOf(part, section(sectionNames));
  const wanted = Buffer.from(`${name}\0`);
  if (names?.includes(wanted) !== true) return undefined;
  for (let index = 0; index < sectionHeaders.count; index += 1) {
    const candidate = section(index);
    if (candidate === undefined) return undefined;
    if (names.subarray(candidate.name, candidate.name + wanted.length).equals(wanted)) return bytesOf(part, candidate);
  }
  return undefined;
}

interface Section {
  /** Position in the section of names. */
  readonly name: number;
  readonly type: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

function parseSection(header: ElfHeader, entry: Buffer): Section {
  return {
    name: header.readUInt32(entry, 0),
    type: header.readUInt32(entry, 4),
    offset: header.readAddress(entry, header.is64 ? 24 : 16),
    sizeBytes: header.readAddress(entry, header.is64 ? 32 : 20),
  };
}

function bytesOf(part: FilePart, section: Section | undefined): Buffer | undefined {
  return section === undefined || section.type === noBits ? undefined : part(section.offset, section.sizeBytes);
}

import type { ElfHeader } from '../elf-header.js';

const noBits = 8;

/**
 * The bytes of a section of an ELF file that is wholly in memory.
 * @returns `undefined` when there is none of the name, or when it is not in the file
 */
export function readElfSection(header: ElfHeader, content: Buffer, name: string): Buffer | undefined {
  const { sectionHeaders, sectionNames } = header;
  const section = (index: number): Section | undefined => {
    const start = sectionHeaders.offset + index * sectionHeaders.entryBytes;
    const isThere = index < sectionHeaders.count && start + sectionHeaders.entryBytes <= content.length;
    return isThere ? parseSection(header, content.subarray(start, start + sectionHeaders.entryBytes)) : undefined;
  };
  const names = bytesOf(content, section(sectionNames));
  if (names === undefined) return undefined;
  const wanted = Buffer.from(`${name}\0`);
  for (let index = 0; index < sectionHeaders.count; index += 1) {
    const candidate = section(index);
    if (candidate === undefined) return undefined;
    if (names.subarray(candidate.name, candidate.name + wanted.length).equals(wanted)) return bytesOf(content, candidate);
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

function bytesOf(content: Buffer, section: Section | undefined): Buffer | undefined {
  if (section === undefined || section.type === noBits || section.offset + section.sizeBytes > content.length) return undefined;
  return content.subarray(section.offset, section.offset + section.sizeBytes);
}

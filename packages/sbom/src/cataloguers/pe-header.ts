/** A part of a PE file that is mapped into memory. */
interface PeSection {
  readonly address: number;
  readonly sizeInMemory: number;
  readonly offset: number;
  readonly sizeInFile: number;
}

/** A range of bytes of a file. */
export interface FileRange {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** What the headers of a PE file say of the places that are read here. */
export interface PeHeader {
  readonly machine: number;
  readonly sections: readonly PeSection[];
  /** What a library, or a program, lets others use. */
  readonly exports: FileRange | undefined;
  readonly resources: FileRange | undefined;
  /** The header that assemblies of .NET have and programs of the machine do not. */
  readonly cliHeader: FileRange | undefined;
}

/** Enough for the headers and the table of sections of any file a linker makes. */
export const peHeaderBytes = 4096;

const maximumSections = 96;
const optionalHeader32 = 0x10b;
/** Positions in the table of data directories. */
const directory = { exports: 0, resources: 2, cliHeader: 14 } as const;

/**
 * Reads the headers of a PE file (Microsoft PE/COFF specification).
 * @param head the first `peHeaderBytes` of the file, or all of a smaller one
 * @returns `undefined` for anything else
 */
export function parsePeHeader(head: Buffer): PeHeader | undefined {
  if (head.length < 64 || head.toString('latin1', 0, 2) !== 'MZ') return undefined;
  const start = head.readUInt32LE(60);
  if (start + 26 > head.length || head.toString('latin1', start, start + 4) !== 'PE\0\0') return undefined;
  const optional = start + 24;
  const directories = optional + (head.readUInt16LE(optional) === optionalHeader32 ? 96 : 112);
  const tableOfSections = optional + head.readUInt16LE(start + 20);
  const count = Math.min(head.readUInt16LE(start + 6), maximumSections);
  const sections: PeSection[] = [];
  for (let entry = tableOfSections; sections.length < count && entry + 40 <= head.length; entry += 40) {
    sections.push({
      sizeInMemory: head.readUInt32LE(entry + 8),
      address: head.readUInt32LE(entry + 12),
      sizeInFile: head.readUInt32LE(entry + 16),
      offset: head.readUInt32LE(entry + 20),
    });
  }
  const range = (index: number): FileRange | undefined => {
    const at = directories + index * 8;
    return at + 8 > Math.min(head.length, tableOfSections) ? undefined : peFileRange(sections, head.readUInt32LE(at), head.readUInt32LE(at + 4));
  };
  return { machine: head.readUInt16LE(start + 4), sections, exports: range(directory.exports), resources: range(directory.resources), cliHeader: range(directory.cliHeader) };
}

/** Where in the file the bytes at an address are; `undefined` for an empty range and one that is not of the file. */
export function peFileRange(sections: readonly PeSection[], address: number, sizeBytes: number): FileRange | undefined {
  if (address === 0 || sizeBytes === 0) return undefined;
  const section = sections.find((candidate) => address >= candidate.address && address < candidate.address + Math.max(candidate.sizeInMemory, candidate.sizeInFile));
  if (section === undefined || address - section.address >= section.sizeInFile) return undefined;
  return { offset: section.offset + (address - section.address), sizeBytes };
}

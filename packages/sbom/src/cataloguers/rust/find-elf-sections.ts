import type { ElfHeader } from '../elf-header.js';

const noBits = 8;

/** Bytes of the file; `undefined` for a part that is not there or was not kept. */
export type FilePart = (offset: number, sizeBytes: number) => Buffer | undefined;

/**
 * Where the sections of some names are in an ELF file.
 * @returns for each name the place of the section; `undefined` when there is none of the name, or when it is not in the file
 */
export function findElfSections(header: ElfHeader, part: FilePart, wanted: readonly string[]): readonly (ElfSection | undefined)[] {
  const { sectionHeaders, sectionNames } = header;
  const section = (index: number): ElfSection | undefined => {
    const { offset, entryBytes, count } = sectionHeaders;
    const entry = index < count ? part(offset + index * entryBytes, entryBytes) : undefined;
    return entry === undefined ? undefined : parseSection(header, entry);
  };
  const namesSection = section(sectionNames);
  const names = namesSection === undefined || !isInFile(namesSection) ? undefined : part(namesSection.offset, namesSection.sizeBytes);
  const keys = wanted.map((name) => Buffer.from(`${name}\0`));
  const found: (ElfSection | undefined)[] = keys.map(() => undefined);
  let left = keys.filter((key) => names?.includes(key) === true).length;
  for (let index = 0; index < sectionHeaders.count && left > 0; index += 1) {
    const candidate = section(index);
    if (candidate === undefined) break;
    const at = keys.findIndex((key) => names?.subarray(candidate.name, candidate.name + key.length).equals(key) === true);
    if (at < 0 || found[at] !== undefined) continue;
    left -= 1;
    if (isInFile(candidate)) found[at] = candidate;
  }
  return found;
}

export interface ElfSection {
  /** Position in the section of names. */
  readonly name: number;
  readonly type: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

function parseSection(header: ElfHeader, entry: Buffer): ElfSection {
  return {
    name: header.readUInt32(entry, 0),
    type: header.readUInt32(entry, 4),
    offset: header.readAddress(entry, header.is64 ? 24 : 16),
    sizeBytes: header.readAddress(entry, header.is64 ? 32 : 20),
  };
}

function isInFile({ type }: ElfSection): boolean {
  return type !== noBits;
}

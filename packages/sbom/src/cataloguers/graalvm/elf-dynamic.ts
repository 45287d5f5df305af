import type { ElfHeader } from '../elf-header.js';

/** A part of a file. */
export interface FileRange {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Where the symbols that a file exports and imports are in it, and the names of them. */
interface SymbolTables {
  readonly symbols: number;
  readonly names: FileRange;
}

const dynamicSegment = 2;
const tag = { names: 5, symbols: 6, namesBytes: 10 } as const;

/** The table for the dynamic linker, by the table of program headers. */
export function dynamicRange(header: ElfHeader, table: Buffer): FileRange | undefined {
  const { entryBytes } = header.programHeaders;
  for (let entry = 0; entryBytes > 0 && entry + entryBytes <= table.length; entry += entryBytes) {
    if (header.readUInt32(table, entry) !== dynamicSegment) continue;
    return { offset: header.readAddress(table, entry + (header.is64 ? 8 : 4)), sizeBytes: header.readAddress(table, entry + (header.is64 ? 32 : 16)) };
  }
  return undefined;
}

/** Where the table for the dynamic linker (System V ABI, chapter 5, "Dynamic Section") says that the symbols are. */
export function dynamicTables(header: ElfHeader, dynamic: Buffer, offsetOf: (address: number) => number | undefined): SymbolTables | undefined {
  const width = header.is64 ? 8 : 4;
  const values = new Map<number, number>();
  for (let at = 0; at + 2 * width <= dynamic.length; at += 2 * width) values.set(header.readAddress(dynamic, at), header.readAddress(dynamic, at + width));
  const symbols = offsetOf(values.get(tag.symbols) ?? -1);
  const names = offsetOf(values.get(tag.names) ?? -1);
  return symbols === undefined || names === undefined ? undefined : { symbols, names: { offset: names, sizeBytes: values.get(tag.namesBytes) ?? 0 } };
}

/** Addresses of the symbols of some names. Names follow symbols, as every linker has them; what is not in the first bytes of the file is not found. */
export function symbolAddresses(header: ElfHeader, head: Buffer, { symbols, names }: SymbolTables, wanted: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const texts = head.subarray(names.offset, names.offset + names.sizeBytes);
  const entryBytes = header.is64 ? 24 : 16;
  const end = Math.min(names.offset, head.length);
  for (let at = symbols; at + entryBytes <= end && found.size < wanted.length; at += entryBytes) {
    const start = header.readUInt32(head, at);
    const name = wanted.find((candidate) => texts.toString('latin1', start, start + candidate.length + 1) === `${candidate}\0`);
    const address = header.readAddress(head, at + (header.is64 ? 8 : 4));
    if (name !== undefined && address > 0) found.set(name, address);
  }
  return found;
}

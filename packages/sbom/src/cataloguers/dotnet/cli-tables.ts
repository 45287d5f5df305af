/** A row of the table of assemblies, names and key as positions in their heaps. */
interface AssemblyRow {
  readonly version: readonly number[];
  readonly publicKey: number;
  readonly name: number;
  readonly culture: number;
}

interface CliTables {
  readonly assembly: AssemblyRow | undefined;
  /** Names of the assemblies that are used, as positions in the heap of strings. */
  readonly references: readonly number[];
}

/** A key shorter than its header is none; the neutral key of the standard is 16 bytes. */
export const assemblyTable = { number: 0x20, referenceNumber: 0x23, minimumKeyBytes: 16 } as const;

/** Columns that refer to a row of one of several tables: the bits that say which, and the tables. */
const codedIndexes: Readonly<Record<string, readonly [bits: number, tables: readonly number[]]>> = {
  typeDefOrRef: [2, [2, 1, 27]],
  hasConstant: [2, [4, 8, 23]],
  hasCustomAttribute: [5, [6, 4, 1, 2, 8, 9, 10, 0, 14, 23, 20, 17, 26, 27, 32, 35, 38, 39, 40, 42, 44, 43]],
  hasFieldMarshal: [1, [4, 8]],
  hasDeclSecurity: [2, [2, 6, 32]],
  memberRefParent: [3, [2, 1, 26, 6, 27]],
  hasSemantics: [1, [20, 23]],
  methodDefOrRef: [1, [6, 10]],
  memberForwarded: [1, [4, 6]],
  customAttributeType: [3, [6, 10]],
  resolutionScope: [2, [0, 26, 35, 1]],
};

/**
 * Columns of the tables up to that of references, in the order of their numbers (ECMA-335, partition II, 22): a number of
 * bytes, `string`, `guid` or `blob` for a position in a heap, `t` and a number for a row of that table, or a coded index.
 */
const columns: readonly string[] = [
  '2 string guid guid guid',
  'resolutionScope string string',
  '4 string string typeDefOrRef t4 t6',
  't4',
  '2 string blob',
  't6',
  '4 2 2 string blob t8',
  't8',
  '2 2 string',
  't2 typeDefOrRef',
  'memberRefParent string blob',
  '2 hasConstant blob',
  'hasCustomAttribute customAttributeType blob',
  'hasFieldMarshal blob',
  '2 hasDeclSecurity blob',
  '2 4 t2',
  '4 t4',
  'blob',
  't2 t20',
  't20',
  '2 string typeDefOrRef',
  't2 t23',
  't23',
  '2 string blob',
  '2 t6 hasSemantics',
  't2 methodDefOrRef methodDefOrRef',
  'string',
  'blob',
  '2 memberForwarded string t26',
  '4 t4',
  '4 4',
  '4',
  '4 2 2 2 2 4 blob string string',
  '4',
  '4 4 4',
  '2 2 2 2 4 blob string string blob',
];

const maximumReferences = 2000;

/**
 * Finds the tables of assemblies and references among the tables before them, whose rows have to be measured for that.
 * @throws RangeError for tables that end early
 */
export function readTables(stream: Buffer): CliTables {
  const heapSizes = stream.readUInt8(6);
  const [low, high] = [stream.readUInt32LE(8), stream.readUInt32LE(12)];
  const rows: number[] = [];
  let at = 24;
  for (let table = 0; table < 64; table++) {
    const isThere = ((table < 32 ? low >>> table : high >>> (table - 32)) & 1) === 1;
    rows.push(isThere ? stream.readUInt32LE(at) : 0);
    if (isThere) at += 4;
  }
  const width = (column: string): number => {
    if (/^\d$/.test(column)) return Number(column);
    const heap = ['string', 'guid', 'blob'].indexOf(column);
    if (heap >= 0) return (heapSizes & (1 << heap)) === 0 ? 2 : 4;
    const [bits, tables] = codedIndexes[column] ?? [0, [Number(column.slice(1))]];
    return Math.max(...tables.map((table) => rows[table] ?? 0)) < 2 ** (16 - bits) ? 2 : 4;
  };
  let assembly: AssemblyRow | undefined;
  const references: number[] = [];
  for (const [table, described] of columns.entries()) {
    const widths = described.split(' ').map(width);
    const rowBytes = widths.reduce((total, bytes) => total + bytes, 0);
    const count = rows[table] ?? 0;
    const value = (row: number, column: number): number => {
      const start = at + row * rowBytes + widths.slice(0, column).reduce((total, bytes) => total + bytes, 0);
      return widths[column] === 2 ? stream.readUInt16LE(start) : stream.readUInt32LE(start);
    };
    if (table === assemblyTable.number && count > 0) {
      assembly = { version: [1, 2, 3, 4].map((column) => value(0, column)), publicKey: value(0, 6), name: value(0, 7), culture: value(0, 8) };
    }
    if (table === assemblyTable.referenceNumber) {
      for (let row = 0; row < Math.min(count, maximumReferences); row++) references.push(value(row, 6));
    }
    at += count * rowBytes;
  }
  return { assembly, references };
}

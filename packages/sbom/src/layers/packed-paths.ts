import type { PathEntry, PathTable } from './layer-facts.js';
import { whiteoutPrefix } from './layer-path.js';
import { columnsOf, isLink, StoredPaths, type EntryColumns } from './stored-paths.js';

/** So many entries are held as they came before they are packed. */
const entriesOfPart = 4096;

interface Part {
  readonly columns: EntryColumns;
  /** Paths with NUL between. */
  readonly names: Buffer;
  readonly targets: readonly string[];
}

/** All of a path table, ready to be stored. */
interface PackedTable {
  readonly columns: EntryColumns;
  /** Paths with NUL between, in several parts. */
  readonly names: readonly Buffer[];
  readonly targets: readonly string[];
}

/** The path table of a layer while it is read. A layer may have a million entries, which take far less memory packed than as objects. */
export class PackedPaths implements PathTable {
  readonly #parts: Part[] = [];
  #latest: PathEntry[] = [];

  static of(paths: PathTable): PackedPaths {
    if (paths instanceof PackedPaths) return paths;
    const packed = new PackedPaths();
    for (const entry of paths) packed.push(entry);
    return packed;
  }

  get length(): number {
    return this.#parts.length * entriesOfPart + this.#latest.length;
  }

  get mayHoldWhiteouts(): boolean {
    return this.#parts.some(({ names }) => names.includes(whiteoutPrefix)) || this.#latest.some(({ path }) => path.includes(whiteoutPrefix));
  }

  /** @param entry without NUL in its path */
  push(entry: PathEntry): void {
    this.#latest.push(entry);
    if (this.#latest.length < entriesOfPart) return;
    this.#parts.push(partOf(this.#latest));
    this.#latest = [];
  }

  *[Symbol.iterator](): Generator<PathEntry> {
    for (const { columns, names, targets } of this.#parts) yield* new StoredPaths(columns, names.toString(), targets);
    yield* this.#latest;
  }

  packed(): PackedTable {
    const parts = this.#latest.length === 0 ? this.#parts : [...this.#parts, partOf(this.#latest)];
    return {
      columns: {
        kinds: parts.map(({ columns }) => columns.kinds).join(''),
        modes: parts.flatMap(({ columns }) => columns.modes),
        sizes: parts.flatMap(({ columns }) => columns.sizes),
      },
      names: parts.map(({ names }) => names),
      targets: parts.flatMap(({ targets }) => targets),
    };
  }
}

function partOf(entries: readonly PathEntry[]): Part {
  return {
    columns: columnsOf(entries),
    names: Buffer.from(entries.map(({ path }) => path).join('\0')),
    targets: entries.flatMap((entry) => (isLink(entry) ? [entry.target ?? ''] : [])),
  };
}

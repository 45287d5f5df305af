import type { PathEntry, PathTable } from './layer-facts.js';
import { whiteoutPrefix } from './layer-path.js';
import type { TarEntryKind } from './tar-walker.js';

const letterOfKind: Readonly<Record<TarEntryKind, string>> = {
  file: 'f',
  directory: 'd',
  'symbolic-link': 'l',
  'hard-link': 'h',
  other: 'o',
};
const kindOfLetter = new Map(Object.entries(letterOfKind).map(([kind, letter]) => [letter, kind as TarEntryKind]));

/** What is said of entries beside their paths and targets, by position. */
export interface EntryColumns {
  /** A letter an entry. */
  readonly kinds: string;
  readonly modes: readonly number[];
  readonly sizes: readonly number[];
}

/** A path table as it is stored; its entries are made while they are gone through. */
export class StoredPaths implements PathTable {
  readonly length: number;
  readonly mayHoldWhiteouts: boolean;
  readonly #columns: EntryColumns;
  readonly #names: string;
  readonly #targets: readonly string[];

  /**
   * @param names paths with NUL between, as many as there are columns; what follows them is not looked at
   * @param targets of the links among them
   */
  constructor(columns: EntryColumns, names: string, targets: readonly string[]) {
    this.length = columns.kinds.length;
    this.mayHoldWhiteouts = names.includes(whiteoutPrefix);
    this.#columns = columns;
    this.#names = names;
    this.#targets = targets;
  }

  /** @param texts paths and targets with NUL between; `undefined` is answered for columns of different length */
  static of(columns: EntryColumns, texts: string): StoredPaths | undefined {
    const { kinds, modes, sizes } = columns;
    if (modes.length !== kinds.length || sizes.length !== kinds.length) return undefined;
    let end = -1;
    for (let left = kinds.length; left > 0; left -= 1) {
      if (end === texts.length) return undefined;
      end = endOfText(texts, end + 1);
    }
    return new StoredPaths(columns, texts, texts.slice(end + 1).split('\0'));
  }

  *[Symbol.iterator](): Generator<PathEntry> {
    const { kinds, modes, sizes } = this.#columns;
    let start = 0;
    let nextTarget = 0;
    for (let index = 0; index < this.length; index += 1) {
      const end = endOfText(this.#names, start);
      const entry = { path: this.#names.slice(start, end), kind: kindOfLetter.get(kinds.charAt(index)) ?? 'other', mode: modes[index] ?? 0, sizeBytes: sizes[index] ?? 0 };
      yield isLink(entry) ? { ...entry, target: this.#targets[nextTarget++] ?? '' } : entry;
      start = end + 1;
    }
  }
}

/** Entries by column, as {@link StoredPaths} has them. */
export function columnsOf(entries: readonly PathEntry[]): EntryColumns {
  return {
    kinds: entries.map(({ kind }) => letterOfKind[kind]).join(''),
    modes: entries.map(({ mode }) => mode),
    sizes: entries.map(({ sizeBytes }) => sizeBytes),
  };
}

export function isLink({ kind }: Pick<PathEntry, 'kind'>): boolean {
  return kind === 'symbolic-link' || kind === 'hard-link';
}

function endOfText(texts: string, start: number): number {
  const end = texts.indexOf('\0', start);
  return end < 0 ? texts.length : end;
}

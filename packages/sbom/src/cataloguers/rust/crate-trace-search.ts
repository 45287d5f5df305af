/** A crate that a program names in the text of its messages. */
export interface CrateTrace {
  readonly name: string;
  readonly version: string;
}

/** What stands between folders: in programs that were built on Windows, both, and even in one path. */
export type PathSeparator = '/' | '\\';

/** Of a registry's folder, a crate, its version: longer texts are no such path. */
const pathBytes = 256;
/** Where cargo keeps the sources of crates.io, by its two protocols. Sources of other registries may be of anything by that name. */
const cratePath = /^[/\\]registry[/\\]src[/\\](?:index\.crates\.io|github\.com)-[0-9a-f]{16}[/\\]([A-Za-z][\w-]{0,63}?)-(\d+\.\d+\.\d+(?:[-+][\w.+-]{1,64})?)[/\\]/;

/** Real programs have some thousand places and some hundred crates. */
const maximumPlaces = 200_000;
const maximumCrates = 5000;

/**
 * Finds crates by the paths of their source files, which the compiler puts into a program for the messages of panics:
 * `…/registry/src/index.crates.io-6f17d22bba15001f/memchr-2.7.4/src/…`. A crate without such a message is not among them, and a
 * program whose paths were remapped has none.
 */
export class CrateTraceSearch {
  readonly #marks: readonly Buffer[];
  readonly #found = new Map<string, CrateTrace>();
  #places = 0;
  #tail: Buffer = Buffer.alloc(0);

  constructor(separators: readonly PathSeparator[]) {
    this.#marks = separators.map((separator) => Buffer.from(['', 'registry', 'src', ''].join(separator)));
  }

  /** The next bytes of the constants of a program, in order. They are the caller's. */
  push(piece: Buffer): void {
    if (piece.length < pathBytes) {
      this.#tail = Buffer.concat([this.#tail, piece]);
      return;
    }
    // Paths that began in the piece before.
    this.#search(Buffer.concat([this.#tail, piece.subarray(0, pathBytes)]), this.#tail.length);
    const end = piece.length - pathBytes;
    this.#search(piece, end);
    this.#tail = Buffer.from(piece.subarray(end));
  }

  /** After the last bytes. */
  finish(): readonly CrateTrace[] {
    this.#search(this.#tail, this.#tail.length);
    return joinCrateTraces([[...this.#found.values()]]);
  }

  /** @param end before which a path has to begin */
  #search(bytes: Buffer, end: number): void {
    for (const mark of this.#marks) {
      for (let at = bytes.indexOf(mark); at >= 0 && at < end && this.#places < maximumPlaces && this.#found.size < maximumCrates; at = bytes.indexOf(mark, at + mark.length)) {
        this.#places += 1;
        const [, name, version] = cratePath.exec(bytes.toString('latin1', at, at + pathBytes)) ?? [];
        if (name !== undefined && version !== undefined) this.#found.set(traceKey({ name, version }), { name, version });
      }
    }
  }
}

/** Each once, by name. */
export function joinCrateTraces(lists: readonly (readonly CrateTrace[])[]): readonly CrateTrace[] {
  const found = new Map(lists.flat().map((trace) => [traceKey(trace), trace]));
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? []);
}

function traceKey({ name, version }: CrateTrace): string {
  return `${name}@${version}`;
}

/** A crate that a program names in the text of its messages. */
export interface CrateTrace {
  readonly name: string;
  readonly version: string;
}

const mark = Buffer.from('/registry/src/');
/** Of a registry's folder, a crate, its version: longer texts are no such path. */
const pathBytes = 256;
/** Where cargo keeps the sources of crates.io, by its two protocols. Sources of other registries may be of anything by that name. */
const cratePath = /^\/registry\/src\/(?:index\.crates\.io|github\.com)-[0-9a-f]{16}\/([A-Za-z][\w-]{0,63}?)-(\d+\.\d+\.\d+(?:[-+][\w.+-]{1,64})?)\//;

/** Real programs have some thousand places and some hundred crates. */
const maximumPlaces = 200_000;
const maximumCrates = 5000;

/**
 * Crates by the paths of their source files, which the compiler puts into a program for the messages of panics:
 * `…/registry/src/index.crates.io-6f17d22bba15001f/memchr-2.7.4/src/…`. A crate without such a message is not among them, and a
 * program whose paths were remapped has none.
 * @param pieces of the constants of a program, in order
 */
export function crateTraces(pieces: Iterable<Buffer>): readonly CrateTrace[] {
  const found = new Map<string, CrateTrace>();
  let places = 0;
  const search = (bytes: Buffer, end: number): void => {
    for (let at = bytes.indexOf(mark); at >= 0 && at < end && places < maximumPlaces && found.size < maximumCrates; at = bytes.indexOf(mark, at + mark.length)) {
      places += 1;
      const [, name, version] = cratePath.exec(bytes.toString('latin1', at, at + pathBytes)) ?? [];
      if (name !== undefined && version !== undefined) found.set(`${name}@${version}`, { name, version });
    }
  };
  let tail: Buffer = Buffer.alloc(0);
  for (const piece of pieces) {
    if (piece.length < pathBytes) {
      tail = Buffer.concat([tail, piece]);
      continue;
    }
    // Paths that began in the piece before.
    search(Buffer.concat([tail, piece.subarray(0, pathBytes)]), tail.length);
    const end = piece.length - pathBytes;
    search(piece, end);
    tail = piece.subarray(end);
  }
  search(tail, tail.length);
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? []);
}

/**
 * Bytes of a program that tell its version: `anchor` is searched for, which is fast, and `version` has to match in the text
 * around it. Every byte is one character of that text.
 */
export interface VersionPattern {
  readonly anchor: string;
  /** With a group `version`. Has to take time in proportion to the text, which is a few hundred characters. */
  readonly version: RegExp;
}

/** How one product is told by a file of its own. */
export interface ClassifierRule {
  /** Name of the component, and of its `pkg:generic` package URL. */
  readonly product: string;
  /** Tested on the whole path. */
  readonly path: RegExp;
  /** The first of them that matches counts; they may depend on the file's name. */
  readonly patterns: readonly VersionPattern[] | ((name: string) => readonly VersionPattern[]);
  /** `vendor:product` as vulnerability databases have them, likeliest first. */
  readonly cpes: readonly string[];
  /** Products this one is built from and carries the marks of, which are then not told from the same file. */
  readonly insteadOf?: readonly string[];
  /** Of a version that stands beside the product's own name; less where only its neighbours are known. */
  readonly confidence: number;
}

/** Bytes before and behind an anchor that patterns look at. */
export const windowBytes = { before: 96, behind: 192 } as const;

const beginning = String.raw`(?:^|\/)`;
const behindName = String.raw`(?:-?\d+(?:\.\d+)*)?$`;
const behindLibrary = String.raw`(?:-\d[\d.]*|-[0-9a-f]{8})?\.so(?:\.[\d.]+)?$`;

/** A file of one of these names, with a version number behind it as distributions and vendors add it. */
export function namedFile(...names: readonly string[]): RegExp {
  return new RegExp(`${beginning}(?:${names.join('|')})${behindName}`);
}

/** A shared library of one of these names, whatever its version; wheels of Python have eight digits of its hash before the ending. */
export function sharedLibrary(...names: readonly string[]): RegExp {
  return new RegExp(`${beginning}(?:${names.join('|')})${behindLibrary}`);
}

/**
 * Matches what any of the paths of rules matches. What they begin and end with stands in it once: machine code for a hundred
 * times the same takes longer to make than a small image to read.
 */
export function anyPath(paths: readonly RegExp[]): RegExp {
  const within = (text: string, ending: string): string | undefined => (text.startsWith(beginning) && text.endsWith(ending) ? text.slice(beginning.length, -ending.length) : undefined);
  const byEnding = Map.groupBy(paths.map(({ source }) => source), (text) => [behindName, behindLibrary].find((ending) => within(text, ending) !== undefined));
  const parts = [...byEnding].flatMap(([ending, texts]) => (ending === undefined ? texts : [`${beginning}(?:${texts.map((text) => within(text, ending)).join('|')})${ending}`]));
  return new RegExp(parts.join('|'));
}

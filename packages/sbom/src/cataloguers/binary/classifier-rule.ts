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

/** A file of one of these names, with a version number behind it as distributions and vendors add it. */
export function namedFile(...names: readonly string[]): RegExp {
  return new RegExp(`(?:^|/)(?:${names.join('|')})(?:-?\\d+(?:\\.\\d+)*)?$`);
}

/** A shared library of one of these names, whatever its version; wheels of Python have eight digits of its hash before the ending. */
export function sharedLibrary(...names: readonly string[]): RegExp {
  return new RegExp(`(?:^|/)(?:${names.join('|')})(?:-\\d[\\d.]*|-[0-9a-f]{8})?\\.so(?:\\.[\\d.]+)?$`);
}

import type { TarEntryKind } from './tar-walker.js';

/** One entry of a layer's tar, in the order of the tar. */
export interface PathEntry {
  /** Relative to the root, whiteout names included. */
  readonly path: string;
  readonly kind: TarEntryKind;
  /** Permission bits. */
  readonly mode: number;
  readonly sizeBytes: number;
  /** Of links, as the archive has it. */
  readonly target?: string;
}

/** Entries in the order of the tar, which may be made anew each time they are gone through: an image has so many that they are not to be held. */
export interface PathTable extends Iterable<PathEntry> {
  readonly length: number;
  /** False where no path has a segment that begins with `.wh.`, as of most layers; absent where nobody has looked. */
  readonly mayHoldWhiteouts?: boolean;
}

/** Something worth telling about a file, said without regard to the image the layer is in. */
export interface FactDiagnostic {
  readonly code: string;
  readonly severity: 'incomplete' | 'notice';
  readonly message: string;
}

/** What one cataloguer made of one file of a layer. */
export interface FileFacts {
  /** Relative to the root, as the layer has it. */
  readonly path: string;
  /** The cataloguer's own, plain data that survives JSON; absent when the file held nothing. */
  readonly fact?: unknown;
  readonly diagnostics?: readonly FactDiagnostic[];
}

/** Everything this package keeps of one layer. Valid under any image. */
export interface LayerFacts {
  readonly diffId: string;
  readonly paths: PathTable;
  /** About entries that are not in `paths`. */
  readonly diagnostics: readonly FactDiagnostic[];
  /** By cataloguer name. A cataloguer that has not read this layer is absent. */
  readonly files: ReadonlyMap<string, readonly FileFacts[]>;
}

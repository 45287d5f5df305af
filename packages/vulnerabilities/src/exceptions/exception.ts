import type { VexJustification } from '../vex/vex-document.js';

/** A finding someone decided to live with, and for how long. Every scope given must hold. */
export interface Exception {
  /** Any of its identifiers. */
  readonly vulnerability: string;
  readonly reason: string;
  readonly author: string | undefined;
  /** Package URL; without a version it stands for every version. */
  readonly packageUrl: string | undefined;
  /** Glob for the path of the component in the image. */
  readonly path: string | undefined;
  /** Glob for `registry/repository:tag`. */
  readonly image: string | undefined;
  /** RFC 3339; it holds until then. */
  readonly expiresAt: string | undefined;
  /** It holds only as long as there is no fix. */
  readonly untilFixed: boolean;
  /** Given when the finding does not matter, rather than being accepted. */
  readonly justification: VexJustification | undefined;
}

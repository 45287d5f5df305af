import type { CatalogueLimits } from '@esscm/sbom';
import type { MergeOutcome, MergeRequest } from './layer-reader.js';

/**
 * What passes between the engine and a reading thread. One task at a time; bytes lie in the window they share. Every
 * message names its task, because bytes of a task that has failed may still be on their way when the next one begins.
 */
export type ToReader =
  | {
      readonly type: 'read';
      readonly task: number;
      readonly layer: LayerDescription;
      /** To be read in place of bytes from the engine; verified by the thread. */
      readonly file: string | undefined;
      readonly cataloguers: readonly string[] | undefined;
      readonly verifyDiffId: boolean;
      readonly inflateAhead: boolean;
      readonly limits: Partial<CatalogueLimits>;
    }
  /** The first bytes of a slot, the thread's until it has taken them. Slots are taken in the order they are sent. */
  | { readonly type: 'bytes'; readonly task: number; readonly slot: number; readonly bytes: number }
  /** The source ended well: its digest and size agree. */
  | { readonly type: 'end'; readonly task: number }
  /** The source failed or nobody wants the facts any more. */
  | { readonly type: 'stop'; readonly task: number }
  | { readonly type: 'merge'; readonly task: number; readonly request: MergeRequest; readonly limits: Partial<CatalogueLimits> };

export type FromReader =
  /** The layer is to be sent from its beginning; a layer may be wanted twice. */
  | { readonly type: 'open'; readonly task: number }
  /** Bytes the reader has taken in since the last such message, so that their slots may be used again. */
  | { readonly type: 'taken'; readonly task: number; readonly bytes: number }
  | { readonly type: 'facts'; readonly task: number; readonly facts: ReadonlyMap<string, Uint8Array> }
  | { readonly type: 'merged'; readonly task: number; readonly outcome: MergeOutcome }
  /** Merged, where the contents are to be kept: the catalogue is made of them, which costs less than a second copy on the way. */
  | { readonly type: 'contents'; readonly task: number; readonly contents: Uint8Array }
  | { readonly type: 'failed'; readonly task: number; readonly error: ReaderFailure };

interface LayerDescription {
  readonly digest: string;
  readonly diffId: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

/** An error's parts that survive the way between threads. */
export interface ReaderFailure {
  readonly name: string;
  readonly code: string | undefined;
  readonly message: string;
  readonly remedy: string | undefined;
}

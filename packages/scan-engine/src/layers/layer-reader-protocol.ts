import type { CatalogueLimits } from '@esscm/sbom';

/**
 * What passes between the engine and a reading thread. One layer at a time; bytes are transferred, not copied. Every
 * message names its read, because bytes of a read that has failed may still be on their way when the next one begins.
 */
export type ToReader =
  | {
      readonly type: 'read';
      readonly read: number;
      readonly layer: { readonly digest: string; readonly diffId: string; readonly mediaType: string; readonly sizeBytes: number };
      readonly keys: readonly string[];
      readonly limits: Partial<CatalogueLimits>;
    }
  | { readonly type: 'bytes'; readonly read: number; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The source ended well: its digest and size agree. */
  | { readonly type: 'end'; readonly read: number }
  /** The source failed or nobody wants the facts any more. */
  | { readonly type: 'stop'; readonly read: number };

export type FromReader =
  /** Bytes the reader has taken in, so that as many more may be sent. */
  | { readonly type: 'taken'; readonly read: number; readonly bytes: number }
  | { readonly type: 'facts'; readonly read: number; readonly facts: ReadonlyMap<string, Uint8Array> }
  | { readonly type: 'failed'; readonly read: number; readonly error: ReaderFailure };

/** An error's parts that survive the way between threads. */
export interface ReaderFailure {
  readonly name: string;
  readonly code: string | undefined;
  readonly message: string;
}

/** Bytes that may be on their way to a reader and not taken in yet. */
export const windowBytes = 4 * 1024 * 1024;

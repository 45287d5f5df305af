import type { TransactionStatus } from './backend-messages.js';
import type { Notification, SessionTag } from './read-reply.js';

/** What the engine's thread is started with. */
export interface EngineThreadData {
  /** Absolute path of an initialised data directory. */
  readonly folder: string;
}

/** One batch for the engine. Only one is under way at a time. */
export interface EngineJob {
  readonly kind: 'run';
  /** Run before the batch, its answer thrown away unless it failed; empty for none. */
  readonly prelude: Uint8Array | undefined;
  readonly batch: ArrayBuffer;
  readonly end: 'query' | 'sync' | 'flush';
  readonly mayCopyIn: boolean;
}

export type EngineRequest = EngineJob | { readonly kind: 'close' };

/** Answer to one job. */
export interface EngineReply {
  readonly kind: 'reply';
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Undefined only for a batch that ended at Flush. */
  readonly status: TransactionStatus | undefined;
  readonly tags: readonly SessionTag[];
  readonly notifications: readonly Notification[];
  /** The prelude failed: the whole ErrorResponse; the batch was not run. */
  readonly preludeError: Uint8Array<ArrayBuffer> | undefined;
  /** Files and directories synchronised to disk since the thread started. */
  readonly syncs: number;
}

export type EngineEvent =
  | EngineReply
  | { readonly kind: 'ready'; readonly parameters: ReadonlyMap<string, string> }
  /** The engine cannot be trusted any more; the thread must be ended. */
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'closed' };

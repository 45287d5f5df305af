import type { CheckOutcome, ClaimedWatch, RegistryEventInput, WatchRecord } from '../watch-records.js';

export interface WatchRepository {
  findMany(organizationId: string, connectionIds: readonly string[]): Promise<readonly WatchRecord[]>;
  /** Resuming makes a check due. */
  change(organizationId: string, connectionId: string, change: { readonly everyMinutes?: number; readonly paused?: boolean }): Promise<WatchRecord | undefined>;
  /** A check is due now, also of a paused connection. */
  requestCheck(organizationId: string, connectionId: string): Promise<WatchRecord | undefined>;
  /** `hash` is SHA-256 of the secret, which is never stored. */
  setEventSecret(organizationId: string, connectionId: string, hash: Uint8Array): Promise<WatchRecord | undefined>;
  /** For the endpoint that events come to, which knows no organisation before. */
  eventSecretOf(connectionId: string): Promise<{ readonly organizationId: string; readonly hash: Uint8Array } | undefined>;
  /** Keeps an event and makes a look at its repository due; false for one that is known already. */
  receiveEvent(organizationId: string, connectionId: string, event: RegistryEventInput): Promise<boolean>;
  countEvents(organizationId: string, connectionId: string, since: Date): Promise<number>;

  /** Makes rows for connections of earlier releases. */
  ensureAll(): Promise<void>;
  /** When the next claim can succeed; undefined when nothing is planned. */
  nextDueAt(): Promise<Date | undefined>;
  /** Takes a due connection for `leaseMs`; nobody else gets it meanwhile. `holder` names who has it. */
  claim(holder: string, leaseMs: number): Promise<ClaimedWatch | undefined>;
  /** False when the lease was lost: whoever runs the check has to stop. */
  renew(connectionId: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Ends a check that was claimed. A lost lease changes nothing. */
  finish(connectionId: string, holder: string, outcome: CheckOutcome): Promise<void>;
  /** Gives a claimed check back as it was, to be claimed by another process. */
  release(connectionId: string, holder: string): Promise<void>;
  deleteEventsBefore(moment: Date): Promise<number>;
}

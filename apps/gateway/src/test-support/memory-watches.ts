import { NotFoundError, type SelectionRecord, type Store, type WatchRecord } from '@esscm/store';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The part of the memory store that keeps connections current; what only a scanner calls refuses. */
export class MemoryWatches {
  readonly selectionRows: SelectionRecord[] = [];
  readonly watchRows: Mutable<WatchRecord>[] = [];
  readonly events: { readonly connectionId: string; readonly eventId: string; readonly repository: string }[] = [];
  readonly requested: string[] = [];
  readonly #secrets = new Map<string, Uint8Array>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** As connecting makes it. */
  start(organizationId: string, connectionId: string): void {
    this.watchRows.push({ organizationId, connectionId, everyMinutes: 60, paused: false, nextCheckAt: this.#now() });
  }

  readonly selections: Store['selections'] = {
    list: async (organizationId, connectionId) => this.selectionRows.filter((row) => row.organizationId === organizationId && row.connectionId === connectionId),
    replace: async (organizationId, connectionId, selections, by) => {
      if (this.#find(organizationId, connectionId) === undefined) throw new NotFoundError('connection');
      const rows = selections.map((selection, index): SelectionRecord => ({ ...selection, id: selection.id ?? `sel_${index + 1}`, organizationId, connectionId, createdAt: this.#now(), createdBy: by }));
      this.selectionRows.splice(0, this.selectionRows.length, ...this.selectionRows.filter((row) => row.connectionId !== connectionId), ...rows);
      this.requested.push(connectionId);
      return rows;
    },
    countImages: async () => new Map(),
  };

  readonly watches: Store['watches'] = {
    findMany: async (organizationId, ids) => this.watchRows.filter((row) => row.organizationId === organizationId && ids.includes(row.connectionId)),
    change: async (organizationId, connectionId, change) => this.#change(organizationId, connectionId, change),
    requestCheck: async (organizationId, connectionId) => {
      this.requested.push(connectionId);
      return this.#find(organizationId, connectionId);
    },
    setEventSecret: async (organizationId, connectionId, hash) => {
      this.#secrets.set(connectionId, hash);
      return this.#change(organizationId, connectionId, { eventSecretSetAt: this.#now() });
    },
    eventSecretOf: async (connectionId) => {
      const hash = this.#secrets.get(connectionId);
      return hash === undefined ? undefined : { organizationId: 'org_1', hash };
    },
    receiveEvent: async (_organizationId, connectionId, { eventId, repository }) => {
      if (this.events.some((event) => event.connectionId === connectionId && event.eventId === eventId)) return false;
      this.events.push({ connectionId, eventId, repository });
      return true;
    },
    countEvents: async (_organizationId, connectionId) => this.events.filter((event) => event.connectionId === connectionId).length,
    ensureAll: refuse('ensureAll'),
    nextDueAt: refuse('nextDueAt'),
    claim: refuse('claim'),
    renew: refuse('renew'),
    finish: refuse('finish'),
    release: refuse('release'),
    deleteEventsBefore: refuse('deleteEventsBefore'),
  };

  #find(organizationId: string, connectionId: string): Mutable<WatchRecord> | undefined {
    return this.watchRows.find((row) => row.organizationId === organizationId && row.connectionId === connectionId);
  }

  #change(organizationId: string, connectionId: string, change: Partial<WatchRecord>): WatchRecord | undefined {
    const row = this.#find(organizationId, connectionId);
    if (row !== undefined) Object.assign(row, change);
    return row;
  }
}

function refuse(call: string): () => Promise<never> {
  return () => Promise.reject(new Error(`The test did not expect ${call}.`));
}

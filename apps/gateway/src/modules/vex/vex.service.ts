import { vexChangeTopic } from '@esscm/jobs';
import type { DialPolicy } from '@esscm/oci-client';
import { fetchVex, readVexContent, vexFailure, type VexContent, type VexFailure } from '@esscm/scan-engine/vex';
import type { Store, VexDocumentRecord } from '@esscm/store';
import type { Logger } from 'pino';
import type { AttemptLimiter } from '../../authentication/attempt-limiter.js';
import type { GatewayJobs } from '../../dependencies.js';
import { loggableError } from '../../loggable-error.js';

interface VexServiceOptions {
  readonly store: Pick<Store, 'vex'>;
  readonly events: Pick<GatewayJobs['events'], 'publish'>;
  /** Which networks addresses may lead to. */
  readonly dialer: DialPolicy;
  /** Addresses that one user may have fetched. */
  readonly fetches: AttemptLimiter;
  readonly now: () => Date;
  readonly log: Logger;
}

/** Who adds a document. */
export interface VexAuthor {
  readonly organizationId: string;
  readonly userId: string;
  /** For people. */
  readonly name: string;
}

export type KeptVex = { readonly document: VexDocumentRecord; readonly outcome: 'added' | 'replaced' | 'unchanged' };
/** `retryAfterMs` where too many addresses were fetched. */
export type RefusedVex = { readonly failure: VexFailure } | { readonly retryAfterMs: number };

const dayMs = 24 * 3_600_000;
const timeoutMs = 25_000;
const maximumName = 200;

/** Adding, fetching and removing VEX documents. Scanners apply them. */
export class VexService {
  readonly #options: VexServiceOptions;

  constructor(options: VexServiceOptions) {
    this.#options = options;
  }

  /** Keeps the text of a file, in place of an earlier version of the same document. */
  async upload({ organizationId, name: addedBy }: VexAuthor, file: string, bytes: Uint8Array): Promise<KeptVex | RefusedVex> {
    const name = nameOf(file, 'a document');
    const content = refusing(() => readVexContent(bytes, { location: name }));
    if ('failure' in content) return content;
    const identity = `${content.format} ${content.documentId}`;
    return this.#changed(await this.#options.store.vex.put(organizationId, { ...content, source: 'uploaded', identity, name, location: name, addedBy }));
  }

  /** Fetches a document from an address, which is asked again every day. */
  async addAddress({ organizationId, userId, name: addedBy }: VexAuthor, address: string, name: string | undefined, signal: AbortSignal): Promise<KeptVex | RefusedVex> {
    const { store, now } = this.#options;
    const fetched = await this.#fetch(userId, address, signal);
    if ('failure' in fetched || 'retryAfterMs' in fetched) return fetched;
    const { content, validators } = fetched;
    const called = nameOf(name ?? new URL(address).pathname, new URL(address).host);
    return this.#changed(
      await store.vex.put(organizationId, { ...content, source: 'address', identity: address, name: called, location: address, addedBy, validators, nextCheckAt: new Date(now().getTime() + dayMs) }),
    );
  }

  /** Asks the address of a document now. A failure is kept with it, and what it said before counts on. */
  async refresh({ organizationId, userId }: VexAuthor, document: VexDocumentRecord, signal: AbortSignal): Promise<KeptVex | RefusedVex | undefined> {
    const { store, now } = this.#options;
    const nextCheckAt = new Date(now().getTime() + dayMs);
    const fetched = await this.#fetch(userId, document.location, signal);
    if ('retryAfterMs' in fetched) return fetched;
    if ('failure' in fetched) {
      await store.vex.recordCheck(document.id, { nextCheckAt, failure: fetched.failure });
      return fetched;
    }
    const outcome = await store.vex.replaceFromAddress(organizationId, document.id, fetched.content, { nextCheckAt, validators: fetched.validators });
    const present = await store.vex.find(organizationId, document.id);
    return outcome === undefined || present === undefined ? undefined : this.#changed({ document: present, outcome });
  }

  async remove(organizationId: string, id: string): Promise<boolean> {
    const removed = await this.#options.store.vex.delete(organizationId, id);
    if (removed) await this.#ring();
    return removed;
  }

  async setTrust(organizationId: string, connectionId: string, trustedBy: string | undefined): Promise<boolean> {
    const known = await this.#options.store.vex.setTrust(organizationId, connectionId, trustedBy);
    if (known) await this.#ring();
    return known;
  }

  async #fetch(userId: string, address: string, signal: AbortSignal): Promise<{ readonly content: VexContent; readonly validators: { readonly entityTag?: string; readonly lastModified?: string } } | RefusedVex> {
    const { dialer, fetches } = this.#options;
    const retryAfterMs = fetches.retryAfterMs(userId);
    if (retryAfterMs > 0) return { retryAfterMs };
    fetches.record(userId);
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const fetched = await fetchVex(address, {}, { dialer, signal: AbortSignal.any([signal, timeout]) });
      return fetched ?? { failure: { code: 'protocol', message: 'The server says that nothing has changed, and was not asked.', remedy: 'Give the address of the document itself.' } };
    } catch (error) {
      if (timeout.aborted) return { failure: { code: 'unreachable', message: 'The document did not come within 25 seconds.', remedy: 'Try again, or upload the file.' } };
      const failure = vexFailure(error);
      if (failure === undefined) throw error;
      return { failure };
    }
  }

  async #changed(kept: KeptVex): Promise<KeptVex> {
    if (kept.outcome !== 'unchanged') await this.#ring();
    return kept;
  }

  /** Unheard it costs a minute, because scanners look by themselves. */
  async #ring(): Promise<void> {
    try {
      await this.#options.events.publish(vexChangeTopic, {});
    } catch (error) {
      this.#options.log.warn({ error: loggableError(error) }, 'scanners could not be woken for VEX documents');
    }
  }
}

/** The last part of a path, cut to what fits a list. */
function nameOf(path: string, otherwise: string): string {
  const last = path.split(/[/\\]/).at(-1)?.trim() ?? '';
  return (last === '' ? otherwise : last).slice(0, maximumName);
}

function refusing(read: () => VexContent): VexContent | { readonly failure: VexFailure } {
  try {
    return read();
  } catch (error) {
    const failure = vexFailure(error);
    if (failure === undefined) throw error;
    return { failure };
  }
}

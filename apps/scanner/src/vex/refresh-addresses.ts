import type { DialPolicy } from '@esscm/oci-client';
import { fetchVex, vexFailure } from '@esscm/scan-engine/vex';
import type { Store, VexDocumentRecord } from '@esscm/store';
import type { Logger } from 'pino';

export interface RefreshAddressesDependencies {
  readonly store: Pick<Store, 'vex'>;
  readonly dialer: DialPolicy;
  readonly clock: { now(): Date };
  readonly log: Logger;
}

const hourMs = 3_600_000;
const intervalMs = 24 * hourMs;
/** Waits after the first failures in a row; afterwards the interval. */
const retryDelaysMs = [hourMs / 4, hourMs, 4 * hourMs];
const perLook = 20;
const timeoutMs = 60_000;

/** Asks the addresses of documents that are due whether they say something else. What an address said last counts while it does not answer. */
export async function refreshAddresses(dependencies: RefreshAddressesDependencies, signal: AbortSignal): Promise<void> {
  for (const document of await dependencies.store.vex.dueAddresses(perLook)) {
    signal.throwIfAborted();
    await refresh(dependencies, document, signal);
  }
}

async function refresh({ store, dialer, clock, log }: RefreshAddressesDependencies, document: VexDocumentRecord & { readonly organizationId: string }, signal: AbortSignal): Promise<void> {
  const { id, organizationId, location, entityTag, lastModified, failures } = document;
  const after = (ms: number): Date => new Date(clock.now().getTime() + ms);
  try {
    const known = { ...(entityTag !== undefined && { entityTag }), ...(lastModified !== undefined && { lastModified }) };
    const fetched = await fetchVex(location, known, { dialer, signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
    if (fetched === undefined) return await store.vex.recordCheck(id, { nextCheckAt: after(intervalMs) });
    const outcome = await store.vex.replaceFromAddress(organizationId, id, fetched.content, { nextCheckAt: after(intervalMs), validators: fetched.validators });
    log.info({ documentId: id, outcome }, 'the address of a VEX document was asked');
  } catch (error) {
    signal.throwIfAborted();
    const failure = vexFailure(error) ?? { code: 'internal', message: 'Something failed while the document was fetched.', remedy: 'The log of the server has the cause; it is tried again.' };
    log.warn({ documentId: id, code: failure.code, err: vexFailure(error) === undefined ? error : undefined }, 'a VEX document could not be fetched again');
    await store.vex.recordCheck(id, { nextCheckAt: after(retryDelaysMs[failures] ?? intervalMs), failure });
  }
}

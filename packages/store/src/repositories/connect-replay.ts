import { and, eq, gt, inArray } from 'drizzle-orm';
import { connectRequests, connections } from '../schema/connection-tables.js';
import { scans, trackedImages } from '../schema/image-tables.js';
import type { Executor } from '../store-context.js';
import type { ConnectResult } from '../store.js';
import { toConnection } from './connection-rows.js';
import { toScan } from './scan-rows.js';
import { toTrackedImage } from './tracked-image-repository.js';

/** Names one request of one user. */
export interface ConnectRequestKey {
  readonly organizationId: string;
  readonly requestedBy: string;
  readonly clientMutationId: string;
}

/** How long a request is remembered. */
export const replayWindowMs = 24 * 3_600_000;

/** The answer a request got before; undefined when it is new, older than `since`, or still being answered. */
export async function readReplay(executor: Executor, key: ConnectRequestKey, since = new Date(0)): Promise<ConnectResult | undefined> {
  const [first] = await executor
    .select()
    .from(connectRequests)
    .where(and(ofRequest(key), gt(connectRequests.createdAt, since)));
  if (first === undefined || first.connectionId === null) return undefined;
  const [connection] = await executor.select().from(connections).where(eq(connections.id, first.connectionId));
  if (connection === undefined) return undefined;
  const images = await executor.select().from(trackedImages).where(inArray(trackedImages.id, first.imageIds));
  const scanRows = await executor.select().from(scans).where(inArray(scans.id, first.scanIds));
  return {
    connection: toConnection(connection),
    images: inOrder(first.imageIds, images).map(toTrackedImage),
    scans: inOrder(first.scanIds, scanRows).map(toScan),
    replayed: true,
  };
}

export function ofRequest({ organizationId, requestedBy, clientMutationId }: ConnectRequestKey) {
  return and(
    eq(connectRequests.organizationId, organizationId),
    eq(connectRequests.requestedBy, requestedBy),
    eq(connectRequests.clientMutationId, clientMutationId),
  );
}

/** Rows come back from the database in any order. */
export function inOrder<Row extends { readonly id: string }>(ids: readonly string[], rows: readonly Row[]): readonly Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}

import { and, eq, gte, inArray, lt } from 'drizzle-orm';
import { NameTakenError } from '../errors.js';
import { createId, isId } from '../ids.js';
import type { ConnectionRecord } from '../records.js';
import { connectionDrafts, connectRequests, connections } from '../schema/connection-tables.js';
import { scans, trackedImages } from '../schema/image-tables.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { ConnectInput, ConnectResult } from '../contract/connection-repository.js';
import { violatesUnique } from '../violated-constraint.js';
import { withoutNulls } from '../without-nulls.js';
import { createImages, createScans, inOrder } from './image-rows.js';
import { toScan } from './scan-rows.js';
import { deleteSecrets, writeSecrets } from './sealed-secret-rows.js';
import { writeSelections } from './selection-repository.js';
import { toTrackedImage } from './tracked-image-record.js';
import { createWatch } from './watch-repository.js';

const replayWindowMs = 24 * 3_600_000;

export function toConnection(row: typeof connections.$inferSelect): ConnectionRecord {
  return withoutNulls(row);
}

/** Implements `ConnectionRepository.connect`. */
export async function connect(context: StoreContext, input: ConnectInput): Promise<ConnectResult> {
  try {
    return await context.database.transaction(async (transaction) => {
      const replay = await claimRequest(transaction, context.clock.now(), input);
      return replay ?? (await createConnection(transaction, context, input));
    });
  } catch (error) {
    if (violatesUnique(error, 'connections_name')) throw new NameTakenError(input.name, error);
    throw error;
  }
}

/** Takes the request's id, or gives the first answer when somebody took it before. A second one at the same moment waits here. */
async function claimRequest(executor: Executor, now: Date, input: ConnectInput): Promise<ConnectResult | undefined> {
  const { organizationId, requestedBy, clientMutationId } = input;
  if (clientMutationId === undefined) return undefined;
  await executor.delete(connectRequests).where(lt(connectRequests.createdAt, new Date(now.getTime() - replayWindowMs)));
  const claimed = await executor
    .insert(connectRequests)
    .values({ organizationId, requestedBy, clientMutationId, createdAt: now, imageIds: [], scanIds: [] })
    .onConflictDoNothing()
    .returning({ createdAt: connectRequests.createdAt });
  if (claimed.length > 0) return undefined;
  const first = await readReplay(executor, { organizationId, requestedBy, clientMutationId });
  if (first === undefined) throw new Error('the first answer of a repeated request is gone');
  return first;
}

type ConnectRequest = Pick<ConnectInput, 'organizationId' | 'requestedBy'> & { readonly clientMutationId: string };

/** Implements `ConnectionRepository.findReplay`. */
export async function findReplay({ database, clock }: StoreContext, request: ConnectRequest): Promise<ConnectResult | undefined> {
  return readReplay(database, request, new Date(clock.now().getTime() - replayWindowMs));
}

async function readReplay(executor: Executor, request: ConnectRequest, since = new Date(0)): Promise<ConnectResult | undefined> {
  const [first] = await executor.select().from(connectRequests).where(and(ofRequest(request), gte(connectRequests.createdAt, since)));
  const [connection] = await executor.select().from(connections).where(eq(connections.id, first?.connectionId ?? ''));
  if (first === undefined || connection === undefined) return undefined;
  const images = await executor.select().from(trackedImages).where(inArray(trackedImages.id, first.imageIds));
  const scanRows = await executor.select().from(scans).where(inArray(scans.id, first.scanIds));
  return {
    connection: toConnection(connection),
    images: inOrder(first.imageIds, images).map(toTrackedImage),
    scans: inOrder(first.scanIds, scanRows).map(toScan),
    replayed: true,
  };
}

async function createConnection(executor: Executor, { vault, clock }: StoreContext, input: ConnectInput): Promise<ConnectResult> {
  const { organizationId, requestedBy, clientMutationId, draftId } = input;
  const now = clock.now();
  const hasSecrets = Object.keys(input.secrets).length > 0;
  const [connection] = await executor
    .insert(connections)
    .values({
      id: createId('con'),
      organizationId,
      pluginId: input.pluginId,
      variantId: input.variantId,
      credentialKindId: input.credentialKindId ?? null,
      name: input.name,
      description: input.description,
      settings: input.settings,
      credentialHint: input.credentialHint,
      credentialSetAt: hasSecrets || input.credentialKindId !== undefined ? now : null,
      credentialExpiresAt: input.credentialExpiresAt ?? null,
      verification: input.verification ?? null,
      withoutScanning: input.withoutScanning ?? false,
      sample: input.sample,
      createdAt: now,
      createdBy: requestedBy,
    })
    .returning();
  if (connection === undefined) throw new Error('the connection was not written');
  await writeSecrets(executor, vault, { organizationId, ownerId: connection.id }, input.secrets);
  const images = await createImages(executor, organizationId, connection.id, input.images, now);
  const queued = input.withoutScanning === true ? [] : await createScans(executor, images, { trigger: 'connect', requestedBy, createdAt: now });
  await writeSelections(executor, { organizationId, connectionId: connection.id, createdAt: now, createdBy: requestedBy }, input.selections ?? []);
  await createWatch(executor, organizationId, connection.id, now);
  if (draftId !== undefined && isId(draftId)) {
    const ended = await executor
      .delete(connectionDrafts)
      .where(and(eq(connectionDrafts.organizationId, organizationId), eq(connectionDrafts.id, draftId)))
      .returning({ id: connectionDrafts.id });
    await deleteSecrets(executor, ended.map((row) => row.id));
  }
  if (clientMutationId !== undefined) {
    await executor
      .update(connectRequests)
      .set({ connectionId: connection.id, imageIds: images.map((image) => image.id), scanIds: queued.map((scan) => scan.id) })
      .where(ofRequest({ organizationId, requestedBy, clientMutationId }));
  }
  return { connection: toConnection(connection), images, scans: queued, replayed: false };
}

function ofRequest({ organizationId, requestedBy, clientMutationId }: ConnectRequest) {
  return and(
    eq(connectRequests.organizationId, organizationId),
    eq(connectRequests.requestedBy, requestedBy),
    eq(connectRequests.clientMutationId, clientMutationId),
  );
}

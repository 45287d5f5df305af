import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { NameTakenError } from '../errors.js';
import { createId, isId } from '../ids.js';
import type { ConnectionRecord, ScanRecord, TrackedImageRecord } from '../records.js';
import { connectionDrafts, connectRequests, connections } from '../schema/connection-tables.js';
import { projects, projectVersions, scans, trackedImages } from '../schema/image-tables.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { ConnectImage, ConnectInput, ConnectResult } from '../store.js';
import { violatesUnique } from '../violated-constraint.js';
import { withoutNulls } from '../without-nulls.js';
import { projectNameKey } from './project-repository.js';
import { queuedScan, toScan } from './scan-rows.js';
import { deleteSecrets, writeSecrets } from './sealed-secret-rows.js';
import { toTrackedImage } from './tracked-image-repository.js';

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
  const queued = input.withoutScanning === true ? [] : await createScans(executor, images, requestedBy, now);
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

async function createImages(
  executor: Executor,
  organizationId: string,
  connectionId: string,
  chosen: readonly ConnectImage[],
  createdAt: Date,
): Promise<readonly TrackedImageRecord[]> {
  const images = [...new Map(chosen.map((image) => [sameImage(image), image])).values()];
  const versions = new Map<string, string>();
  const rows: (typeof trackedImages.$inferInsert)[] = [];
  for (const image of images) {
    const key = JSON.stringify([projectNameKey(image.projectName), image.projectVersion]);
    const projectVersionId = versions.get(key) ?? (await ensureProjectVersion(executor, organizationId, image, createdAt));
    versions.set(key, projectVersionId);
    rows.push({
      id: createId('img'),
      organizationId,
      connectionId,
      projectVersionId,
      name: image.name,
      repository: image.repository,
      tag: image.tag ?? '',
      pinnedDigest: image.pinnedDigest ?? null,
      platform: image.platform ?? null,
      createdAt,
    });
  }
  if (rows.length === 0) return [];
  const written = await executor.insert(trackedImages).values(rows).returning();
  return inOrder(rows.map((row) => row.id), written).map(toTrackedImage);
}

async function createScans(
  executor: Executor,
  images: readonly TrackedImageRecord[],
  requestedBy: string,
  createdAt: Date,
): Promise<readonly ScanRecord[]> {
  if (images.length === 0) return [];
  const rows = images.map(({ id, organizationId, connectionId }) =>
    queuedScan({ organizationId, trackedImageId: id, connectionId, trigger: 'connect', requestedBy, createdAt }),
  );
  const written = await executor.insert(scans).values(rows).returning();
  return inOrder(rows.map((row) => row.id), written).map(toScan);
}

/** The version's id. Rows are locked by the upsert, so that a deletion at the same moment cannot take them away. */
async function ensureProjectVersion(executor: Executor, organizationId: string, image: ConnectImage, createdAt: Date): Promise<string> {
  const nameKey = projectNameKey(image.projectName);
  const [project] = await executor
    .insert(projects)
    .values({ id: createId('prj'), organizationId, name: image.projectName, nameKey, createdAt })
    .onConflictDoUpdate({ target: [projects.organizationId, projects.nameKey], set: { name: sql`${projects.name}` } })
    .returning({ id: projects.id });
  const projectId = project?.id ?? '';
  const [version] = await executor
    .insert(projectVersions)
    .values({ id: createId('ver'), organizationId, projectId, version: image.projectVersion, createdAt })
    .onConflictDoUpdate({ target: [projectVersions.projectId, projectVersions.version], set: { version: sql`${projectVersions.version}` } })
    .returning({ id: projectVersions.id });
  return version?.id ?? '';
}

/** Two choices with the same key are one image. */
function sameImage(image: ConnectImage): string {
  const { name, tag, pinnedDigest, platform, projectName, projectVersion } = image;
  return JSON.stringify([name, tag, pinnedDigest, platform, projectNameKey(projectName), projectVersion]);
}

function ofRequest({ organizationId, requestedBy, clientMutationId }: ConnectRequest) {
  return and(
    eq(connectRequests.organizationId, organizationId),
    eq(connectRequests.requestedBy, requestedBy),
    eq(connectRequests.clientMutationId, clientMutationId),
  );
}

/** Rows come back from the database in any order. */
function inOrder<Row extends { readonly id: string }>(ids: readonly string[], rows: readonly Row[]): readonly Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}

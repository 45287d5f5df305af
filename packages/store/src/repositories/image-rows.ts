import { sql } from 'drizzle-orm';
import { createId } from '../ids.js';
import type { ConnectImage, ScanRecord, TrackedImageRecord } from '../records.js';
import { projects, projectVersions, scans, trackedImages } from '../schema/image-tables.js';
import type { Executor } from '../store-context.js';
import { projectNameKey } from './project-repository.js';
import { queuedScan, toScan } from './scan-rows.js';
import { toTrackedImage } from './tracked-image-record.js';

/** The database takes 65,535 parameters in one statement. */
const rowsPerInsert = 500;

/** Tracked images with the projects and versions they need; a choice that is made twice is one. */
export async function createImages(
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
      ruleId: image.ruleId ?? null,
      registryDigest: image.registryDigest ?? null,
      createdAt,
    });
  }
  const written: (typeof trackedImages.$inferSelect)[] = [];
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    written.push(...(await executor.insert(trackedImages).values(rows.slice(start, start + rowsPerInsert)).returning()));
  }
  return inOrder(rows.map((row) => row.id), written).map(toTrackedImage);
}

/** Queued scans of images that have none running or waiting; an image that has is left out. */
export async function createScans(
  executor: Executor,
  images: readonly Pick<TrackedImageRecord, 'id' | 'organizationId' | 'connectionId'>[],
  scan: Pick<ScanRecord, 'trigger' | 'requestedBy' | 'createdAt'>,
): Promise<readonly ScanRecord[]> {
  const rows = images.map(({ id, organizationId, connectionId }) => queuedScan({ organizationId, trackedImageId: id, connectionId, ...scan }));
  const written: (typeof scans.$inferSelect)[] = [];
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    written.push(...(await executor.insert(scans).values(rows.slice(start, start + rowsPerInsert)).onConflictDoNothing().returning()));
  }
  return inOrder(rows.map((row) => row.id), written).map(toScan);
}

/** The version's id. Rows are locked by the upsert, so that a deletion at the same moment cannot take them away. */
export async function ensureProjectVersion(
  executor: Executor,
  organizationId: string,
  image: Pick<ConnectImage, 'projectName' | 'projectVersion'>,
  createdAt: Date,
): Promise<string> {
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

/** Rows come back from the database in any order. */
export function inOrder<Row extends { readonly id: string }>(ids: readonly string[], rows: readonly Row[]): readonly Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}

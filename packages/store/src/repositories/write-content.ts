import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { and, eq, lt, sql, type SQL } from 'drizzle-orm';
import { createId } from '../ids.js';
import { catalogueChunks, components, contentLayers, contents } from '../schema/content-tables.js';
import { storableJson, storableText } from '../storable-text.js';
import type { StoreContext, StoreDatabase } from '../store-context.js';
import type { ScanResultInput } from '../contract/scan-result-input.js';
import { chunksOf } from './value-chunks.js';
import { writeMatching } from './write-matching.js';

/** Rows of one insert: some tens of milliseconds, after which readers of the embedded database get their turn. */
const rowsPerStatement = 1000;

/** What is longer unpublished than any write takes was left behind by a process that ended. */
const unpublishedLifetimeMs = 3_600_000;

const compress = promisify(zstdCompress);

type Component = ScanResultInput['components'][number];

/**
 * Writes a result under a new content id in several short statements. Nobody sees it until it is published; a process that ends
 * before leaves rows that {@link removeAbandonedContents} removes.
 */
export async function writeContent({ database, clock }: StoreContext, organizationId: string, result: ScanResultInput): Promise<string> {
  const contentId = createId('cnt');
  await database.insert(contents).values({
    id: contentId,
    organizationId,
    published: false,
    digest: result.digest,
    mediaType: storableText(result.mediaType),
    platform: storableText(result.platform),
    created: optionalText(result.created),
    sizeBytes: result.sizeBytes,
    distributionName: optionalText(result.distributionName),
    baseName: optionalText(result.base?.name),
    baseLayerCount: result.base?.layerCount ?? null,
    baseDiffId: result.layers.find(({ index }) => index === (result.base?.layerCount ?? 0) - 1)?.diffId ?? null,
    componentCount: result.components.length,
    partial: result.partial,
    diagnostics: result.diagnostics,
    catalogueVersion: result.catalogueVersion,
    cataloguedAt: clock.now(),
  });
  await writeLayers(database, organizationId, contentId, result);
  const sorted = result.components.toSorted((a, b) => order(a.name, b.name) || order(a.version, b.version) || order(a.id, b.id));
  for (let start = 0; start < sorted.length; start += rowsPerStatement) {
    await database.execute(insertComponents(organizationId, contentId, start, sorted.slice(start, start + rowsPerStatement)));
  }
  const chunks = chunksOf(await compress(result.catalogue));
  for (const [index, bytes] of chunks.entries()) {
    await database.insert(catalogueChunks).values({ contentId, organizationId, index, bytes });
  }
  if (result.matching !== undefined) await writeMatching(database, { organizationId, contentId, now: clock.now() }, result.matching);
  return contentId;
}

/** Removes what was never published and is too old to be still in the writing. Gives the number of contents removed. */
export async function removeAbandonedContents({ database, clock }: StoreContext): Promise<number> {
  const before = new Date(clock.now().getTime() - unpublishedLifetimeMs);
  const removed = await database
    .delete(contents)
    .where(and(eq(contents.published, false), lt(contents.cataloguedAt, before)))
    .returning({ id: contents.id });
  return removed.length;
}

async function writeLayers(database: StoreDatabase, organizationId: string, contentId: string, result: ScanResultInput): Promise<void> {
  if (result.layers.length === 0) return;
  const counts = Map.groupBy(result.components, introducedIn);
  await database.insert(contentLayers).values(
    result.layers.map((layer) => ({
      contentId,
      organizationId,
      index: layer.index,
      digest: layer.digest,
      diffId: layer.diffId,
      mediaType: storableText(layer.mediaType),
      sizeBytes: layer.sizeBytes,
      createdBy: optionalText(layer.createdBy),
      componentCount: counts.get(layer.index)?.length ?? 0,
    })),
  );
}

function insertComponents(organizationId: string, contentId: string, start: number, rows: readonly Component[]): SQL {
  const column = (value: (row: Component) => string | number | null, type: 'text' | 'int') =>
    sql`${sql.param(rows.map(value))}::${sql.raw(type)}[]`;
  const text = (value: (row: Component) => string | undefined) => column((row) => optionalText(value(row)), 'text');
  return sql`
    insert into ${components} (content_id, organization_id, position, id, ecosystem, name, version, package_url, layer_index,
      licences, locations, description, supplier, source_name, source_version, owned_by, look_ups, match_facts)
    select ${contentId}, ${organizationId}, ${start}::int + row.ordinality::int - 1, row.id, row.ecosystem, row.name, row.version, row.package_url,
      row.layer_index, row.licences::jsonb, row.locations::jsonb, row.description, row.supplier, row.source_name, row.source_version, row.owned_by,
      row.look_ups::int[], row.match_facts::jsonb
    from unnest(
      ${text((row) => row.id)}, ${text((row) => row.ecosystem)}, ${text((row) => row.name)}, ${text((row) => row.version)},
      ${text((row) => row.packageUrl)}, ${column((row) => introducedIn(row) ?? null, 'int')},
      ${column((row) => storableJson(row.licences), 'text')}, ${column((row) => storableJson(row.locations), 'text')},
      ${text((row) => row.description)}, ${text((row) => row.supplier)}, ${text((row) => row.sourceName)},
      ${text((row) => row.sourceVersion)}, ${text((row) => row.ownedBy)},
      ${column((row) => (row.lookUps === undefined ? null : `{${row.lookUps.join(',')}}`), 'text')},
      ${column((row) => (row.matchFacts === undefined ? null : storableJson(row.matchFacts)), 'text')}
    ) with ordinality as row (id, ecosystem, name, version, package_url, layer_index, licences, locations, description, supplier,
      source_name, source_version, owned_by, look_ups, match_facts, ordinality)`;
}

function introducedIn(component: Component): number | undefined {
  return component.locations[0]?.layerIndex;
}

function optionalText(text: string | undefined): string | null {
  return text === undefined ? null : storableText(text);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

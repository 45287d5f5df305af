import { and, desc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import { isId } from '../ids.js';
import { scans } from '../schema/image-tables.js';
import type { StoreContext } from '../store-context.js';

const newestBegun = 20;
const hourMs = 3_600_000;

/** Implements `ScanRepository.aheadOf`. */
export async function scansAheadOf({ database }: StoreContext, organizationId: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const line = database
    .select({ id: scans.id, ahead: sql<number>`(row_number() over (order by ${scans.trigger} = 'registry', ${scans.createdAt}, ${scans.id}) - 1)::int`.as('ahead') })
    .from(scans)
    .where(and(eq(scans.organizationId, organizationId), eq(scans.state, 'queued')))
    .as('line');
  const rows = await database.select().from(line).where(inArray(line.id, ids.filter(isId)));
  return new Map(rows.map(({ id, ahead }) => [id, ahead]));
}

/** Implements `ScanRepository.typicalWait`. */
export async function typicalWait({ database, clock }: StoreContext, organizationId: string): Promise<number | undefined> {
  const newest = database
    .select({ waited: sql<number>`extract(epoch from ${scans.startedAt} - ${scans.createdAt}) * 1000`.as('waited') })
    .from(scans)
    .where(and(eq(scans.organizationId, organizationId), isNotNull(scans.startedAt), gt(scans.startedAt, new Date(clock.now().getTime() - hourMs))))
    .orderBy(desc(scans.startedAt))
    .limit(newestBegun)
    .as('newest');
  const [row] = await database.select({ wait: sql<number | null>`percentile_cont(0.5) within group (order by ${newest.waited})` }).from(newest);
  return row?.wait == null ? undefined : Math.round(row.wait);
}

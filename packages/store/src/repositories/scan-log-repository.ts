import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import { isId } from '../ids.js';
import { scanLogLines } from '../schema/scan-log-tables.js';
import { scans } from '../schema/image-tables.js';
import { storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { ScanLogRepository } from '../contract/scan-log-repository.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';

const maximumLines = 500;
const maximumCharacters = 1_000;

export function createScanLogRepository({ database }: StoreContext): ScanLogRepository {
  return {
    async append(scanId, lines) {
      const newest = lines.slice(-maximumLines);
      if (newest.length === 0 || !isId(scanId)) return;
      await database.transaction(async (transaction) => {
        // The row of the scan orders writers: two of them, of which one was thought dead, do not take the same positions.
        const [scan] = await transaction.select({ id: scans.id }).from(scans).where(eq(scans.id, scanId)).for('update');
        if (scan === undefined) return;
        const [before] = await transaction.select({ last: sql<number>`coalesce(max(${scanLogLines.position}), 0)` }).from(scanLogLines).where(eq(scanLogLines.scanId, scanId));
        const first = (before?.last ?? 0) + lines.length - newest.length + 1;
        await transaction.insert(scanLogLines).values(
          newest.map(({ at, attempt, level, stage, text }, index) => ({ scanId, position: first + index, at, attempt, level, stage: stage ?? null, text: storableText(clipped(text)) })),
        );
        await transaction.delete(scanLogLines).where(and(eq(scanLogLines.scanId, scanId), lt(scanLogLines.position, first + newest.length - maximumLines)));
      });
    },

    async read(organizationId, scanId, after) {
      if (!isId(scanId)) return [];
      const rows = await database
        .select({ line: scanLogLines })
        .from(scanLogLines)
        .innerJoin(scans, eq(scans.id, scanLogLines.scanId))
        .where(and(eq(scans.organizationId, organizationId), eq(scanLogLines.scanId, scanId), gt(scanLogLines.position, after)))
        .orderBy(asc(scanLogLines.position));
      return rows.map(({ line }) => withoutNulls(withoutColumns(line, 'scanId')));
    },

    async deleteBefore(moment) {
      const { rowCount } = await database.delete(scanLogLines).where(lt(scanLogLines.at, moment));
      return rowCount ?? 0;
    },
  };
}

function clipped(text: string): string {
  return text.length <= maximumCharacters ? text : `${text.slice(0, maximumCharacters - 1)}…`;
}

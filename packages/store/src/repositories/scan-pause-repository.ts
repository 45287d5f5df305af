import { and, eq, isNull } from 'drizzle-orm';
import type { ScanPauseRepository } from '../contract/scan-pause-repository.js';
import { createId } from '../ids.js';
import { scanPauses } from '../schema/scan-pause-tables.js';
import { storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import { violatesUnique } from '../violated-constraint.js';
import { withoutNulls } from '../without-nulls.js';

export function createScanPauseRepository({ database, clock }: StoreContext): ScanPauseRepository {
  const holding = (organizationId: string) => and(eq(scanPauses.organizationId, organizationId), isNull(scanPauses.resumedAt));

  const current: ScanPauseRepository['current'] = async (organizationId) => {
    const [row] = await database.select().from(scanPauses).where(holding(organizationId));
    return row === undefined ? undefined : withoutNulls(row);
  };

  const pause: ScanPauseRepository['pause'] = async (input) => {
    const { organizationId, userId, userName } = input;
    const pausing = { id: createId('pau'), organizationId, pausedBy: userId, pausedByName: storableText(userName), pausedAt: clock.now() };
    try {
      const present = await current(organizationId);
      if (present !== undefined) return present;
      await database.insert(scanPauses).values(pausing);
      return pausing;
    } catch (error) {
      // Somebody paused it at the same moment; theirs is the one, unless it was ended already.
      if (violatesUnique(error, 'scan_pauses_one')) return await pause(input);
      throw error;
    }
  };

  return {
    current,
    pause,

    async resume({ organizationId, userId, userName }) {
      const [row] = await database
        .update(scanPauses)
        .set({ resumedBy: userId, resumedByName: storableText(userName), resumedAt: clock.now() })
        .where(holding(organizationId))
        .returning();
      return row === undefined ? undefined : withoutNulls(row);
    },

    async holds() {
      const rows = await database.select({ id: scanPauses.id }).from(scanPauses).where(isNull(scanPauses.resumedAt)).limit(1);
      return rows.length > 0;
    },
  };
}

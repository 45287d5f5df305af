import type { FindingDayRecord } from './finding-day-records.js';
import type { Store } from './store.js';

/** Counts what is found now, in all images and in those of each project version, and records it for the day of `now`, in place of what was recorded earlier that day. */
export async function recordFindingDay(store: Pick<Store, 'findingDays' | 'projectFindingDays' | 'findings' | 'images'>, organizationId: string, now: Date): Promise<FindingDayRecord> {
  const current = await recordInstallationDay(store, organizationId, now);
  await store.projectFindingDays.recordAll(organizationId, now);
  return current;
}

/** The same of all images alone, which takes a tenth of the time. */
export async function recordInstallationDay(store: Pick<Store, 'findingDays' | 'findings' | 'images'>, organizationId: string, now: Date): Promise<FindingDayRecord> {
  const [{ counts, exploitedCount }, { total }] = await Promise.all([store.findings.countBySeverity(organizationId, {}), store.images.count(organizationId)]);
  const { critical, high, medium, low } = counts;
  const current = { day: now.toISOString().slice(0, 10), critical, high, medium, low, exploited: exploitedCount, imageCount: total };
  await store.findingDays.record(organizationId, current);
  return current;
}

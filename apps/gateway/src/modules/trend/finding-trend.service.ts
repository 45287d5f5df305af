import type { FindingDayRecord, Store } from '@esscm/store';

const dayMs = 86_400_000;

/** How findings went over the days. */
export class FindingTrendService {
  readonly #store: Pick<Store, 'findingDays' | 'findings' | 'images'>;
  readonly #now: () => Date;

  constructor(store: Pick<Store, 'findingDays' | 'findings' | 'images'>, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** The last days that are known, oldest first, today as it is now. Reading records today, so that a day without a scan is known too. */
  async days(organizationId: string, count: number): Promise<readonly FindingDayRecord[]> {
    const now = this.#now();
    const today = dayOf(now);
    const [{ counts, exploitedCount }, { total }, earlier] = await Promise.all([
      this.#store.findings.countBySeverity(organizationId, {}),
      this.#store.images.count(organizationId),
      this.#store.findingDays.list(organizationId, dayOf(new Date(now.getTime() - (count - 1) * dayMs))),
    ]);
    const { critical, high, medium, low } = counts;
    const current = { day: today, critical, high, medium, low, exploited: exploitedCount, imageCount: total };
    await this.#store.findingDays.record(organizationId, current);
    return [...earlier.filter(({ day }) => day < today), current];
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

import { recordFindingDay, type FindingDayRecord, type Store } from '@esscm/store';

const dayMs = 86_400_000;

/** How findings went over the days. */
export class FindingTrendService {
  readonly #store: Pick<Store, 'findingDays' | 'findings' | 'images'>;
  readonly #now: () => Date;

  constructor(store: Pick<Store, 'findingDays' | 'findings' | 'images'>, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** The last days that are known, oldest first, today as it is now. */
  async days(organizationId: string, count: number): Promise<readonly FindingDayRecord[]> {
    const now = this.#now();
    const since = new Date(now.getTime() - (count - 1) * dayMs).toISOString().slice(0, 10);
    const [current, earlier] = await Promise.all([recordFindingDay(this.#store, organizationId, now), this.#store.findingDays.list(organizationId, since)]);
    return [...earlier.filter(({ day }) => day < current.day), current];
  }
}

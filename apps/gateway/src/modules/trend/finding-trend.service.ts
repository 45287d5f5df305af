import { recordInstallationDay, type FindingDayRecord, type ProjectFindingDayRecord, type Store } from '@esscm/store';

const dayMs = 86_400_000;
/** Days of projects show today as it was at most this long ago: counting every version of the installation for every visit would cost more than the page. */
const projectsAgainMs = 60_000;

/** How findings went over the days. */
export class FindingTrendService {
  readonly #store: Pick<Store, 'findingDays' | 'projectFindingDays' | 'findings' | 'images'>;
  readonly #now: () => Date;
  /** When the projects of an organisation were put on record last. */
  readonly #projectsAt = new Map<string, number>();

  constructor(store: Pick<Store, 'findingDays' | 'projectFindingDays' | 'findings' | 'images'>, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** The last days that are known, oldest first, today as it is now. */
  async days(organizationId: string, count: number): Promise<readonly FindingDayRecord[]> {
    const now = this.#now();
    const since = firstDay(now, count);
    const [current, earlier] = await Promise.all([recordInstallationDay(this.#store, organizationId, now), this.#store.findingDays.list(organizationId, since)]);
    await this.#recordProjects(organizationId, now);
    return [...earlier.filter(({ day }) => day < current.day), current];
  }

  /** The same of a project, or of one of its versions; empty where it is not there. */
  async projectDays(organizationId: string, of: { readonly projectId: string; readonly projectVersionId?: string }, count: number): Promise<readonly ProjectFindingDayRecord[]> {
    const now = this.#now();
    await this.#recordProjects(organizationId, now);
    return this.#store.projectFindingDays.list(organizationId, { ...of, since: firstDay(now, count) });
  }

  async #recordProjects(organizationId: string, now: Date): Promise<void> {
    const age = now.getTime() - (this.#projectsAt.get(organizationId) ?? Number.NEGATIVE_INFINITY);
    if (age >= 0 && age < projectsAgainMs) return;
    await this.#store.projectFindingDays.recordAll(organizationId, now);
    this.#projectsAt.set(organizationId, now.getTime());
  }
}

/** The first of so many days, the last of which is today. */
function firstDay(now: Date, count: number): string {
  return new Date(now.getTime() - (count - 1) * dayMs).toISOString().slice(0, 10);
}

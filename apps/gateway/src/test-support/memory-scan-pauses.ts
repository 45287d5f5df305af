import type { ScanPauseRecord, Store } from '@esscm/store';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The part of the memory store that holds the queue of scans back. */
export function memoryScanPauses(createId: () => string, now: () => Date): Store['scanPauses'] {
  const pauses: Mutable<ScanPauseRecord>[] = [];
  const holding = (organizationId: string) => pauses.find((pause) => pause.organizationId === organizationId && pause.resumedAt === undefined);
  return {
    current: async (organizationId) => holding(organizationId),
    pause: async ({ organizationId, userId, userName }) => {
      const present = holding(organizationId);
      if (present !== undefined) return present;
      const pause = { id: createId(), organizationId, pausedBy: userId, pausedByName: userName, pausedAt: now() };
      pauses.push(pause);
      return pause;
    },
    resume: async ({ organizationId, userId, userName }) => {
      const present = holding(organizationId);
      return present && Object.assign(present, { resumedBy: userId, resumedByName: userName, resumedAt: now() });
    },
    holds: async () => pauses.some(({ resumedAt }) => resumedAt === undefined),
  };
}

const freshMs = 48 * 3_600_000;

/** Whether advisories are older than two days: findings published since are not shown. */
export function isStale(at: string, now: Date = new Date()): boolean {
  return now.getTime() - new Date(at).getTime() > freshMs;
}

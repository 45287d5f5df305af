/** A time span: "88 ms", "6.2 s", "41 s", "1 min 52 s", "2 h 5 min". */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.max(0, Math.round(durationMs))} ms`;
  if (durationMs < 9_950) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Between two instants; until `now` when the second is missing. */
export function formatSpan(startedAt: string, endedAt: string | null | undefined, now: Date = new Date()): string {
  const end = endedAt === null || endedAt === undefined ? now.getTime() : new Date(endedAt).getTime();
  return formatDuration(Math.max(0, end - new Date(startedAt).getTime()));
}

/** An estimate: "about 20 s", "about 6 min". */
export function formatEstimate(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 50) return `about ${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`;
}

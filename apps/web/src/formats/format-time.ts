const hourMs = 3_600_000;

/** How an instant reads beside a result: "2 h ago", "yesterday", "20 Nov", "19 Oct 2025". In the user's own time zone. */
export function formatTime(instant: string, now: Date = new Date()): string {
  const date = new Date(instant);
  const ageMs = now.getTime() - date.getTime();
  if (ageMs >= 0 && ageMs < 45_000) return 'just now';
  if (ageMs >= 0 && ageMs < hourMs) return `${Math.max(1, Math.round(ageMs / 60_000))} min ago`;
  if (ageMs >= 0 && ageMs < 24 * hourMs) return `${Math.round(ageMs / hourMs)} h ago`;
  if (isDayBefore(date, now)) return 'yesterday';
  return formatDay(date, now);
}

/** "20 Nov", with the year when it is not this one. */
export function formatDay(date: Date, now: Date = new Date()): string {
  const day = `${date.getDate()} ${months[date.getMonth()] ?? ''}`;
  return date.getFullYear() === now.getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

/** For logs and tables of events: "14:33:02" today, "22 Nov 17:20" before. */
export function formatEventTime(instant: string, now: Date = new Date()): string {
  const date = new Date(instant);
  return date.toDateString() === now.toDateString() ? `${minutesOf(date)}:${two(date.getSeconds())}` : formatDayTime(instant, now);
}

/** The edition of something that is brought up to date: "23 Nov 06:00", today too. */
export function formatDayTime(instant: string, now: Date = new Date()): string {
  const date = new Date(instant);
  return `${formatDay(date, now)} ${minutesOf(date)}`;
}

/** The full stamp for a title: "23 Nov 2026, 14:33:02 GMT+1". */
export function formatFullTime(instant: string): string {
  const date = new Date(instant);
  return `${date.getDate()} ${months[date.getMonth()] ?? ''} ${date.getFullYear()}, ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${zoneName(date)}`.trim();
}

/** The age of the oldest result, for a tile: "3 min", "5 h", "4 days". */
export function formatAge(instant: string, now: Date = new Date()): string {
  const ageMs = Math.max(0, now.getTime() - new Date(instant).getTime());
  if (ageMs < hourMs) return `${Math.max(1, Math.round(ageMs / 60_000))} min`;
  if (ageMs < 24 * hourMs) return `${Math.round(ageMs / hourMs)} h`;
  const days = Math.floor(ageMs / (24 * hourMs));
  return days === 1 ? '1 day' : `${days} days`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** By offset in minutes: making a formatter takes longer than drawing a row, and there are at most two names a zone. */
const zoneNames = new Map<number, string>();

function zoneName(date: Date): string {
  const offset = date.getTimezoneOffset();
  const known = zoneNames.get(offset);
  if (known !== undefined) return known;
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(date);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  zoneNames.set(offset, name);
  return name;
}

function minutesOf(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function isDayBefore(date: Date, now: Date): boolean {
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return date.toDateString() === before.toDateString();
}

/** A day as it is typed, `2027-03-01`, in the user's own time zone. */
function dayText(date: Date): string {
  return [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-');
}

/** So many days from now, as it is typed. */
export function dayIn(days: number, now: Date = new Date()): string {
  return dayText(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}

/** The last second of a typed day, so that a decision holds all of it. Undefined for what is no day. */
export function endOfDay(text: string): Date | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const end = new Date(Number(year), Number(month) - 1, Number(day), 23, 59, 59);
  return dayText(end) === text ? end : undefined;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

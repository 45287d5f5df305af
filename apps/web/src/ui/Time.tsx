import { formatAge, formatEventTime, formatFullTime, formatTime } from '../formats/format-time.js';

interface TimeProps {
  /** ISO 8601; nothing known is shown as a dash. */
  readonly instant: string | null | undefined;
  readonly form?: 'relative' | 'event' | 'age';
}

/** An instant, with the full stamp and zone in its title. */
export function Time({ instant, form = 'relative' }: TimeProps) {
  if (instant === null || instant === undefined) return <span>–</span>;
  const text = form === 'relative' ? formatTime(instant) : form === 'event' ? formatEventTime(instant) : formatAge(instant);
  return (
    <time dateTime={instant} title={formatFullTime(instant)}>
      {text}
    </time>
  );
}

import { formatCount, formatQuantity } from '../../formats/format-count.js';
import type { CheckTrigger, WatchFieldsFragment } from '../../gql/graphql.js';

type Check = NonNullable<WatchFieldsFragment['lastCheck']>;

const triggers: Readonly<Record<CheckTrigger, string>> = { SCHEDULE: 'by schedule', USER: 'by hand', EVENT: 'by an event' };

/** Who started a check. */
export function checkTriggerText(trigger: CheckTrigger): string {
  return triggers[trigger];
}

/** What a check found: "3 added, 1 moved, 14 requests". */
export function checkResultText({ added, moved, gone, back, released, calls, repositoriesLeft }: Pick<Check, 'added' | 'moved' | 'gone' | 'back' | 'released' | 'calls' | 'repositoriesLeft'>): string {
  const found = [
    [added, 'added'],
    [moved, 'moved'],
    [gone, 'gone'],
    [back, 'back'],
    [released, 'no longer matched'],
  ] as const;
  const parts = found.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  return [
    ...(parts.length === 0 ? ['nothing changed'] : parts),
    formatQuantity(calls, 'request'),
    ...(repositoriesLeft === 0 ? [] : [`${formatQuantity(repositoriesLeft, 'repository', 'repositories')} left for the next check`]),
  ].join(', ');
}

/** How often, as a choice. */
export const intervals: readonly { readonly minutes: number; readonly text: string }[] = [
  { minutes: 5, text: '5 minutes' },
  { minutes: 15, text: '15 minutes' },
  { minutes: 60, text: 'hour' },
  { minutes: 360, text: '6 hours' },
  { minutes: 1440, text: 'day' },
  { minutes: 10_080, text: 'week' },
];

/** How often, in words; also for a value set through the API. */
export function intervalText(minutes: number): string {
  return `Every ${intervals.find((interval) => interval.minutes === minutes)?.text ?? `${formatCount(minutes)} minutes`}`;
}

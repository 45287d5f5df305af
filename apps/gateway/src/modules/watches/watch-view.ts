import type { CheckRecord, WatchRecord } from '@esscm/store';
import { instance } from '../../graphql/instance.js';
import { ConnectionCheck, ConnectionWatch } from './watch.type.js';

/** A stored watch as the API shows it. */
export function watchView(record: WatchRecord, context: { readonly now: Date; readonly eventEndpoint: string; readonly eventsToday: number }): ConnectionWatch {
  const { everyMinutes, paused, nextCheckAt, leaseUntil, lastCheck, eventSecretSetAt, lastEventAt } = record;
  const { now, eventEndpoint, eventsToday } = context;
  return instance(ConnectionWatch, {
    everyMinutes,
    paused,
    checking: leaseUntil !== undefined && leaseUntil > now,
    nextCheckAt: paused ? undefined : nextCheckAt,
    lastCheck: lastCheck === undefined ? undefined : checkView(lastCheck),
    eventEndpoint,
    eventSecretSetAt,
    lastEventAt,
    eventsToday,
  });
}

function checkView({ startedAt, endedAt, ...check }: CheckRecord): ConnectionCheck {
  return instance(ConnectionCheck, { problem: undefined, ...check, startedAt: new Date(startedAt), endedAt: new Date(endedAt) });
}

import { scanChangeTopic, type EventBus } from '@esscm/jobs';
import type { ScanRecord } from '@esscm/store';
import type { Logger } from 'pino';

/** Tells readers that a scan's row has changed. Never rejects: a reader that missed it reads the row later. */
export function announcer(events: Pick<EventBus, 'publish'>, log: Logger): (scan: ScanRecord) => Promise<void> {
  return async ({ id, sequence }) => {
    try {
      await events.publish(scanChangeTopic, { scanId: id, sequence });
    } catch (error) {
      log.warn({ scanId: id, err: error }, 'a change of a scan could not be announced');
    }
  };
}

import { checkDueTopic } from '@esscm/jobs';
import type { Logger } from 'pino';
import type { GatewayJobs } from '../../dependencies.js';
import { loggableError } from '../../loggable-error.js';

/** Wakes the scanners when a check has become due. Unheard it costs half a minute, because they look by themselves. */
export class CheckBell {
  readonly #events: Pick<GatewayJobs['events'], 'publish'>;
  readonly #log: Logger;

  constructor(events: Pick<GatewayJobs['events'], 'publish'>, log: Logger) {
    this.#events = events;
    this.#log = log;
  }

  async ring(): Promise<void> {
    try {
      await this.#events.publish(checkDueTopic, {});
    } catch (error) {
      this.#log.warn({ error: loggableError(error) }, 'scanners could not be woken for a check');
    }
  }
}

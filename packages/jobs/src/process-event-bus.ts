import { encodeEvent, EventListeners, type EventBus, type EventListener, type JsonValue } from './event-bus.js';
import type { JobsLog } from './jobs-log.js';

/** Events inside one process: the embedded database allows only one. */
export class ProcessEventBus implements EventBus {
  readonly #listeners: EventListeners;

  constructor(log: JobsLog) {
    this.#listeners = new EventListeners(log);
  }

  async publish(topic: string, payload: JsonValue): Promise<void> {
    const text = encodeEvent(topic, payload);
    // As with the other buses, listeners run after the publisher's own code and get a copy.
    setImmediate(() => this.#listeners.dispatch(text));
  }

  async subscribe(topic: string, listener: EventListener): Promise<() => Promise<void>> {
    const remove = this.#listeners.add(topic, listener);
    return async () => remove();
  }

  async close(): Promise<void> {}
}

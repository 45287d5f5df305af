import type { Redis } from 'ioredis';
import { encodeEvent, EventListeners, type EventBus, type EventListener, type JsonValue } from './event-bus.js';
import type { JobsLog } from './jobs-log.js';

/** Events through Redis publish/subscribe. ioredis reconnects and subscribes again by itself. */
export class RedisEventBus implements EventBus {
  readonly #publisher: Redis;
  readonly #subscriber: Redis;
  readonly #channel: string;
  readonly #listeners: EventListeners;
  #subscribed: Promise<unknown> | undefined;

  /** Two connections, as a subscribed one can do nothing else; their owner ends them. */
  constructor(connections: { readonly publisher: Redis; readonly subscriber: Redis }, prefix: string, log: JobsLog) {
    this.#publisher = connections.publisher;
    this.#subscriber = connections.subscriber;
    this.#channel = `${prefix}:events`;
    this.#listeners = new EventListeners(log);
    this.#subscriber.on('message', (channel, text) => {
      if (channel === this.#channel) this.#listeners.dispatch(text);
    });
  }

  async publish(topic: string, payload: JsonValue): Promise<void> {
    await this.#publisher.publish(this.#channel, encodeEvent(topic, payload));
  }

  async subscribe(topic: string, listener: EventListener): Promise<() => Promise<void>> {
    const remove = this.#listeners.add(topic, listener);
    this.#subscribed ??= this.#subscriber.subscribe(this.#channel);
    await this.#subscribed;
    return async () => remove();
  }

  async close(): Promise<void> {}
}

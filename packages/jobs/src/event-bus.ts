import { z } from 'zod';
import { errorMessage, JobsError } from './errors.js';
import type { JobsLog } from './jobs-log.js';

/** Values that JSON carries unchanged. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

export type EventListener = (payload: JsonValue) => void;

/**
 * Hints between processes that something changed. An event may be missed while a connection is down, so whoever acts on one
 * reads the state from the database, and reads it once after subscribing.
 */
export interface EventBus {
  /** Resolves once handed over. Throws `JobsError` with code `event-too-large` above 7,000 bytes: send ids. */
  publish(topic: string, payload: JsonValue): Promise<void>;
  /** Resolves once events arrive. Answers the function that ends the subscription. */
  subscribe(topic: string, listener: EventListener): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** PostgreSQL refuses notifications of 8,000 bytes and more; the same limit holds on every bus. */
const MAXIMUM_EVENT_BYTES = 7000;

const eventSchema = z.object({ topic: z.string(), payload: z.json() });

/** Writes an event as text. Throws `JobsError` with code `event-too-large`. */
export function encodeEvent(topic: string, payload: JsonValue): string {
  const text = JSON.stringify({ topic, payload });
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAXIMUM_EVENT_BYTES) return text;
  throw new JobsError('event-too-large', `an event of ${bytes} bytes for ${topic} is over the limit of ${MAXIMUM_EVENT_BYTES} bytes`);
}

/** The listeners of this process, whichever bus brings the events. */
export class EventListeners {
  readonly #listeners = new Map<string, Set<EventListener>>();
  readonly #log: JobsLog;

  constructor(log: JobsLog) {
    this.#log = log;
  }

  /** Answers the function that removes the listener. Adding one function twice calls it twice. */
  add(topic: string, listener: EventListener): () => void {
    const own: EventListener = (payload) => listener(payload);
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    listeners.add(own);
    return () => {
      listeners.delete(own);
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic);
    };
  }

  /** Hands an encoded event to its listeners; what cannot be read is logged and dropped, as is a listener's failure. */
  dispatch(text: string): void {
    try {
      const { topic, payload } = eventSchema.parse(JSON.parse(text));
      for (const listener of this.#listeners.get(topic) ?? []) this.#call(topic, listener, payload);
    } catch (error) {
      this.#log.warn({ reason: errorMessage(error) }, 'an unreadable event was dropped');
    }
  }

  #call(topic: string, listener: EventListener, payload: JsonValue): void {
    try {
      listener(payload);
    } catch (error) {
      this.#log.error({ topic, reason: errorMessage(error) }, 'an event listener failed');
    }
  }
}

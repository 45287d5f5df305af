import type { GatewayJobs } from '../dependencies.js';

/**
 * Gives a turn at once and after every event of a topic, until the signal is aborted. Events that arrive while the reader is busy are one
 * turn: it reads what is stored then.
 */
export async function* eachChange({ events }: Pick<GatewayJobs, 'events'>, topic: string, signal: AbortSignal): AsyncGenerator<void, void, undefined> {
  let pending = true;
  let wake: () => void = () => undefined;
  const unsubscribe = await events.subscribe(topic, () => {
    pending = true;
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!pending) await changed;
      pending = false;
      if (signal.aborted) return;
      yield;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await unsubscribe();
  }
}

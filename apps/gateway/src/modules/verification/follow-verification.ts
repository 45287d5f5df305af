import type { GatewayJobs } from '../../dependencies.js';
import { verificationChangeSchema, verificationTopic } from './verification-topic.js';

interface FollowVerificationOptions<View> {
  readonly events: Pick<GatewayJobs['events'], 'subscribe'>;
  readonly id: string;
  /** Reads the present state; undefined when there is nothing to follow any more. */
  readonly read: () => Promise<View | undefined>;
  readonly isRunning: (view: View) => boolean;
  readonly signal: AbortSignal;
}

/**
 * The present state of one verification, then every change of it, read when the reader is ready for it. Ends after the
 * state in which it no longer runs, when the signal aborts, or when the reader stops.
 */
export async function* followVerification<View>({ events, id, read, isRunning, signal }: FollowVerificationOptions<View>): AsyncGenerator<View, void, undefined> {
  let changed = Promise.withResolvers<void>();
  const wake = () => changed.resolve();
  // Subscribed before the present state is read: a change in between is then seen, at worst a second time.
  const unsubscribe = await events.subscribe(verificationTopic, (payload) => {
    if (verificationChangeSchema.safeParse(payload).data?.id === id) wake();
  });
  signal.addEventListener('abort', wake);
  try {
    while (!signal.aborted) {
      changed = Promise.withResolvers<void>();
      const view = await read();
      if (view === undefined) return;
      yield view;
      if (!isRunning(view)) return;
      await changed.promise;
    }
  } finally {
    signal.removeEventListener('abort', wake);
    await unsubscribe();
  }
}

import { randomUUID } from 'node:crypto';
import { checkDueTopic, type Jobs } from '@esscm/jobs';
import type { PluginHost, PluginRegistry } from '@esscm/registry-core';
import type { ClaimedWatch, ConnectionRecord, Store } from '@esscm/store';
import type { Logger } from 'pino';
import { announcer } from '../announcer.js';
import { checkConnection, type CheckDependencies } from './check-connection.js';

export interface ChecksOptions {
  readonly store: Store;
  readonly jobs: Pick<Jobs, 'scans' | 'events'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  /** What the operator gives to plugins for a connection. */
  readonly host: (connection: ConnectionRecord) => PluginHost;
  /** Requests that one check of a connection may make; 1,000 unless told. */
  readonly callsPerCheck?: number;
  readonly clock?: { now(): Date };
  readonly log: Logger;
}

export interface RunningChecks {
  /** Takes no further check; a running one is given back and starts over elsewhere. */
  close(): Promise<void>;
}

/** One that waits for a slow registry does not hold up the others. */
const checksAtOnce = 2;
const leaseMs = 60_000;
/** Nobody tells of a connection that another installation restored, or of a lease that has ended. */
const longestWaitMs = 30_000;
const systemClock = { now: () => new Date() };

/**
 * Looks at registries when their checks are due. The database says when and holds the lease of who does it, so that several
 * processes share the work, one at a time takes a connection, and what a killed process was doing is taken over.
 */
export async function startChecks(options: ChecksOptions): Promise<RunningChecks> {
  const { store, jobs, log, clock = systemClock, callsPerCheck = 1000 } = options;
  const stop = new AbortController();
  const bell = new Bell();
  await store.watches.ensureAll();
  const announce = announcer(jobs.events, log);
  const dependencies: LoopDependencies = {
    ...options,
    clock,
    callsPerCheck,
    random: Math.random,
    enqueue: async (scans) => {
      for (const scan of scans) {
        await jobs.scans.add({ scanId: scan.id, organizationId: scan.organizationId }, { priority: 'background' });
        await announce(scan);
      }
    },
  };
  const unsubscribe = await jobs.events.subscribe(checkDueTopic, () => bell.ring());
  const loops = Promise.all(Array.from({ length: checksAtOnce }, () => new CheckLoop(dependencies, bell, stop.signal).run()));
  return {
    close: async () => {
      stop.abort(new Error('the process is stopping'));
      bell.ring();
      await unsubscribe();
      await loops;
    },
  };
}

type LoopDependencies = CheckDependencies & Pick<ChecksOptions, 'store'>;

class CheckLoop {
  readonly #options: LoopDependencies;
  readonly #bell: Bell;
  readonly #stopped: AbortSignal;
  readonly #holder = randomUUID();

  constructor(options: LoopDependencies, bell: Bell, stopped: AbortSignal) {
    this.#options = options;
    this.#bell = bell;
    this.#stopped = stopped;
  }

  async run(): Promise<void> {
    const { store, log, clock } = this.#options;
    while (!this.#stopped.aborted) {
      const rung = this.#bell.next();
      let waitMs = longestWaitMs;
      try {
        const claimed = await store.watches.claim(this.#holder, leaseMs);
        if (claimed !== undefined) {
          await this.#check(claimed);
          continue;
        }
        const due = await store.watches.nextDueAt();
        if (due !== undefined) waitMs = Math.min(waitMs, Math.max(50, due.getTime() - clock.now().getTime()));
      } catch (error) {
        log.warn({ err: error }, 'checks could not be looked for');
      }
      await this.#bell.wait(rung, waitMs);
    }
  }

  async #check(claimed: ClaimedWatch): Promise<void> {
    const { store, log } = this.#options;
    const { connectionId, trigger } = claimed;
    const lost = new AbortController();
    const signal = AbortSignal.any([this.#stopped, lost.signal]);
    const heartbeat = setInterval(() => void this.#renew(connectionId, lost), leaseMs / 3);
    try {
      const outcome = await checkConnection(this.#options, claimed, signal);
      if (outcome === undefined) return;
      await store.watches.finish(connectionId, this.#holder, outcome);
      const { problem, ...found } = outcome.check;
      log.info({ connectionId, ...found, problem: problem?.heading }, 'a connection was checked');
    } catch (error) {
      if (this.#stopped.aborted) await store.watches.release(connectionId, this.#holder);
      // Its lease ends by itself, and somebody tries again.
      else log.error({ connectionId, trigger, err: error }, 'a check broke off');
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #renew(connectionId: string, lost: AbortController): Promise<void> {
    const { store, log } = this.#options;
    try {
      if (!(await store.watches.renew(connectionId, this.#holder, leaseMs))) lost.abort(new Error('the check was taken over'));
    } catch (error) {
      log.warn({ connectionId, err: error }, 'the lease of a check could not be renewed');
    }
  }
}

/** Wakes everyone who waits, those included who began to look before it rang. */
class Bell {
  #ringing = Promise.withResolvers<void>();

  /** Resolves at the next ring. */
  next(): Promise<void> {
    return this.#ringing.promise;
  }

  ring(): void {
    this.#ringing.resolve();
    this.#ringing = Promise.withResolvers();
  }

  async wait(rung: Promise<void>, ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    try {
      await Promise.race([rung, promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { advisoryChangeTopic, type Jobs } from '@esscm/jobs';
import type { AdvisoryProgressRecord, AdvisorySourceRecord, Store } from '@esscm/store';
import { distributionAskedAbout, ecosystemToFetch, operatingSystemTypes } from '@esscm/vulnerabilities';
import type { Logger } from 'pino';
import { exploitationSource, type UpdateRequest, type UpdateResult } from './update-protocol.js';

export interface AdvisoryUpdatesOptions {
  readonly store: Pick<Store, 'advisorySources' | 'leases'>;
  readonly jobs: Pick<Jobs, 'events'>;
  /** Of this process's generations. */
  readonly folder: string;
  /** Hours between two checks of a source; undefined when nothing is to be fetched. */
  readonly intervalHours: number | undefined;
  readonly addresses: UpdateRequest['addresses'];
  readonly update: (request: UpdateRequest, onProgress: (progress: AdvisoryProgressRecord) => void, signal: AbortSignal) => Promise<UpdateResult>;
  /** Called after the generation may have changed, here or by a command, and at the start. Must not reject. */
  readonly onGeneration: (signal: AbortSignal) => Promise<void>;
  /** Whether other processes with generations of their own share the store. */
  readonly isShared: boolean;
  readonly clock: { now(): Date };
  readonly log: Logger;
  /** How often it looks whether something is due, in milliseconds. Default a minute. */
  readonly lookEveryMs?: number;
}

export interface RunningAdvisoryUpdates {
  /** Has advisory ecosystems fetched that this installation has not asked for before. */
  want(ecosystems: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const leaseName = 'advisory-updates';
const leaseMs = 120_000;
const progressEveryMs = 500;
const hourMs = 3_600_000;
/** Waits after the first failures in a row, in milliseconds; afterwards the interval. */
const retryDelaysMs = [5 * 60_000, 15 * 60_000, hourMs, 4 * hourMs];
const switchedOff = {
  code: 'updates-off',
  message: 'Fetching advisories is switched off on this server.',
  remedy: 'Import them with esscm advisories import, or set ESSCM_ADVISORY_UPDATES to a number of hours.',
};
/** Two servers started together do not ask together ever after. */
const jitter = 0.1;

/** Keeps the advisories that images need current: at first demand, then regularly. One process of an installation at a time. */
export async function startAdvisoryUpdates(options: AdvisoryUpdatesOptions): Promise<RunningAdvisoryUpdates> {
  const updates = new AdvisoryUpdates(options);
  const stopListening = await options.jobs.events.subscribe(advisoryChangeTopic, () => updates.wake());
  const running = updates.run();
  return {
    want: (ecosystems) => updates.want(ecosystems),
    close: async () => {
      await stopListening();
      updates.stop();
      await running;
    },
  };
}

class AdvisoryUpdates {
  readonly #options: AdvisoryUpdatesOptions;
  readonly #holder = randomUUID();
  readonly #stopped = new AbortController();
  /** When this process last found its own generation to be current, by source. */
  readonly #ownChecks = new Map<string, Date>();
  #wake: () => void = () => undefined;
  #awake = false;

  constructor(options: AdvisoryUpdatesOptions) {
    this.#options = options;
  }

  wake(): void {
    this.#awake = true;
    this.#wake();
  }

  stop(): void {
    this.#stopped.abort();
    this.#wake();
  }

  async want(ecosystems: readonly string[]): Promise<void> {
    const names = new Set(ecosystems.map(ecosystemToFetch));
    if (names.size === 0) return;
    const added = await this.#options.store.advisorySources.want([...names, exploitationSource].toSorted());
    for (const name of added) await this.#announce(name);
    if (added.length > 0) this.wake();
  }

  async run(): Promise<void> {
    const { onGeneration, log, lookEveryMs = 60_000 } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      this.#awake = false;
      try {
        await this.#bringUpToDate();
        await onGeneration(signal);
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, 'advisories could not be looked after');
      }
      if (signal.aborted) return;
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      if (!this.#awake) await Promise.race([woken, wait(lookEveryMs, undefined, { ref: false, signal }).catch(() => undefined)]);
    }
  }

  async #bringUpToDate(): Promise<void> {
    const { store, intervalHours, onGeneration, clock } = this.#options;
    const { signal } = this.#stopped;
    if (intervalHours === undefined) {
      for (const { name } of await store.advisorySources.due()) await store.advisorySources.recordFailure(name, { failure: switchedOff, nextAttemptAt: new Date(clock.now().getTime() + 24 * hourMs) });
      return;
    }
    for (const passedOver = new Set<string>(); !signal.aborted; ) {
      const next = (await this.#behind()).find(({ name }) => !passedOver.has(name));
      if (next === undefined) return;
      if (!(await store.leases.take(leaseName, this.#holder, leaseMs))) return;
      try {
        await this.#update(next, intervalHours);
      } finally {
        await store.leases.release(leaseName, this.#holder);
      }
      passedOver.add(next.name);
      await onGeneration(signal);
    }
  }

  /** Sources that are due, and those another process has checked since this one did. */
  async #behind(): Promise<readonly AdvisorySourceRecord[]> {
    if (!this.#options.isShared) return this.#options.store.advisorySources.due();
    const now = this.#options.clock.now();
    return (await this.#options.store.advisorySources.list())
      .filter((source) => source.nextAttemptAt <= now || (source.checkedAt !== undefined && source.checkedAt > (this.#ownChecks.get(source.name) ?? new Date(0))))
      .toSorted((one, other) => one.wantedAt.getTime() - other.wantedAt.getTime());
  }

  async #update({ name, failures, checkedAt, nextAttemptAt: planned }: AdvisorySourceRecord, intervalHours: number): Promise<void> {
    const { store, folder, addresses, update, clock, log } = this.#options;
    const { signal } = this.#stopped;
    const progress = throttled(async (reached: AdvisoryProgressRecord) => {
      await store.leases.take(leaseName, this.#holder, leaseMs);
      await store.advisorySources.recordProgress(name, reached);
      await this.#announce(name);
    }, log);
    progress.report({ step: 'fetching' });
    // Otherwise two processes would take each other's catching up for a new check, in turns and without end.
    const catchesUp = checkedAt !== undefined && planned > clock.now();
    let result: UpdateResult;
    try {
      const distribution = distributionAskedAbout(name);
      const packages = distribution === undefined ? undefined : await store.advisorySources.packageNames(distribution, [...operatingSystemTypes]);
      result = await update({ folder, source: name, addresses, ...(packages === undefined ? {} : { packages }) }, progress.report, signal);
    } catch (error) {
      signal.throwIfAborted();
      log.error({ source: name, err: error }, 'an update of advisories ended unexpectedly');
      result = { feeds: [], failure: { code: 'internal', message: 'Something failed inside the update.', remedy: 'The log of the server has the cause; it is tried again.' } };
    }
    await progress.end();
    const after = (delayMs: number): Date => new Date(clock.now().getTime() + delayMs * (1 + jitter * (2 * Math.random() - 1)));
    if (result.failure === undefined) {
      const nextAttemptAt = catchesUp ? planned : after(intervalHours * hourMs);
      await store.advisorySources.recordSuccess(name, { feeds: result.feeds, nextAttemptAt, ...(catchesUp && { checkedAt }) });
      this.#ownChecks.set(name, clock.now());
      log.info({ source: name, nextAttemptAt }, 'advisories are up to date');
    } else {
      const nextAttemptAt = catchesUp ? planned : after(Math.min(retryDelaysMs[failures] ?? Number.POSITIVE_INFINITY, intervalHours * hourMs));
      await store.advisorySources.recordFailure(name, { failure: result.failure, ...(result.feeds.length === 0 ? {} : { feeds: result.feeds }), nextAttemptAt });
      // Another process may have got it; this one does not ask again before the next attempt.
      this.#ownChecks.set(name, clock.now());
      log.warn({ source: name, failure: result.failure, nextAttemptAt }, 'advisories were not updated');
    }
    await this.#announce(name);
  }

  async #announce(source: string): Promise<void> {
    try {
      await this.#options.jobs.events.publish(advisoryChangeTopic, { source });
    } catch (error) {
      this.#options.log.warn({ source, err: error }, 'a change of advisories could not be announced');
    }
  }
}

/** Passes on the newest progress now and then, one write at a time. */
function throttled(write: (progress: AdvisoryProgressRecord) => Promise<void>, log: Logger) {
  let latest: AdvisoryProgressRecord | undefined;
  let writing: Promise<void> | undefined;
  let writtenAt = 0;
  let step = '';
  const flush = (): void => {
    if (latest === undefined || writing !== undefined) return;
    const progress = latest;
    latest = undefined;
    writtenAt = Date.now();
    step = progress.step;
    writing = write(progress)
      .catch((error: unknown) => log.warn({ err: error }, 'progress of an update could not be written'))
      .finally(() => (writing = undefined));
  };
  return {
    report: (progress: AdvisoryProgressRecord): void => {
      latest = progress;
      if (progress.step !== step || Date.now() - writtenAt >= progressEveryMs) flush();
    },
    end: async (): Promise<void> => {
      latest = undefined;
      await writing;
    },
  };
}

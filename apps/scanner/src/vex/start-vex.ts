import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { vexChangeTopic, type Jobs } from '@esscm/jobs';
import type { Store } from '@esscm/store';
import { applyDocuments, type ApplyDocumentsDependencies } from './apply-documents.js';
import { readAttached, type ReadAttachedDependencies } from './read-attached.js';
import { refreshAddresses, type RefreshAddressesDependencies } from './refresh-addresses.js';

export interface VexOptions extends ApplyDocumentsDependencies, ReadAttachedDependencies, RefreshAddressesDependencies {
  readonly store: Pick<Store, 'connections' | 'images' | 'contents' | 'vex' | 'leases'>;
  readonly jobs: Pick<Jobs, 'events'>;
  /** How often it looks whether something is due, in milliseconds. Default a minute. */
  readonly lookEveryMs?: number;
}

export interface RunningVex {
  /** Reads what is attached to an image and applies documents to it, before anyone is told of its result. Does not reject. */
  afterScan(imageId: string): Promise<void>;
  /** Looks now whether something is to be done, such as after other advisories. */
  wake(): void;
  close(): Promise<void>;
}

const leaseName = 'vex';
const leaseMs = 120_000;
const readingsPerLook = 100;

/** Keeps what VEX documents say applied to findings: when documents, images or matches change. One process of an installation at a time. */
export async function startVex(options: VexOptions): Promise<RunningVex> {
  const vex = new Vex(options);
  const stopListening = await options.jobs.events.subscribe(vexChangeTopic, () => vex.wake());
  const running = vex.run();
  return {
    afterScan: (imageId) => vex.afterScan(imageId),
    wake: () => vex.wake(),
    close: async () => {
      await stopListening();
      vex.stop();
      await running;
    },
  };
}

class Vex {
  readonly #options: VexOptions;
  readonly #holder = randomUUID();
  readonly #stopped = new AbortController();
  #wake: () => void = () => undefined;
  #awake = false;

  constructor(options: VexOptions) {
    this.#options = options;
  }

  wake(): void {
    this.#awake = true;
    this.#wake();
  }

  stop(): void {
    this.#stopped.abort(new Error('stopping'));
    this.#wake();
  }

  async run(): Promise<void> {
    const { log, lookEveryMs = 60_000 } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      this.#awake = false;
      try {
        await this.#look(signal);
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, 'VEX documents could not be looked after');
      }
      if (signal.aborted) return;
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      if (!this.#awake) await Promise.race([woken, wait(lookEveryMs, undefined, { ref: false, signal }).catch(() => undefined)]);
    }
  }

  async afterScan(imageId: string): Promise<void> {
    const { signal } = this.#stopped;
    try {
      for (const target of await this.#options.store.vex.dueReadings(1, { imageId })) await readAttached(this.#options, target, signal);
      await applyDocuments(this.#options, { goOn: () => Promise.resolve(signal.throwIfAborted()), of: { imageId } });
    } catch (error) {
      // The rows say that it is still to be done; the next look does it.
      if (!signal.aborted) this.#options.log.warn({ imageId, err: error }, 'VEX documents could not be applied after a scan');
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { store } = this.#options;
    const take = (): Promise<boolean> => store.leases.take(leaseName, this.#holder, leaseMs);
    const goOn = async (): Promise<void> => {
      signal.throwIfAborted();
      if (!(await take())) throw new Error('another process has taken over');
    };
    if (!(await take())) return;
    try {
      await applyDocuments(this.#options, { goOn });
      await refreshAddresses(this.#options, signal);
      for (let readings = await store.vex.dueReadings(readingsPerLook); readings.length > 0; readings = await store.vex.dueReadings(readingsPerLook)) {
        for (const target of readings) {
          await goOn();
          await readAttached(this.#options, target, signal);
        }
        await applyDocuments(this.#options, { goOn });
      }
      await applyDocuments(this.#options, { goOn });
    } finally {
      await store.leases.release(leaseName, this.#holder);
    }
  }
}

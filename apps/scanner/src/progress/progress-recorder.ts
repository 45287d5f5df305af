import type { ScanProgressRecord, ScanRecord, ScanStage } from '@esscm/store';

/** At most four writes a second for each scan; what comes faster is passed over, the last is always written. */
const minimumIntervalMs = 250;

type Counts = Omit<ScanProgressRecord, 'stages'>;

export interface ProgressRecorderOptions {
  readonly clock: { now(): Date };
  /** Writes and announces. Undefined says that the scan has ended meanwhile. */
  readonly write: (stage: ScanStage, progress: ScanProgressRecord) => Promise<ScanRecord | undefined>;
  /** Called once when a write finds the scan ended: nobody wants its result any more. */
  readonly onEnded: () => void;
  /** Progress that could not be written. It is a hint, so the scan goes on. */
  readonly onError: (error: unknown) => void;
}

/** Keeps the newest progress of one scan and writes it now and then, one write at a time. */
export class ProgressRecorder {
  readonly #options: ProgressRecorderOptions;
  readonly #stages: { stage: ScanStage; startedAt: string; endedAt?: string }[] = [];
  #counts: Counts = { layersDone: 0, layersTotal: 0, bytesDone: 0, bytesTotal: 0, layersCached: 0 };
  #pending = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  constructor(options: ProgressRecorderOptions) {
    this.#options = options;
  }

  /** Notes a stage and how far it is. Never throws. */
  update(stage: ScanStage, counts: Partial<Counts> = {}): void {
    this.#enter(stage);
    this.#counts = { ...this.#counts, ...counts };
    this.#pending = true;
    if (this.#timer === undefined && this.#writing === undefined) this.#write();
  }

  /**
   * Writes what is still unwritten; nothing is written afterwards. The last stage stays without an end, because it ends with the
   * scan, whose row has that moment.
   */
  async finish(): Promise<void> {
    this.#stopTimer();
    await this.#writing;
    this.#stopTimer();
    this.#write();
    await this.#writing;
    this.#stopTimer();
  }

  #enter(stage: ScanStage): void {
    const last = this.#stages.at(-1);
    if (last?.stage === stage) return;
    const now = this.#now();
    if (last !== undefined) last.endedAt = now;
    this.#stages.push({ stage, startedAt: now });
  }

  #write(): void {
    const stage = this.#stages.at(-1)?.stage;
    if (!this.#pending || stage === undefined) return;
    this.#pending = false;
    const progress = { ...this.#counts, stages: this.#stages.map((entry) => ({ ...entry })) };
    this.#writing = this.#options
      .write(stage, progress)
      .then((scan) => {
        if (scan === undefined) this.#options.onEnded();
      })
      .catch((error: unknown) => this.#options.onError(error))
      .finally(() => {
        this.#writing = undefined;
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          this.#write();
        }, minimumIntervalMs);
      });
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }
}

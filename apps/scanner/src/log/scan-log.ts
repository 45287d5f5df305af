import type { ScanLogLevel, ScanLogLine, ScanStage } from '@esscm/store';

export interface ScanLogOptions {
  readonly clock: { now(): Date };
  readonly attempt: number;
  readonly append: (lines: readonly ScanLogLine[]) => Promise<void>;
  /** Lines that could not be written. They are a help for people, so the scan goes on without them. */
  readonly onError: (error: unknown) => void;
}

/** Most lines that wait to be written; the oldest give way. */
const maximumWaiting = 500;

/** What one attempt of a scan writes about itself, for people. Lines wait until they are flushed, which is before the scan's row changes. */
export class ScanLog {
  readonly #options: ScanLogOptions;
  #waiting: ScanLogLine[] = [];
  #stage: ScanStage | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: ScanLogOptions) {
    this.#options = options;
  }

  /** The stage of the lines that follow. */
  enter(stage: ScanStage): void {
    this.#stage = stage;
  }

  /** Adds a line; what would break it in two or hide in it becomes a space. Never throws. */
  add(text: string, level: ScanLogLevel = 'info'): void {
    const { clock, attempt } = this.#options;
    const line = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
    this.#waiting.push({ at: clock.now(), attempt, level, ...(this.#stage !== undefined && { stage: this.#stage }), text: line });
    if (this.#waiting.length > maximumWaiting) this.#waiting.shift();
  }

  /** Writes what waits, after what is being written. Never rejects. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const lines = this.#waiting;
      if (lines.length === 0) return;
      this.#waiting = [];
      await this.#options.append(lines).catch((error: unknown) => this.#options.onError(error));
    });
    return this.#writing;
  }
}

import { Worker } from 'node:worker_threads';
import { compiledScript } from './compiled-script.js';
import { EngineLostError } from './errors.js';
import type { EngineEvent, EngineJob, EngineReply, EngineThreadData } from './engine-messages.js';

/** Runs one job at a time; rejects with `EngineLostError` when the engine is gone. */
export interface Engine {
  run(job: EngineJob): Promise<EngineReply>;
}

interface Waiting {
  readonly resolve: (reply: EngineReply) => void;
  readonly reject: (error: EngineLostError) => void;
  readonly watchdog: NodeJS.Timeout;
}

/** The engine on its own thread. A thread that ended stays ended: open another. */
export class EngineThread implements Engine {
  readonly #worker: Worker;
  readonly #statementTimeoutMs: number;
  #waiting: Waiting | undefined;
  #lost: EngineLostError | undefined;
  #closing = false;
  #announceEnd: (error: EngineLostError | undefined) => void = () => {};
  /** Resolves once the thread has ended: with the reason, or with undefined after `close`. */
  readonly ended: Promise<EngineLostError | undefined>;

  private constructor(worker: Worker, statementTimeoutMs: number) {
    this.#worker = worker;
    this.#statementTimeoutMs = statementTimeoutMs;
    this.ended = new Promise((resolve) => {
      this.#announceEnd = resolve;
    });
  }

  /**
   * Starts the thread and waits until the engine answers. Rejects with `EngineLostError` when it does not start. A batch that
   * runs longer than `statementTimeoutMs` ends the thread: a running statement cannot be interrupted otherwise.
   */
  static async start(
    data: EngineThreadData,
    statementTimeoutMs: number,
  ): Promise<{ thread: EngineThread; parameters: ReadonlyMap<string, string> }> {
    const script = compiledScript(new URL('./database-worker.js', import.meta.url));
    const worker = new Worker(script, { workerData: data, execArgv: [], name: 'embedded-database' });
    const thread = new EngineThread(worker, statementTimeoutMs);
    const parameters = await new Promise<ReadonlyMap<string, string>>((resolve, reject) => {
      worker.on('message', (event: EngineEvent) => {
        if (event.kind === 'ready') resolve(event.parameters);
        else thread.#receive(event);
      });
      worker.on('messageerror', (error) => thread.#end('a message from the database thread was unreadable', error));
      worker.on('error', (error: Error) => thread.#fail(new EngineLostError(`the database thread failed: ${error.message}`, { cause: error })));
      worker.on('exit', (code) => thread.#exited(code));
      void thread.ended.then((error) => reject(error ?? new EngineLostError('the database thread ended while starting')));
    });
    return { thread, parameters };
  }

  run(job: EngineJob): Promise<EngineReply> {
    return new Promise((resolve, reject) => {
      if (this.#lost !== undefined || this.#closing) {
        reject(this.#lost ?? new EngineLostError('the database is closing'));
        return;
      }
      const watchdog = setTimeout(() => {
        const seconds = Math.round(this.#statementTimeoutMs / 1000);
        this.#fail(new EngineLostError(`a statement ran longer than ${seconds} s`, { overLimit: true }));
        void this.#worker.terminate();
      }, this.#statementTimeoutMs);
      this.#waiting = { resolve, reject, watchdog };
      this.#worker.postMessage(job, [job.batch]);
    });
  }

  /** Ends the database in good order once a job under way is done, whose answer is lost; by force after `timeoutMs`. */
  async close(timeoutMs: number): Promise<void> {
    if (this.#lost !== undefined) return;
    this.#closing = true;
    const force = setTimeout(() => void this.#worker.terminate(), timeoutMs);
    this.#worker.postMessage({ kind: 'close' });
    await this.ended;
    clearTimeout(force);
  }

  /** Ends the thread at once, as a crash would; committed work is on disk. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(event: EngineEvent): void {
    switch (event.kind) {
      case 'reply': {
        const waiting = this.#waiting;
        this.#waiting = undefined;
        clearTimeout(waiting?.watchdog);
        waiting?.resolve(event);
        return;
      }
      case 'broken':
        this.#end(event.reason);
        return;
      case 'ready':
      case 'closed':
        return;
      default:
        event satisfies never;
    }
  }

  #end(reason: string, cause?: unknown): void {
    this.#fail(new EngineLostError(reason, { cause }));
    void this.#worker.terminate();
  }

  #fail(error: EngineLostError): void {
    this.#lost ??= error;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(waiting?.watchdog);
    waiting?.reject(this.#lost);
  }

  #exited(code: number): void {
    this.#fail(new EngineLostError(this.#closing ? 'the database was closed' : `the database thread ended with code ${code}`));
    this.#announceEnd(this.#closing ? undefined : this.#lost);
  }
}

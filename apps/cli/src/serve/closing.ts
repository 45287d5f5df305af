import type { Logger } from 'pino';

/** What has been opened, closed in reverse order. One part that cannot be closed does not keep the others open. */
export class Closing {
  readonly #log: Logger;
  readonly #parts: { readonly name: string; readonly close: () => PromiseLike<void> }[] = [];

  constructor(log: Logger) {
    this.#log = log;
  }

  add(name: string, close: () => PromiseLike<void>): void {
    this.#parts.push({ name, close });
  }

  async close(): Promise<void> {
    for (let part = this.#parts.pop(); part !== undefined; part = this.#parts.pop()) {
      try {
        await part.close();
      } catch (error) {
        this.#log.error({ err: error, part: part.name }, 'could not be closed');
      }
    }
  }
}

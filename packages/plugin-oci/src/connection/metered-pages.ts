import type { ListOptions } from '@esscm/registry-core';

/** The same pages, each asked for in its turn and counted as one request. Stops asking when the reader stops. */
export async function* meteredPages<Page>(pages: AsyncIterable<Page>, { signal, meter }: ListOptions): AsyncGenerator<Page, void, undefined> {
  const reading = pages[Symbol.asyncIterator]();
  try {
    for (;;) {
      await meter?.turn(signal);
      const page = await reading.next();
      if (page.done === true) return;
      meter?.made(1);
      yield page.value;
    }
  } finally {
    await reading.return?.();
  }
}

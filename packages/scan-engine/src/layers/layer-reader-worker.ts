import { Readable } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import { readLayer, serialiseLayerFacts } from '@esscm/sbom';
import type { FromReader, ToReader } from './layer-reader-protocol.js';

/** Entry of a reading thread: takes one layer's bytes from the engine, answers with its facts. */
function serve(port: NonNullable<typeof parentPort>): void {
  let current: { readonly read: number; readonly input: LayerInput } | undefined;
  const answer = (message: FromReader) => port.postMessage(message);

  const read = async ({ read: number, layer, keys, limits }: Extract<ToReader, { type: 'read' }>) => {
    const input = new LayerInput((bytes) => answer({ type: 'taken', read: number, bytes }));
    current = { read: number, input };
    try {
      const facts = await readLayer({ ...layer, open: () => Promise.resolve(input) }, { keys, limits, signal: new AbortController().signal });
      answer({ type: 'facts', read: number, facts: serialiseLayerFacts(facts) });
    } catch (error) {
      answer({ type: 'failed', read: number, error: describe(error) });
    }
  };

  port.on('message', (message: ToReader) => {
    if (message.type === 'read') {
      void read(message);
      return;
    }
    if (current?.read !== message.read) return;
    switch (message.type) {
      case 'bytes':
        current.input.add(message.bytes);
        break;
      case 'end':
        current.input.add(null);
        break;
      case 'stop':
        current.input.destroy(new Error('The layer is not wanted any more.'));
        break;
    }
  });
}

/** The bytes of one layer as they arrive from the engine; `null` is their end. */
class LayerInput extends Readable {
  readonly #waiting: (Uint8Array | null)[] = [];
  readonly #taken: (bytes: number) => void;
  #wanted = false;

  constructor(taken: (bytes: number) => void) {
    super({ highWaterMark: 1024 * 1024 });
    this.#taken = taken;
  }

  add(bytes: Uint8Array | null): void {
    this.#waiting.push(bytes);
    this.#drain();
  }

  override _read(): void {
    this.#wanted = true;
    this.#drain();
  }

  #drain(): void {
    while (this.#wanted) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#wanted = this.push(next);
      if (next !== null) this.#taken(next.byteLength);
    }
  }
}

function describe(error: unknown): { name: string; code: string | undefined; message: string } {
  if (!(error instanceof Error)) return { name: 'Error', code: undefined, message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name: error.name, code, message: error.message };
}

if (parentPort !== null) serve(parentPort);

import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { readLayer, SbomError, serialiseLayerFacts } from '@esscm/sbom/scan';
import { aheadChunkBytes, LayerFile } from './layer-file.js';
import { LayerInput } from './layer-input.js';
import type { FromReader, ReaderFailure, ToReader } from './layer-reader-protocol.js';
import { slotOf } from './layer-window.js';
import { mergeFacts } from './merge-facts.js';

/** Entry of a reading thread: takes one layer's bytes from the engine and answers with its facts, or merges facts. */
function serve(port: MessagePort, memory: SharedArrayBuffer): void {
  let current: { readonly task: number; input: LayerInput | LayerFile | undefined; readonly stop: AbortController } | undefined;
  const answer = (message: FromReader) => port.postMessage(message);

  const read = async ({ task, layer, file, cataloguers, verifyDiffId, inflateAhead, limits }: Extract<ToReader, { type: 'read' }>) => {
    const own: NonNullable<typeof current> = { task, input: undefined, stop: new AbortController() };
    current = own;
    const open = () => {
      const taken = (bytes: number) => answer({ type: 'taken', task, bytes });
      own.input = file === undefined ? new LayerInput(taken) : new LayerFile({ ...layer, file, ...(inflateAhead && { chunkBytes: aheadChunkBytes }), taken });
      if (file === undefined) answer({ type: 'open', task });
      return Promise.resolve(own.input);
    };
    try {
      const facts = await readLayer({ ...layer, open }, {
        ...(cataloguers === undefined ? {} : { cataloguers }),
        verifyDiffId,
        inflateAhead,
        limits,
        signal: own.stop.signal,
      });
      answer({ type: 'facts', task, facts: serialiseLayerFacts(facts) });
    } catch (error) {
      answer({ type: 'failed', task, error: describe(error) });
    }
  };

  port.on('message', (message: ToReader) => {
    if (message.type === 'read') {
      void read(message);
      return;
    }
    if (message.type === 'merge') {
      try {
        const outcome = mergeFacts(message.request, message.limits);
        if (outcome.kind === 'merged' && outcome.contents !== undefined) answer({ type: 'contents', task: message.task, contents: outcome.contents });
        else answer({ type: 'merged', task: message.task, outcome });
      } catch (error) {
        answer({ type: 'failed', task: message.task, error: describe(error) });
      }
      return;
    }
    if (current?.task !== message.task) return;
    const { input } = current;
    switch (message.type) {
      case 'bytes':
        if (input instanceof LayerInput) input.add(slotOf(memory, message.slot).subarray(0, message.bytes));
        break;
      case 'end':
        if (input instanceof LayerInput) input.add(null);
        break;
      case 'stop':
        current.stop.abort();
        input?.destroy();
        break;
    }
  });
}

function describe(error: unknown): ReaderFailure {
  if (!(error instanceof Error)) return { name: 'Error', code: undefined, message: String(error), remedy: undefined };
  if (error instanceof SbomError) return { name: error.name, code: error.code, message: error.message, remedy: error.remedy };
  return { name: error.name, code: undefined, message: error.message, remedy: undefined };
}

if (parentPort !== null && workerData instanceof SharedArrayBuffer) serve(parentPort, workerData);

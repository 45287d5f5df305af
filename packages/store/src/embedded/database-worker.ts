/** Entry of the thread that holds the engine. Started by `EngineThread`; never imported. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EngineEvent, EngineRequest, EngineThreadData } from './engine-messages.js';
import { EngineSession } from './engine-session.js';

async function serve(port: NonNullable<typeof parentPort>, data: EngineThreadData): Promise<void> {
  const post = (event: EngineEvent, transfer: ArrayBuffer[] = []): void => port.postMessage(event, transfer);
  const session = await EngineSession.open(data.folder);
  port.on('message', (request: EngineRequest) => {
    if (request.kind === 'close') {
      void session.close().finally(() => {
        post({ kind: 'closed' });
        port.close();
      });
      return;
    }
    try {
      const reply = session.run(request);
      post(reply, [reply.bytes.buffer]);
    } catch (error) {
      post({ kind: 'broken', reason: error instanceof Error ? error.message : String(error) });
    }
  });
  post({ kind: 'ready', parameters: await session.parameters() });
}

if (parentPort !== null) await serve(parentPort, workerData as EngineThreadData);

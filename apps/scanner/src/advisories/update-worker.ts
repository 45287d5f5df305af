import { parentPort, workerData } from 'node:worker_threads';
import { runUpdate } from './run-update.js';
import type { FromUpdate, UpdateRequest } from './update-protocol.js';

/** Entry of the thread of one update. */
const port = parentPort;
if (port !== null) {
  const say = (message: FromUpdate): void => port.postMessage(message);
  say({ result: await runUpdate(workerData as UpdateRequest, (progress) => say({ progress })) });
}

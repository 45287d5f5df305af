import { parentPort, workerData } from 'node:worker_threads';
import { hiddenInLayers, type KeptLayer } from './hidden-in-layers.js';

/** Entry of the thread that finds what layers of one image hide. It answers once, and ends. */
const { platform, layers } = workerData as { readonly platform: string; readonly layers: readonly KeptLayer[] };
parentPort?.postMessage(hiddenInLayers(platform, layers));

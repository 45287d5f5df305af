import { constants } from 'node:os';
import { say } from './workspace.mjs';

/** A process ends by one of these when its runtime finds its own memory damaged or has none left. Nobody sends them to stop it. */
const crashes = new Map(['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGSEGV'].map((signal) => [128 + constants.signals[signal], signal]));

/** So many in a row are no accident; a server that ran for an hour begins anew. */
const maximumCrashes = 5;
const longEnoughMs = 60 * 60 * 1000;

/**
 * Starts a server again after a crash of its runtime: all state is in the data folder, and scans that were running begin
 * again. Any other end is final.
 *
 * @param {() => Promise<number>} start runs the server and gives its exit status
 * @param {{ now?: () => number }} [options]
 * @returns {Promise<number>} status of the last run
 */
export async function keepServing(start, { now = Date.now } = {}) {
  for (let crashed = 0; ; ) {
    const begun = now();
    const status = await start();
    const signal = crashes.get(status);
    if (signal === undefined) return status;
    crashed = now() - begun >= longEnoughMs ? 1 : crashed + 1;
    if (crashed === maximumCrashes) {
      say(`the server crashed (${signal}) ${crashed} times; it is not started again. Please report the lines above.`);
      return status;
    }
    say(`the server crashed (${signal}) and is started again; scans that were running begin again. Please report the lines above.`);
  }
}

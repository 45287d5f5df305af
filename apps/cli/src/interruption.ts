import { CommandError, exitCodes } from './exit-codes.js';

/** Aborted when the user presses Ctrl+C. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new CommandError('Interrupted.', { exitCode: exitCodes.interrupted })));
  return interrupted.signal;
}

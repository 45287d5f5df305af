import { scanCommand } from './commands/scan.js';
import { runProgram } from './run-program.js';
import { isWritten } from './standard-output.js';

/** Entry of the `esscm` command with its subcommand `scan` alone, for what {@link loadProgram} loads. */
void runProgram(new Map([['scan', () => Promise.resolve(scanCommand())]])).then(() => {
  // What is left open keeps nothing of worth: to take it down in order would cost a small scan a fortieth of its time.
  if (isWritten()) process.exit();
});

import { scanCommand } from './commands/scan.js';
import { runProgram } from './run-program.js';

/** Entry of the `esscm` command with its subcommand `scan` alone, for what {@link loadProgram} loads. */
void runProgram(new Map([['scan', () => Promise.resolve(scanCommand())]]));

import { runProgram } from './run-program.js';
import { standardOutput } from './standard-output.js';

/** Entry of the `esscm` command with all its subcommands, most of which write to standard output. */
standardOutput();
await runProgram(
  new Map([
    ['serve', async () => (await import('./commands/serve.js')).serveCommand()],
    ['scan', async () => (await import('./commands/scan.js')).scanCommand()],
    ['diff', async () => (await import('./commands/diff.js')).diffCommand()],
    ['convert', async () => (await import('./commands/convert.js')).convertCommand()],
    ['validate', async () => (await import('./commands/validate.js')).validateCommand()],
    ['advisories', async () => (await import('./commands/advisories.js')).advisoriesCommand()],
    ['seed-demo', async () => (await import('./commands/seed-demo.js')).seedDemoCommand()],
    ['simulate-ecr', async () => (await import('./commands/simulate-ecr.js')).simulateEcrCommand()],
  ]),
);

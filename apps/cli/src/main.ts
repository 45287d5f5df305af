import { Command, CommanderError } from 'commander';
import { exitCodes } from './exit-codes.js';
import { version } from './version.js';

/** Commands by name. Only the one asked for is loaded: reading modules would take longer than many a scan. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['serve', async () => (await import('./commands/serve.js')).serveCommand()],
  ['scan', async () => (await import('./commands/scan.js')).scanCommand()],
  ['diff', async () => (await import('./commands/diff.js')).diffCommand()],
  ['convert', async () => (await import('./commands/convert.js')).convertCommand()],
  ['validate', async () => (await import('./commands/validate.js')).validateCommand()],
  ['advisories', async () => (await import('./commands/advisories.js')).advisoriesCommand()],
  ['seed-demo', async () => (await import('./commands/seed-demo.js')).seedDemoCommand()],
  ['simulate-ecr', async () => (await import('./commands/simulate-ecr.js')).simulateEcrCommand()],
]);

/** Entry of the `esscm` command. */
const program = new Command('esscm').description('SBOMs for the images in your container registries, kept current.').version(version).exitOverride();
const asked = commands.get(process.argv[2] ?? '');
for (const load of asked === undefined ? commands.values() : [asked]) program.addCommand((await load()).exitOverride());

// Whoever reads the output may stop early, as `head` does; that is no failure of the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.success);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed what is wrong, or the help that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  else process.exitCode = (await import('./print-failure.js')).printFailure(error, process.stderr);
}

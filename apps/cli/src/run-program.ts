import { Command, CommanderError } from 'commander';
import { exitCodes } from './exit-codes.js';
import { version } from './version.js';

/** Subcommands by name, made when they are asked for. */
export type Commands = ReadonlyMap<string, () => Promise<Command>>;

/** Runs the command line of this process. Only the subcommand asked for is made: reading modules would take longer than many a scan. */
export async function runProgram(commands: Commands): Promise<void> {
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
}

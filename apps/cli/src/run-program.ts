import { Command, CommanderError } from 'commander';
import { exitCodes } from './exit-codes.js';
import { standardOutput } from './standard-output.js';
import { version } from './version.js';

/** Subcommands by name, made when they are asked for. */
export type Commands = ReadonlyMap<string, () => Promise<Command>>;

/** Runs the command line of this process. Only the subcommand asked for is made: reading modules would take longer than many a scan. */
export async function runProgram(commands: Commands): Promise<void> {
  const program = configured(new Command('esscm')).description('SBOMs for the images in your container registries, kept current.').version(version);
  const asked = commands.get(process.argv[2] ?? '');
  for (const load of asked === undefined ? commands.values() : [asked]) program.addCommand(configured(await load()));

  try {
    await program.parseAsync();
  } catch (error) {
    // Commander has printed what is wrong, or the help that was asked for.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
    else process.exitCode = (await import('./print-failure.js')).printFailure(error, process.stderr);
  }
}

function configured(command: Command): Command {
  return command.exitOverride().configureOutput({ writeOut: (text) => void standardOutput().write(text) });
}

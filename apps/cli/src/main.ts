import { Command, CommanderError } from 'commander';
import { advisoriesCommand } from './commands/advisories.js';
import { convertCommand } from './commands/convert.js';
import { diffCommand } from './commands/diff.js';
import { scanCommand } from './commands/scan.js';
import { serveCommand } from './commands/serve.js';
import { seedDemoCommand } from './commands/seed-demo.js';
import { simulateEcrCommand } from './commands/simulate-ecr.js';
import { validateCommand } from './commands/validate.js';
import { exitCodes } from './exit-codes.js';
import { printFailure } from './print-failure.js';
import { version } from './version.js';

/** Entry of the `esscm` command. */
const program = new Command('esscm')
  .description('SBOMs for the images in your container registries, kept current.')
  .version(version)
  .exitOverride()
  .addCommand(serveCommand().exitOverride())
  .addCommand(scanCommand().exitOverride())
  .addCommand(diffCommand().exitOverride())
  .addCommand(convertCommand().exitOverride())
  .addCommand(validateCommand().exitOverride())
  .addCommand(advisoriesCommand().exitOverride())
  .addCommand(seedDemoCommand().exitOverride())
  .addCommand(simulateEcrCommand().exitOverride());

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
  else process.exitCode = printFailure(error, process.stderr);
}

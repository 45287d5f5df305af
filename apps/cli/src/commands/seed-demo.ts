import { Command } from 'commander';
import { readEnvironment } from '../environment.js';
import { withRemedies } from '../advisories/advisory-folder.js';
import { interruption } from '../interruption.js';

/** `esscm seed-demo`: a whole company to look at, in an empty installation. */
export function seedDemoCommand(): Command {
  return new Command('seed-demo')
    .description('Fill an empty installation with a demonstration: 3 connections, 60 repositories, 400 images.')
    .addHelpText(
      'after',
      `
Writes to the data folder in ESSCM_DATA_DIR, or to DATABASE_URL; stop the server first when its database is the embedded one.
Packages and advisories are real and old; what runs where is made up. Serve it with ESSCM_ADVISORY_UPDATES=off.
`,
    )
    .action(async () => {
      // The store and the matcher take longer to load than the other commands take to run.
      const { seedDemo } = await import('../demo/seed-demo.js');
      const { connections, images, findings } = await withRemedies(() =>
        seedDemo({
          environment: readEnvironment(),
          signal: interruption(),
          onProgress: (done, total) => {
            if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} images`);
          },
        }),
      );
      if (process.stderr.isTTY) process.stderr.write('\r');
      process.stdout.write(`The demonstration is ready: ${connections} connections, ${images} images, ${findings} findings.\n`);
    });
}

// `npm start`: install, build, serve. The address is printed by `esscm serve` when it answers.
import { keepServing } from './keep-serving.mjs';
import { allocatorEnvironment, build, findRuntime, install, main, run, workspaceEnvironment } from './workspace.mjs';

await main(async () => {
  await install();
  const runtime = findRuntime();
  await build();
  // As in `bin/esscm`: room for new objects that a server does not outgrow.
  const server = ['--max-semi-space-size=16', '--liftoff-only', 'apps/cli/dist/main.js', 'serve', ...process.argv.slice(2)];
  return keepServing(() => run(runtime, server, { env: { ...allocatorEnvironment(), ...workspaceEnvironment() } }));
});

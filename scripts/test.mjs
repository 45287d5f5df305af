// `npm test`: install, build, then the checks and suites that need nothing else on the machine.
import { build, findRuntime, install, main, run, say } from './workspace.mjs';

const steps = [
  { name: 'type check', script: 'typecheck' },
  { name: 'lint', script: 'lint' },
  { name: 'import directions', script: 'boundaries' },
  { name: 'unused code', script: 'knip' },
  { name: 'scripts', script: 'test:scripts' },
  { name: 'packages', script: 'test:unit' },
];

await main(async () => {
  await install();
  findRuntime();
  await build();
  for (const { name, script } of steps) {
    say(`${name} …`);
    const status = await run('pnpm', [script]);
    if (status !== 0) {
      say(`${name} failed`);
      return status;
    }
  }
  say('all tests passed');
  return 0;
});

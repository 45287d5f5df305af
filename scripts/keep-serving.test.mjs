import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepServing } from './keep-serving.mjs';
import { run } from './workspace.mjs';

const hour = 60 * 60 * 1000;

/** Runs of a server, each with its end and how long it lasted; counts how many were started. */
async function serve(runs) {
  let clock = 0;
  let started = 0;
  const status = await keepServing(
    () => {
      const [end, lasted = 1000] = runs[started] ?? [0];
      started += 1;
      clock += lasted;
      return Promise.resolve(end);
    },
    { now: () => clock },
  );
  return { status, started };
}

const cases = [
  { what: 'a server that ends well is not started again', runs: [[0]], expected: { status: 0, started: 1 } },
  { what: 'nor is one that fails', runs: [[70]], expected: { status: 70, started: 1 } },
  { what: 'nor one that was told to stop', runs: [[143]], expected: { status: 143, started: 1 } },
  { what: 'nor one that was killed', runs: [[137]], expected: { status: 137, started: 1 } },
  { what: 'after a crash it is', runs: [[133], [134], [0]], expected: { status: 0, started: 3 } },
  { what: 'five crashes in a row are the end', runs: [[139], [139], [139], [139], [139]], expected: { status: 139, started: 5 } },
  { what: 'not where it ran for an hour in between', runs: [[139], [139], [139], [139, hour], [139], [139], [139], [0]], expected: { status: 0, started: 8 } },
];

for (const { what, runs, expected } of cases) {
  test(what, async () => {
    assert.deepEqual(await serve(runs), expected);
  });
}

test('a process that aborts is a crash', async () => {
  let started = 0;
  const program = () => (started === 1 ? 'process.abort()' : 'process.exit(3)');
  const status = await keepServing(() => {
    started += 1;
    return run(process.execPath, ['-e', program()], { output: 'on-failure' });
  });
  assert.deepEqual({ status, started }, { status: 3, started: 2 });
});

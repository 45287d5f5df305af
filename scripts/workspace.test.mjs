import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { canRunProduct, installFingerprint, run } from './workspace.mjs';

const versions = [
  ['v20.20.2', false],
  ['v22.14.0', false],
  ['v22.15.0', true],
  ['v23.0.0', true],
  ['v24.21.0', true],
  ['22.15.1', true],
];

for (const [version, expected] of versions) {
  test(`Node ${version} ${expected ? 'can' : 'can not'} run the product`, () => {
    assert.equal(canRunProduct(version), expected);
  });
}

test('a changed lockfile changes the fingerprint of an installation, the same one does not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fingerprint-'));
  try {
    for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) writeFileSync(join(folder, file), file);
    const first = installFingerprint(folder);
    assert.equal(installFingerprint(folder), first);
    writeFileSync(join(folder, 'pnpm-lock.yaml'), 'another');
    assert.notEqual(installFingerprint(folder), first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the status of a command is passed on', async () => {
  assert.equal(await run(process.execPath, ['-e', 'process.exit(7)'], { output: 'on-failure' }), 7);
});

test('a command that is not there is an error a person can act on', async () => {
  await assert.rejects(run('no-such-command-here', []), /no-such-command-here could not be started/);
});

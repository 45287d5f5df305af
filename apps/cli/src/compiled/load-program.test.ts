import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepCode } from './kept-code.js';
import { loadProgram } from './load-program.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-program-'));
  // Functions of some size, so that what they are compiled to is found when a byte of it is changed.
  await writeFile(join(folder, 'entry.cjs'), `const path = require('node:path');\nconst { greet } = require('./greet-1234.cjs');\nglobalThis.greeting = greet(path.basename(__filename));\n`);
  await writeFile(join(folder, 'greet-1234.cjs'), `exports.greet = (name) => { const parts = ['good', 'morning', name]; return parts.join(' '); };\n`);
});
afterEach(async () => {
  Reflect.deleteProperty(globalThis, 'greeting');
  await rm(folder, { recursive: true });
});

/** What the program says, and for each of its files whether kept code was used. */
function run(): { readonly greeting: unknown; readonly kept: readonly boolean[] } {
  const loaded = loadProgram(folder, 'entry.cjs');
  return { greeting: Reflect.get(globalThis, 'greeting'), kept: loaded.map(({ script }) => script.cachedDataRejected === false) };
}

function keep(): void {
  for (const { path, script } of loadProgram(folder, 'entry.cjs')) keepCode(path, script.createCachedData());
}

it('runs files that require each other and modules of Node.js', () => {
  expect(run()).toEqual({ greeting: 'good morning entry.cjs', kept: [false, false] });
});

it('uses the code that was kept', () => {
  keep();
  expect(run()).toEqual({ greeting: 'good morning entry.cjs', kept: [true, true] });
});

it('does not use kept code of which a byte was changed, cut off or added', async () => {
  keep();
  const file = join(folder, 'greet-1234.cjs.compiled');
  const whole = await readFile(file);
  const damaged = [...Array.from({ length: 20 }, (_, at) => whole.with(Math.floor((at * whole.length) / 20), 0x5a)), whole.subarray(0, whole.length / 2), Buffer.alloc(0), Buffer.concat([whole, Buffer.alloc(1)])];
  for (const content of damaged.filter((content) => !whole.equals(content))) {
    await writeFile(file, content);
    expect(run()).toEqual({ greeting: 'good morning entry.cjs', kept: [true, false] });
  }
});

it('does not use code that was kept for other text of the same length', async () => {
  keep();
  const file = join(folder, 'greet-1234.cjs');
  await writeFile(file, (await readFile(file, 'utf8')).replace('morning', 'evening'));
  expect(run()).toEqual({ greeting: 'good evening entry.cjs', kept: [true, false] });
});

it('says so when a file is no program', async () => {
  await appendFile(join(folder, 'entry.cjs'), '}');
  expect(run).toThrow(SyntaxError);
});

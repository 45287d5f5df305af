import type { ScanLogLine } from '@esscm/store';
import { expect, test } from 'vitest';
import { ScanLog } from './scan-log.js';

const at = new Date('2030-01-01T00:00:00Z');

function logOver(append: (lines: readonly ScanLogLine[]) => Promise<void>) {
  const errors: unknown[] = [];
  return { errors, log: new ScanLog({ clock: { now: () => at }, attempt: 2, append, onError: (error) => errors.push(error) }) };
}

test('lines are written in their order, each once, with the stage they belong to', async () => {
  const written: (readonly ScanLogLine[])[] = [];
  const { log } = logOver(async (lines) => void written.push(lines));
  log.add('begun');
  log.enter('pull');
  log.add('half', 'warning');
  await Promise.all([log.flush(), log.flush()]);
  log.add('done');
  await log.flush();
  const line = { at, attempt: 2, level: 'info' };
  expect(written).toEqual([[{ ...line, text: 'begun' }, { ...line, level: 'warning', stage: 'pull', text: 'half' }], [{ ...line, stage: 'pull', text: 'done' }]]);
});

test('a line stays one line, and nothing hides in it', async () => {
  const texts: string[] = [];
  const { log } = logOver(async (lines) => void texts.push(...lines.map(({ text }) => text)));
  log.add('\u001b[31mred\r\nsecond\u202Ereversed\0\n');
  await log.flush();
  expect(texts).toEqual(['[31mred second reversed']);
});

test('what cannot be written is passed over, and a writer that is stuck costs bounded memory', async () => {
  const { promise: first, reject } = Promise.withResolvers<void>();
  const written: string[] = [];
  let calls = 0;
  const { log, errors } = logOver(async (lines) => {
    calls += 1;
    if (calls === 1) return first;
    written.push(...lines.map(({ text }) => text));
    return undefined;
  });
  log.add('lost');
  const flushed = log.flush();
  await Promise.resolve();
  for (let index = 0; index < 600; index += 1) log.add(String(index));
  reject(new Error('gone'));
  await flushed;
  await log.flush();
  expect(errors).toEqual([new Error('gone')]);
  expect([written.length, written[0], written.at(-1)]).toEqual([500, '100', '599']);
});

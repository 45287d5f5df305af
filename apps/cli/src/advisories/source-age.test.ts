import { expect, test } from 'vitest';
import { currentAt, isOld } from './source-age.js';

const now = Date.parse('2026-08-10T12:00:00Z');

test.each<[string, string, string | undefined, string, boolean]>([
  ['imported lately and never asked for since', '2026-08-09T12:00:00Z', undefined, '2026-08-09T12:00:00Z', false],
  ['imported long ago and never asked for since', '2026-08-01T12:00:00Z', undefined, '2026-08-01T12:00:00Z', true],
  ['not changed for long, and asked for today', '2026-08-01T12:00:00Z', '2026-08-10T06:00:00Z', '2026-08-10T06:00:00Z', false],
  ['not changed for long, and last asked for with success a week ago', '2026-08-01T12:00:00Z', '2026-08-03T12:00:00Z', '2026-08-03T12:00:00Z', true],
  ['imported from a file after it was last asked for', '2026-08-09T12:00:00.000Z', '2026-08-03T12:00:00Z', '2026-08-09T12:00:00.000Z', false],
  ['current for exactly two days', '2026-08-08T12:00:00Z', undefined, '2026-08-08T12:00:00Z', false],
])('a source %s', (_, importedAt, answeredAt, current, old) => {
  const moment = currentAt({ importedAt }, { currentAt: answeredAt });
  expect({ moment, old: isOld(moment, now) }).toEqual({ moment: current, old });
});

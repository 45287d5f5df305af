import { expect, test } from 'vitest';
import { sourceName, sourceStatus } from './source-words.js';

const at = '2026-11-23T06:00:00Z';

test.each([
  [{ state: 'READY' as const, checkedAt: at }, 'done', 'Current'],
  [{ state: 'WANTED' as const, checkedAt: null }, 'waiting', 'Waiting for the first time'],
  [{ state: 'WANTED' as const, checkedAt: at }, 'waiting', 'Due'],
  [{ state: 'FAILED' as const, checkedAt: null }, 'failed', 'Failed'],
  [{ state: 'FAILED' as const, checkedAt: at }, 'failed', 'Failed, the last good data is used'],
  [{ state: 'FETCHING' as const, progress: null }, 'running', 'Updating'],
  [{ state: 'FETCHING' as const, progress: { step: 'FETCH' as never, bytesDone: '5000000', bytesTotal: '20000000' } }, 'running', 'Updating, 5.0 of 20.0 MB'],
])('%j', (source, kind, text) => {
  expect(sourceStatus(source)).toEqual({ kind, text });
});

test.each([['npm', 'npm'], ['exploitation', 'Exploited vulnerabilities and EPSS'], ['Amazon Linux:explorer', 'CVE explorer of Amazon Linux']])('%s is called %s', (name, text) => {
  expect(sourceName(name)).toBe(text);
});

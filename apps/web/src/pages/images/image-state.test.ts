import { expect, test } from 'vitest';
import type { ScanState } from '../../gql/graphql.js';
import { imageState, imageStateWords, type ImageState } from './image-state.js';

test.each<[string, boolean | null, ScanState | null, ImageState, string]>([
  ['nothing known', null, null, 'not-scanned', 'Not scanned'],
  ['first scan waits', null, 'QUEUED', 'scanning', 'Scanning'],
  ['first scan runs', null, 'RUNNING', 'scanning', 'Scanning'],
  ['first scan failed', null, 'FAILED', 'failed-first', 'Scan failed'],
  ['first scan cancelled', null, 'CANCELLED', 'cancelled', 'Scan cancelled'],
  ['whole result', false, 'SUCCEEDED', 'current', 'Current'],
  ['part of a result', true, 'PARTIAL', 'partial', 'Partial'],
  ['a result, then a failure', false, 'FAILED', 'failed', 'Last scan failed'],
  ['a result, being renewed', true, 'RUNNING', 'rescanning', 'Scanning again'],
  ['a result, renewing cancelled', false, 'CANCELLED', 'current', 'Current'],
  ['a result whose scans are gone', false, null, 'current', 'Current'],
])('%s', (_, partial, scan, state, text) => {
  const facts = { content: partial === null ? null : { partial }, latestScan: scan === null ? null : { state: scan } };
  expect([imageState(facts), imageStateWords(imageState(facts)).text]).toEqual([state, text]);
});

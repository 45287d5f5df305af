import { expect, test } from 'vitest';
import type { ScanState } from '../../gql/graphql.js';
import { imageState, type ImageState } from './image-state.js';

test.each<[string, boolean | null, ScanState | null, ImageState]>([
  ['nothing known', null, null, 'not-scanned'],
  ['first scan waits', null, 'QUEUED', 'scanning'],
  ['first scan runs', null, 'RUNNING', 'scanning'],
  ['first scan failed', null, 'FAILED', 'failed-first'],
  ['first scan cancelled', null, 'CANCELLED', 'cancelled'],
  ['whole result', false, 'SUCCEEDED', 'current'],
  ['part of a result', true, 'PARTIAL', 'partial'],
  ['a result, then a failure', false, 'FAILED', 'failed'],
  ['a result, being renewed', true, 'RUNNING', 'rescanning'],
  ['a result, renewing cancelled', false, 'CANCELLED', 'current'],
  ['a result whose scans are gone', false, null, 'current'],
])('%s', (_, partial, scan, state) => {
  const facts = { content: partial === null ? null : { partial }, latestScan: scan === null ? null : { state: scan } };
  expect(imageState(facts)).toBe(state);
});

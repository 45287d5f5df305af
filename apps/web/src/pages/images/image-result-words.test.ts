import { expect, test } from 'vitest';
import type { ImageCoverage, ScanState } from '../../gql/graphql.js';
import { imageResultWords } from './image-result-words.js';

test.each<[ImageCoverage, ScanState | null, string]>([
  ['NOT_SCANNED', null, 'Not scanned'],
  ['NOT_SCANNED', 'QUEUED', 'Scanning'],
  ['NOT_SCANNED', 'RUNNING', 'Scanning'],
  ['NOT_SCANNED', 'CANCELLED', 'Scan cancelled'],
  ['FAILED', 'FAILED', 'Failed'],
  ['CURRENT', 'SUCCEEDED', 'Current'],
  ['STALE', 'SUCCEEDED', 'Stale'],
  ['PARTIAL', 'PARTIAL', 'Partial'],
  ['PARTLY_JUDGED', 'SUCCEEDED', 'Judged in part'],
  ['NOT_JUDGED', 'SUCCEEDED', 'Not judged'],
  ['PARTLY_JUDGED', 'FAILED', 'Judged in part, last scan failed'],
  ['PARTIAL', 'RUNNING', 'Partial, scanning again'],
  ['CURRENT', 'CANCELLED', 'Current'],
  ['CURRENT', null, 'Current'],
])('%s with its newest scan %s', (coverage, state, text) => {
  const said = imageResultWords({ coverage, latestScan: state === null ? null : { state } });
  expect([said.text, ...(said.newestScan === undefined ? [] : [said.newestScan])].join(', ')).toBe(text);
});

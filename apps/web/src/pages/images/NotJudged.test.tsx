// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { NotJudged } from './NotJudged.js';

afterEach(cleanup);

const matching = {
  state: 'UNMATCHED' as const,
  matchedAt: '2026-11-23T14:33:00Z',
  advisoriesAt: null,
  exploitedCount: 0,
  fixableCount: 0,
  hiddenCount: 0,
  missingEcosystems: [] as string[],
  counts: { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0, total: 0 },
  notices: [],
};

test.each([
  ['not matched', null, /^Not matched yet.*not been held against advisories\. There is no statement/],
  ['without advisories', matching, /^No advisories to match with.*what is in this image\. There is no statement/],
  ['without advisories of a kind', { ...matching, missingEcosystems: ['npm', 'deb'] }, /what is in this image \(npm, deb\)\. There is no statement/],
])('an image %s is not called clean', (_, found, text) => {
  expect(render(<NotJudged compact matching={found} />).container.textContent).toMatch(text);
});

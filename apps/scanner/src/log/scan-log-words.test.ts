import type { ScanEngineProgress } from '@esscm/scan-engine';
import { describe, expect, test } from 'vitest';
import { catalogued, digest, matchOutcome } from '../scanner-fixture.support.test.js';
import { beginWords, catalogueWords, failureWords, matchWords, pullWords } from './scan-log-words.js';

const progress: ScanEngineProgress = { stage: 'pull', layersDone: 3, layersTotal: 12, layersCached: 3, bytesDone: 0, bytesTotal: 345_600_000 };

test.each([
  [{ name: 'r.example/shop', tag: 'v1' }, 'Attempt 1: asking the registry for r.example/shop:v1'],
  [{ name: 'r.example/shop' }, 'Attempt 1: asking the registry for r.example/shop:latest'],
  [{ name: 'r.example/shop', tag: 'v1', pinnedDigest: digest, platform: 'linux/arm64' }, `Attempt 1: asking the registry for r.example/shop@${digest} for linux/arm64`],
])('%j', (image, text) => {
  expect(beginWords(image, 1)).toEqual([text]);
});

test.each([
  ['the first report says what there is to do', undefined, {}, '9 layers to read, 345.6 MB to download; 3 layers known from earlier scans'],
  ['nothing known', undefined, { layersCached: 0, layersDone: 0 }, '12 layers to read, 345.6 MB to download'],
  ['all known', undefined, { layersCached: 12, layersDone: 12 }, 'All 12 layers known from earlier scans, nothing to download'],
  ['a layer ended', progress, { layersDone: 4, bytesDone: 20_000_000 }, '4 of 12 layers read, 20.0 MB of 345.6 MB'],
  ['bytes alone are no news', progress, { bytesDone: 20_000_000 }, undefined],
] as const)('pull: %s', (_, before, change, text) => {
  expect(pullWords(before, { ...progress, ...change })?.[0]).toBe(text);
});

describe('a catalogue', () => {
  test('that is whole', () => {
    expect(catalogueWords(catalogued())).toEqual([['1 component found, Debian 13']]);
  });

  test('of which something is missing names the first fifty parts', () => {
    const incomplete = Array.from({ length: 52 }, (_, index) => ({ code: 'x', severity: 'incomplete' as const, message: `part ${index}`, path: `/p${index}` }));
    const words = catalogueWords(catalogued({ diagnostics: [...incomplete, { code: 'y', severity: 'notice', message: 'odd' }] }));
    expect(words).toHaveLength(53);
    expect([words[1], words[51], words[52]]).toEqual([['/p0: part 0', 'warning'], ['2 more of these', 'warning'], ['1 remark that cost nothing, listed with the scan']]);
  });
});

test.each([
  [undefined, []],
  [matchOutcome({ revision: '0123456789abcdef' }), [['1 finding, advisories of 2026-11-23T06:00:00.000Z (0123456789ab)']]],
  [
    matchOutcome({ state: 'partial', findings: [], notices: [{ code: 'x', message: 'Advisories of npm are missing.', componentCount: 3 }] }),
    [['0 findings, advisories of 2026-11-23T06:00:00.000Z (first)'], ['Advisories of npm are missing.', 'warning']],
  ],
  [{ ...matchOutcome({ state: 'unmatched' }), advisoriesAt: undefined }, [['Nothing was judged: no advisories', 'warning']]],
])('matching %#', (outcome, words) => {
  expect(matchWords(outcome as Parameters<typeof matchWords>[0])).toEqual(words);
});

test('a failure says whether it is tried again', () => {
  const failure = { code: 'x', heading: 'Throttled', message: 'Too many requests.', retryable: true };
  expect([failureWords(failure, true), failureWords(failure, false)]).toEqual([
    ['Throttled: Too many requests. It is tried again.', 'error'],
    ['Throttled: Too many requests.', 'error'],
  ]);
});

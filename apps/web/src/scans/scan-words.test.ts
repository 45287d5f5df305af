import { describe, expect, test } from 'vitest';
import { scanNews, scanNote, scanStatus, stageLabel, stageSegments, type ScanFacts } from './scan-words.js';

const scan = (change: Partial<ScanFacts>): ScanFacts => ({
  state: 'RUNNING',
  stage: 'PULL',
  attempt: 1,
  componentCount: null,
  findings: null,
  failure: null,
  diagnostics: [],
  cancelledBy: null,
  aheadCount: null,
  progress: { layersDone: 6, layersTotal: 12, layersCached: 0, bytesDone: '214000000', bytesTotal: '345000000', stages: [] },
  ...change,
});
const progress = scan({}).progress;

describe('the line beside a scan', () => {
  test.each<[string, Partial<ScanFacts>, string]>([
    ['waiting', { state: 'QUEUED', stage: null, attempt: 0 }, 'Waiting'],
    ['waiting behind others', { state: 'QUEUED', stage: null, attempt: 0, aheadCount: 1_209 }, 'Waiting, 1,209 ahead'],
    ['waiting before all others', { state: 'QUEUED', stage: null, attempt: 0, aheadCount: 0 }, 'Waiting, next'],
    ['waiting again', { state: 'QUEUED', stage: null, attempt: 1 }, 'Waiting for attempt 2'],
    ['resolving', { stage: 'RESOLVE' }, 'Resolving'],
    ['pulling', {}, 'Pulling layer 7 of 12, 214 of 345 MB'],
    ['pulling the last', { progress: { ...progress, layersDone: 12 } }, 'Pulling layer 12 of 12, 214 of 345 MB'],
    ['pulling what is not known yet', { progress: { ...progress, layersTotal: 0, bytesTotal: '0' } }, 'Pulling'],
    ['cataloguing', { stage: 'CATALOGUE' }, 'Cataloguing'],
    ['matching', { stage: 'MATCH' }, 'Matching'],
    ['storing', { stage: 'STORE' }, 'Storing the result'],
    ['done', { state: 'SUCCEEDED', componentCount: 1204 }, '1,204 components'],
    ['done with known layers', { state: 'SUCCEEDED', componentCount: 1, progress: { ...progress, layersCached: 8 } }, '1 component, 8 layers reused'],
    ['done and judged', { state: 'SUCCEEDED', componentCount: 1204, findings: { count: 1088, atLeast: false, newCount: 0 } }, '1,088 findings, none new'],
    ['done with news', { state: 'SUCCEEDED', componentCount: 1204, findings: { count: 64, atLeast: false, newCount: 2 } }, '64 findings, 2 new'],
    ['done for the first time', { state: 'SUCCEEDED', componentCount: 1204, findings: { count: 1, atLeast: false, newCount: null } }, '1 finding'],
    ['done, a part not judged', { state: 'SUCCEEDED', componentCount: 1204, findings: { count: 88, atLeast: true, newCount: 0 } }, 'At least 88 findings, none new'],
    ['done, nothing found', { state: 'SUCCEEDED', componentCount: 1204, findings: { count: 0, atLeast: false, newCount: 0 } }, 'No known vulnerabilities'],
    ['done, nothing found in what was judged', { state: 'SUCCEEDED', componentCount: 1204, findings: { count: 0, atLeast: true, newCount: null } }, 'None found so far'],
    ['done, with nothing to judge it by', { state: 'SUCCEEDED', componentCount: 12, findings: { count: null, atLeast: true, newCount: null } }, '12 components, no advisories'],
    ['partial, whatever was found', { state: 'PARTIAL', findings: { count: 88, atLeast: false, newCount: 0 }, diagnostics: [{ code: 'limit', severity: 'warning', message: 'Go binaries not read: time limit', path: null }] }, 'Go binaries not read: time limit'],
    ['partial', { state: 'PARTIAL', diagnostics: [{ code: 'limit', severity: 'warning', message: 'Go binaries not read: time limit', path: null }] }, 'Go binaries not read: time limit'],
    ['partial without a named part', { state: 'PARTIAL' }, 'Parts of this image could not be read'],
    ['failed without a reason', { state: 'FAILED' }, 'Failed without a reason'],
    ['cancelled', { state: 'CANCELLED' }, 'Cancelled'],
    ['cancelled by somebody', { state: 'CANCELLED', cancelledBy: 'Mira Kovač' }, 'Cancelled by Mira Kovač'],
  ])('%s', (_, change, text) => {
    expect(scanNews(scan(change)).text).toBe(text);
  });
});

describe('the note beside the news', () => {
  const begun = (seconds: number) => ({ ...progress, stages: [{ stage: 'PULL' as const, startedAt: new Date(Date.parse('2026-11-23T14:00:00Z') - seconds * 1000).toISOString(), endedAt: null }] });
  test.each<[string, Partial<ScanFacts>, string | undefined]>([
    ['214 of 345 MB in 30 s', { progress: begun(30) }, 'about 20 s left'],
    ['just begun', { progress: begun(0.5) }, undefined],
    ['nothing arrived', { progress: { ...begun(30), bytesDone: '0' } }, undefined],
    ['another stage', { stage: 'MATCH', progress: begun(30) }, undefined],
    ['waiting', { state: 'QUEUED', stage: null }, undefined],
    ['done', { state: 'SUCCEEDED', componentCount: 412, progress: { ...progress, layersCached: 8 } }, '412 components, 8 layers reused'],
  ])('%s', (_, change, note) => {
    expect(scanNote(scan(change), new Date('2026-11-23T14:00:00Z'))).toBe(note);
  });
});

test('a running scan can say its stage instead', () => {
  expect(scanStatus(scan({}))).toEqual({ kind: 'running', text: 'Running' });
  expect(scanStatus(scan({}), true)).toEqual({ kind: 'running', text: 'Pull' });
});

test('stages before the present one are done, the present one in part', () => {
  expect(stageSegments(scan({})).map(({ done }) => Math.round(done * 100))).toEqual([100, 62, 0, 0, 0]);
  expect(stageSegments(scan({ state: 'FAILED' }))).toEqual([
    { name: 'Resolve', done: 1 },
    { name: 'Pull', done: 1, failed: true },
    { name: 'Catalogue', done: 0 },
    { name: 'Match', done: 0 },
    { name: 'Store', done: 0 },
  ]);
  expect(stageSegments(scan({ state: 'PARTIAL', stage: null })).map(({ done }) => done)).toEqual([1, 1, 1, 1, 1]);
  expect(stageSegments(scan({ state: 'CANCELLED' })).map(({ done }) => done)).toEqual([1, 0, 0, 0, 0]);
});

test.each<[Partial<ScanFacts>, string]>([
  [{}, 'Pull, stage 2 of 5'],
  [{ state: 'FAILED' }, 'Failed in Pull, stage 2 of 5'],
  [{ state: 'SUCCEEDED', stage: null }, 'All 5 stages done'],
  [{ state: 'QUEUED', stage: null }, 'Waiting'],
  [{ state: 'CANCELLED', stage: null }, 'Not started'],
])('%j reads %s', (change, label) => {
  expect(stageLabel(scan(change))).toBe(label);
});

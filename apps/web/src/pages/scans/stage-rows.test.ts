import { expect, test } from 'vitest';
import type { ScanStage, ScanState } from '../../gql/graphql.js';
import { stageRows } from './stage-rows.js';

const timing = (stage: ScanStage, start: number, end: number | null) => ({
  stage,
  startedAt: `2026-11-23T14:00:${String(start).padStart(2, '0')}Z`,
  endedAt: end === null ? null : `2026-11-23T14:00:${String(end).padStart(2, '0')}Z`,
});
const rows = (state: ScanState, stage: ScanStage | null, stages: readonly ReturnType<typeof timing>[]): readonly string[] =>
  stageRows({ state, stage, progress: { layersDone: 0, layersTotal: 0, layersCached: 0, bytesDone: '0', bytesTotal: '0', stages: [...stages] }, endedAt: state === 'SUCCEEDED' ? '2026-11-23T14:00:05Z' : null }, new Date('2026-11-23T14:00:20Z')).map(({ name, word, took }) => `${name}: ${word}${took === undefined ? '' : `, ${took}`}`);

test('running', () => {
  expect(rows('RUNNING', 'PULL', [timing('RESOLVE', 0, 2), timing('PULL', 2, null)])).toEqual(['Resolve: Done, 2.0 s', 'Pull: Running, 18 s', 'Catalogue: Not reached', 'Match: Not reached', 'Store: Not reached']);
});

test('failed in a stage', () => {
  expect(rows('FAILED', 'PULL', [timing('RESOLVE', 0, 2), timing('PULL', 2, 6)])).toEqual(['Resolve: Done, 2.0 s', 'Pull: Failed, 4.0 s', 'Catalogue: Not reached', 'Match: Not reached', 'Store: Not reached']);
});

test('everything was known already: no pull', () => {
  expect(rows('SUCCEEDED', null, [timing('RESOLVE', 0, 1), timing('STORE', 1, 2)])).toEqual(['Resolve: Done, 1.0 s', 'Pull: Not needed', 'Catalogue: Not needed', 'Match: Not needed', 'Store: Done, 1.0 s']);
});

test('cancelled half way', () => {
  expect(rows('CANCELLED', 'PULL', [timing('RESOLVE', 0, 1), timing('PULL', 1, null)])).toEqual(['Resolve: Done, 1.0 s', 'Pull: Stopped', 'Catalogue: Not reached', 'Match: Not reached', 'Store: Not reached']);
});

test('the last stage of a scan that ended well ends with it', () => {
  expect(rows('SUCCEEDED', 'STORE', [timing('RESOLVE', 0, 1), timing('STORE', 1, null)]).at(-1)).toBe('Store: Done, 4.0 s');
});

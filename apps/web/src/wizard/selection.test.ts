import { describe, expect, test } from 'vitest';
import { selectionTotals, type ChosenImage } from './chosen-image.js';
import { addChoices, applyPage, choose, chosenCounts, isScannable, orderedTags, toggleReference, type ListedImage } from './selection.js';

const repository = { name: 'payments/api', uri: 'registry.example/payments/api' };
const image = (digest: string, tags: readonly string[], sizeBytes: string | null = '100'): ListedImage => ({ digest, tags, sizeBytes, pushedAt: null, kind: 'IMAGE', status: 'ACTIVE' });
const one = image('sha256:1', ['latest', '1.0']);
const two = image('sha256:2', []);
const three = image('sha256:3', ['3.0']);
const references = (chosen: readonly ChosenImage[]): readonly string[] => chosen.map(({ reference }) => reference);

test('the telling tag comes before moving ones', () => {
  expect(orderedTags(['latest', '2.14.3', 'stable'])).toEqual(['2.14.3', 'latest', 'stable']);
});

test('an image is chosen by its tag, or by digest when asked or untagged', () => {
  expect(choose(repository, one, 'tag')).toEqual({ reference: 'registry.example/payments/api:1.0', repository: 'payments/api', tag: '1.0', digest: 'sha256:1', sizeBytes: '100' });
  expect(choose(repository, one, 'digest').reference).toBe('registry.example/payments/api@sha256:1');
  expect(choose(repository, two, 'tag')).toEqual({ reference: 'registry.example/payments/api@sha256:2', repository: 'payments/api', digest: 'sha256:2', sizeBytes: '100' });
  expect(choose(repository, one, 'tag', 'latest').reference).toBe('registry.example/payments/api:latest');
});

describe('ticking rows of a page', () => {
  const before = [choose(repository, one, 'tag'), choose({ name: 'other', uri: 'registry.example/other' }, one, 'tag')];
  test('adds what is ticked and keeps what is elsewhere', () => {
    expect(references(applyPage(before, repository, [one, two, three], [one, three], 'tag'))).toEqual(['registry.example/payments/api:1.0', 'registry.example/other:1.0', 'registry.example/payments/api:3.0']);
  });
  test('drops what is no longer ticked on this page only', () => {
    expect(references(applyPage(before, repository, [one, two], [], 'tag'))).toEqual(['registry.example/other:1.0']);
    expect(references(applyPage(before, repository, [two, three], [], 'tag'))).toEqual(references(before));
  });
  test('keeps how a row was chosen when the mode changed since', () => {
    expect(references(applyPage(before, repository, [one], [one], 'digest'))).toEqual(references(before));
  });
});

test('a reference is chosen once, and toggling takes it away again', () => {
  const chosen = addChoices([], [choose(repository, one, 'tag'), choose(repository, one, 'tag')]);
  expect(references(chosen)).toEqual(['registry.example/payments/api:1.0']);
  expect(toggleReference(chosen, choose(repository, one, 'tag'))).toEqual([]);
});

test('totals count a digest once and admit when a size is not known', () => {
  const chosen = [choose(repository, one, 'tag'), choose(repository, one, 'tag', 'latest'), choose(repository, three, 'tag')];
  expect(selectionTotals(chosen)).toEqual({ imageCount: 3, repositoryCount: 1, sizeBytes: 200 });
  expect(selectionTotals([...chosen, choose(repository, image('sha256:4', [], null), 'tag')]).sizeBytes).toBeUndefined();
  expect(chosenCounts(chosen)).toEqual(new Map([['payments/api', 2]]));
});

test.each([
  ['IMAGE', 'ACTIVE', true],
  ['INDEX', 'ACTIVE', true],
  ['UNKNOWN', 'ACTIVE', true],
  ['ARTIFACT', 'ACTIVE', false],
  ['IMAGE', 'ARCHIVED', false],
] as const)('%s, %s: scannable %s', (kind, status, scannable) => {
  expect(isScannable({ kind, status })).toBe(scannable);
});

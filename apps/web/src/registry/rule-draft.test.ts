import { expect, test } from 'vitest';
import { defaultNaming, defaultPlatforms, emptyRule, fromSelection, toPlatformInput, toSelectionInput } from './rule-draft.js';

test('what is not typed is no condition', () => {
  expect(toSelectionInput(emptyRule(), defaultNaming, defaultPlatforms)).toEqual({ rule: { repository: { kind: 'GLOB', text: '**' } }, naming: defaultNaming, platforms: { all: false } });
});

test('everything typed is sent, and a number that is none as 0', () => {
  const draft = { ...emptyRule(), id: 'sel_1', repository: ' shop/* ', tag: 'v.*', excludeTag: '-rc', regex: true, versionRange: '^2', latest: '5', latestBy: 'VERSION' as const, newerThanDays: '90', pulledWithinDays: 'soon' };
  expect(toSelectionInput(draft, { project: 'p', version: 'v' }, { choice: 'all', list: '' })).toEqual({
    id: 'sel_1',
    rule: {
      repository: { kind: 'REGEX', text: 'shop/*' },
      tag: { kind: 'REGEX', text: 'v.*' },
      excludeTag: { kind: 'REGEX', text: '-rc' },
      versionRange: '^2',
      latest: { count: 5, by: 'VERSION' },
      newerThanDays: 90,
      pulledWithinDays: 0,
    },
    naming: { project: 'p', version: 'v' },
    platforms: { all: true },
  });
});

test('a stored rule is edited as it was typed', () => {
  const draft = { ...emptyRule(), repository: 'shop/*', tag: '2.*', latest: '3' };
  const { rule } = toSelectionInput(draft, defaultNaming, defaultPlatforms);
  const nothing = { tag: null, excludeTag: null, versionRange: null, latest: null, newerThanDays: null, pulledWithinDays: null };
  expect(fromSelection('sel_1', { ...nothing, ...rule } as Parameters<typeof fromSelection>[1])).toEqual({ ...draft, key: 'sel_1', id: 'sel_1' });
});

test('platforms are listed with commas or blanks', () => {
  expect(toPlatformInput({ choice: 'list', list: 'linux/amd64, linux/arm64 linux/s390x,' })).toEqual({ all: false, list: ['linux/amd64', 'linux/arm64', 'linux/s390x'] });
});

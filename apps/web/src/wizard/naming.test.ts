import { describe, expect, test } from 'vitest';
import type { ChosenImage } from './chosen-image.js';
import { defaultRules, editImage, editRepository, hasEdits, nameProblems, namesOf, noEdits, projectByRule, projectCount, versionByRule } from './naming.js';

const image = (tag: string | undefined, repository = 'payments/fraud-scorer'): ChosenImage => ({
  reference: `registry.example/${repository}:${tag ?? 'digest'}`,
  repository,
  digest: `sha256:${'ab12'.repeat(16)}`,
  ...(tag === undefined ? {} : { tag }),
});

describe('names by rule', () => {
  test.each([
    ['repository', 'payments/fraud-scorer', 'Fraud scorer'],
    ['repository', 'nginx', 'Nginx'],
    ['repository', 'a/b_c.d', 'B c d'],
    ['repository', 'a/---', '---'],
    ['path', 'payments/fraud-scorer', 'payments/fraud-scorer'],
    ['fixed', 'payments/fraud-scorer', 'Shop'],
  ] as const)('project from the %s of %s is %s', (project, repository, name) => {
    expect(projectByRule(repository, { ...defaultRules, project, projectText: 'Shop' })).toBe(name);
  });

  test('version from the tag; a digest uses its push date, or its first characters', () => {
    expect(versionByRule(image('2.14.3'), defaultRules)).toBe('2.14.3');
    expect(versionByRule({ ...image(undefined), pushedAt: '2026-11-21T09:12:00Z' }, defaultRules)).toBe('2026-11-21');
    expect(versionByRule(image(undefined), defaultRules)).toBe('ab12ab12ab12');
    expect(versionByRule(image('2.14.3'), { ...defaultRules, version: 'fixed', versionText: '2026.4' })).toBe('2026.4');
  });
});

test('an image keeps its own name, and loses it when its whole repository is renamed', () => {
  const first = image('1');
  const second = image('2');
  const own = editImage(noEdits, first.reference, { project: 'Mine', version: '1-lts' });
  expect([namesOf(first, defaultRules, own), namesOf(second, defaultRules, own)]).toEqual([
    { project: 'Mine', version: '1-lts' },
    { project: 'Fraud scorer', version: '2' },
  ]);
  const shared = editRepository(own, first.repository, [first.reference, second.reference], { project: 'Fraud' });
  expect([namesOf(first, defaultRules, shared), namesOf(second, defaultRules, shared)]).toEqual([
    { project: 'Fraud', version: '1-lts' },
    { project: 'Fraud', version: '2' },
  ]);
  expect(projectCount([first, second], defaultRules, own)).toBe(2);
  expect(projectCount([first, second], defaultRules, shared)).toBe(1);
});

test('an emptied name falls back to the rule', () => {
  const edits = editImage(editImage(noEdits, image('1').reference, { project: 'Mine' }), image('1').reference, { project: '  ' });
  expect(namesOf(image('1'), defaultRules, edits).project).toBe('Fraud scorer');
  expect([hasEdits(noEdits), hasEdits(edits), hasEdits(editImage(edits, 'a', { version: '1' }))]).toEqual([false, false, true]);
});

test('a missing or overlong name is a problem', () => {
  const rules = { ...defaultRules, project: 'fixed', projectText: ' ' } as const;
  expect(nameProblems([image('1')], rules, noEdits)).toEqual([image('1').reference]);
  expect(nameProblems([image('1')], { ...rules, projectText: 'x'.repeat(101) }, noEdits)).toEqual([image('1').reference]);
  expect(nameProblems([image('1')], defaultRules, noEdits)).toEqual([]);
});

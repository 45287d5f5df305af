import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';

it('says a rule in one line', () => {
  expect(describeRule({ repository: { kind: 'glob', text: '**' } })).toBe('every repository');
  expect(
    describeRule({
      repository: { kind: 'glob', text: 'payments/**' },
      tag: { kind: 'regex', text: 'v\\d+' },
      excludeTag: { kind: 'glob', text: '*-rc*' },
      versionRange: '^2',
      latest: { count: 5, by: 'push' },
      newerThanDays: 90,
      pulledWithinDays: 1,
    }),
  ).toBe('payments/**, tags v\\d+, not *-rc*, versions ^2, the newest 5 of each repository, pushed within 90 days, pulled within 1 day');
});

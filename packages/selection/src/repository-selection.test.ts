import type { RegistryImage } from '@esscm/registry-core';
import { describe, expect, it } from 'vitest';
import { compileRule } from './compile-rule.js';
import { RepositorySelection } from './repository-selection.js';
import { selectionRuleSchema, type SelectionRule } from './selection-rule.js';

const now = new Date('2026-11-26T12:00:00Z');
const anywhere = { kind: 'glob', text: '**' } as const;
const tags = (text: string) => ({ kind: 'glob', text }) as const;

/** An image pushed so many days ago; its digest is made of its first tag. */
function image(names: string, daysAgo = 0, changes: Partial<RegistryImage> = {}): RegistryImage {
  const pushedAt = new Date(now.getTime() - daysAgo * 86_400_000);
  return { digest: `sha256:${Buffer.from(names).toString('hex').padEnd(64, '0')}`, tags: names === '' ? [] : names.split(' '), pushedAt, kind: 'image', status: 'active', ...changes };
}

function select(rules: readonly SelectionRule[], images: readonly RegistryImage[], options: { repository?: string; followed?: readonly string[] } = {}): readonly string[] {
  const selection = new RepositorySelection(rules.map(compileRule), options.repository ?? 'shop/web', now, new Set(options.followed));
  // One by one: a list arrives in pages of any size.
  for (const entry of images) selection.add([entry]);
  return selection.selected().map(({ tag, rule }) => `${tag} by ${rule}`);
}

describe('RepositorySelection', () => {
  const images = [image('1.0.0', 40), image('1.1.0 1.1', 30), image('2.0.0-rc.1', 20), image('2.0.0 latest', 10), image('nightly', 1), image('', 1)];

  it.each<[string, SelectionRule, readonly string[]]>([
    ['every tagged image, by its highest version', { repository: anywhere }, ['1.0.0', '1.1', '2.0.0-rc.1', '2.0.0', 'nightly']],
    ['tags that match', { repository: anywhere, tag: tags('1.*') }, ['1.0.0', '1.1']],
    ['tags that match and are not excluded', { repository: anywhere, tag: tags('*.*.*'), excludeTag: tags('*-rc.*') }, ['1.0.0', '1.1.0', '2.0.0']],
    ['a moving tag', { repository: anywhere, tag: tags('latest') }, ['latest']],
    ['a version range, without pre-releases', { repository: anywhere, versionRange: '>=1.1' }, ['1.1', '2.0.0']],
    ['the newest by push', { repository: anywhere, latest: { count: 2, by: 'push' } }, ['nightly', '2.0.0']],
    ['the highest by version', { repository: anywhere, latest: { count: 2, by: 'version' } }, ['2.0.0', '2.0.0-rc.1']],
    ['newer than', { repository: anywhere, newerThanDays: 20 }, ['2.0.0-rc.1', '2.0.0', 'nightly']],
    ['another repository', { repository: tags('shop/api') }, []],
  ])('%s', (_name, rule, expected) => {
    expect(select([rule], images)).toEqual(expected.map((tag) => `${tag} by 0`));
  });

  it('leaves out what cannot be scanned, and what was not pulled lately', () => {
    const rule = { repository: anywhere, pulledWithinDays: 3 };
    const pulled = { lastPulledAt: new Date('2026-11-25T00:00:00Z') };
    expect(
      select([rule], [
        image('a', 0, pulled),
        image('b', 0, { lastPulledAt: new Date('2026-11-20T00:00:00Z') }),
        image('c'),
        image('chart', 0, { ...pulled, kind: 'artifact' }),
        image('old', 0, { ...pulled, status: 'archived' }),
      ]),
    ).toEqual(['a by 0']);
  });

  it('gives an image to the first rule that wants it, once', () => {
    expect(select([{ repository: anywhere, tag: tags('latest') }, { repository: anywhere, versionRange: '2.x' }, { repository: anywhere, tag: tags('1.0.*') }], images)).toEqual([
      'latest by 0',
      '1.0.0 by 2',
    ]);
  });

  it('keeps following the tag it followed when the image gets another', () => {
    expect(select([{ repository: anywhere }], [image('main 3.0.0')], { followed: ['main'] })).toEqual(['main by 0']);
    expect(select([{ repository: anywhere }], [image('main 3.0.0')])).toEqual(['3.0.0 by 0']);
  });

  it('finds the newest of many that arrive in no order', () => {
    const many = Array.from({ length: 5000 }, (_, index) => image(`t${(index * 7919) % 5000}`, ((index * 7919) % 5000) / 100));
    expect(select([{ repository: anywhere, latest: { count: 3, by: 'push' } }], many)).toEqual(['t0 by 0', 't1 by 0', 't2 by 0']);
  });
});

describe('selectionRuleSchema', () => {
  it.each([
    [{ repository: anywhere, latest: { count: 0, by: 'push' } }],
    [{ repository: anywhere, latest: { count: 5, by: 'size' } }],
    [{ repository: { kind: 'glob', text: '' } }],
    [{ repository: anywhere, newerThanDays: 0 }],
    [{ repository: anywhere, tags: 'x' }],
    [{}],
  ])('refuses %o', (rule) => {
    expect(selectionRuleSchema.safeParse(rule).success).toBe(false);
  });
});

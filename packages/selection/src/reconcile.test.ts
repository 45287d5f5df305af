import { describe, expect, it } from 'vitest';
import { reconcile, type FollowedImage, type RepositoryChanges, type WantedImage } from './reconcile.js';

const nothing: RepositoryChanges<WantedImage> = { add: [], seen: [], moved: [], gone: [], back: [], released: [], taken: [] };
const followed = (changes: Partial<FollowedImage>): FollowedImage => ({ id: 'img', tag: 'v1', gone: false, released: false, registryDigest: 'old', ...changes });
const wanted = (changes: Partial<WantedImage> = {}): WantedImage => ({ tag: 'v1', digest: 'old', ruleId: 'rule', ...changes });

describe('reconcile', () => {
  const { registryDigest: _known, ...unseen } = followed({});
  const { tag: _tag, ...pinned } = followed({ pinnedDigest: 'pin' });
  it.each<[string, readonly FollowedImage[], readonly WantedImage[], Readonly<Record<string, string>>, Partial<RepositoryChanges<WantedImage>>]>([
    ['nothing has changed', [followed({})], [], { v1: 'old' }, {}],
    ['a first look', [unseen], [], { v1: 'old' }, { seen: [{ id: 'img', digest: 'old' }] }],
    ['a tag that moved', [followed({})], [], { v1: 'new' }, { moved: [{ id: 'img', digest: 'new' }] }],
    ['a tag that is gone', [followed({})], [], {}, { gone: ['img'] }],
    ['a tag that was gone before', [followed({ gone: true })], [], {}, {}],
    ['a tag that is back elsewhere', [followed({ gone: true })], [], { v1: 'new' }, { back: ['img'], moved: [{ id: 'img', digest: 'new' }] }],
    ['a pinned digest that is there', [pinned], [], {}, {}],
    ['a pinned digest that is gone', [{ ...pinned, pinnedDigest: 'other' }], [], {}, { gone: ['img'] }],
    ['a new image', [], [wanted()], { v1: 'old' }, { add: [wanted()] }],
    ['a new image for another platform', [followed({ ruleId: 'rule', platform: 'linux/amd64' })], [wanted({ platform: 'linux/amd64' }), wanted({ platform: 'linux/arm64' })], { v1: 'old' }, { add: [wanted({ platform: 'linux/arm64' })] }],
    ['an image chosen by hand that a rule wants too', [followed({})], [wanted()], { v1: 'old' }, {}],
    ['an image no rule wants any more', [followed({ ruleId: 'rule' })], [], { v1: 'new' }, { released: ['img'] }],
    ['an image released before', [followed({ ruleId: 'rule', released: true })], [], { v1: 'new' }, {}],
    ['an image wanted again', [followed({ ruleId: 'rule', released: true })], [wanted({ digest: 'new' })], { v1: 'new' }, { taken: [{ id: 'img', ruleId: 'rule' }], moved: [{ id: 'img', digest: 'new' }] }],
    ['an image wanted by another rule', [followed({ ruleId: 'earlier' })], [wanted()], { v1: 'old' }, { taken: [{ id: 'img', ruleId: 'rule' }] }],
    ['a tracked image that is gone is not released', [followed({ ruleId: 'rule' })], [], {}, { gone: ['img'] }],
  ])('%s', (_name, tracked, wants, tags, changes) => {
    const listed = { digestOfTag: new Map(Object.entries(tags)), digests: new Set(['pin']) };
    expect(reconcile(listed, wants, tracked)).toEqual({ ...nothing, ...changes });
  });
});

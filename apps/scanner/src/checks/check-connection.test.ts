import { parseDigest } from '@esscm/oci-client';
import { RegistryError } from '@esscm/registry-core';
import type { CheckRecord } from '@esscm/store';
import { buildIndex, ImageBuilder, TestRegistry } from '@esscm/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ChecksFixture, digest, registryHost } from './checks-fixture.support.test.js';

const glob = (text: string) => ({ kind: 'glob', text }) as const;
const found = (changes: Partial<CheckRecord>) => expect.objectContaining({ added: 0, moved: 0, gone: 0, back: 0, released: 0, repositoriesLeft: 0, ...changes });
const denied = new RegistryError({ kind: 'access-denied', heading: 'Access denied', message: 'It may not list.', remedy: 'Allow it.' });

let fixture: ChecksFixture;

beforeAll(async () => {
  fixture = await ChecksFixture.open();
});

beforeEach(() => {
  fixture.registry.repositories.clear();
  fixture.registry.faults.clear();
  fixture.enqueued.length = 0;
});

afterAll(() => fixture.close());

describe('a check of a connection with rules', () => {
  test('tracks and scans what they want, and names it from their templates', async () => {
    fixture.registry.push('shop/web', 'a 1.0 latest', 'b 2.0', 'c');
    fixture.registry.push('base', 'd 1.0');
    const id = await fixture.connect({ rules: [{ repository: glob('shop/*') }] });
    expect(await fixture.check(id)).toEqual(found({ trigger: 'schedule', added: 2, calls: 2, repositoriesChecked: 1 }));
    expect(fixture.registry.calls).toEqual(['repositories', 'shop/web']);
    expect(await fixture.tracked(id)).toEqual(['shop/web:1.0', 'shop/web:2.0']);
    expect(fixture.enqueued).toHaveLength(2);
    const [first] = await fixture.images(id);
    expect(first).toMatchObject({ name: `${registryHost}/shop/web`, registryDigest: digest('a'), ruleId: expect.stringMatching(/^sel_/) });
    const [version] = await fixture.store.projects.findVersions(fixture.organizationId, [first?.projectVersionId ?? '']);
    expect(version?.version).toBe('1.0-aaaa');

    expect(await fixture.check(id)).toEqual(found({ added: 0, calls: 2 }));
    expect(fixture.enqueued).toHaveLength(2);
  });

  test('finds what was pushed, moved, deleted, and pushed again; nothing is deleted here', async () => {
    fixture.registry.push('shop/web', 'a 1.0', 'b main');
    const id = await fixture.connect({ rules: [{ repository: glob('**') }] });
    await fixture.check(id);

    fixture.registry.push('shop/web', 'a 1.0', 'c main', 'd 2.0');
    expect(await fixture.check(id)).toEqual(found({ added: 1, moved: 1 }));
    fixture.registry.push('shop/web', 'c main', 'd 2.0');
    expect(await fixture.check(id)).toEqual(found({ gone: 1 }));
    expect(await fixture.tracked(id)).toEqual(['shop/web:1.0 gone', 'shop/web:2.0', 'shop/web:main']);
    fixture.registry.push('shop/web', 'e 1.0', 'c main', 'd 2.0');
    expect(await fixture.check(id)).toEqual(found({ back: 1, moved: 1 }));
    fixture.registry.repositories.clear();
    expect(await fixture.check(id)).toEqual(found({ gone: 3 }));
    expect(fixture.enqueued).toHaveLength(5);
  });

  test('lets go of what falls out of the newest, and takes it back', async () => {
    fixture.registry.push('web', 'a 1', 'b 2');
    const id = await fixture.connect({ rules: [{ repository: glob('web'), latest: { count: 2, by: 'push' } }] });
    await fixture.check(id);
    fixture.registry.push('web', 'a 1', 'b 2', 'c 3');
    expect(await fixture.check(id)).toEqual(found({ added: 1, released: 1 }));
    expect(await fixture.tracked(id)).toEqual(['web:1 released', 'web:2', 'web:3']);
    fixture.registry.push('web', 'a 1', 'b 2');
    expect(await fixture.check(id)).toEqual(found({ gone: 1 }));
    expect(await fixture.tracked(id)).toEqual(['web:1', 'web:2', 'web:3 gone']);
  });

  test('follows rules that change: images of a rule that is gone stay, marked', async () => {
    fixture.registry.push('web', 'a 1', 'b 2');
    const id = await fixture.connect({ rules: [{ repository: glob('web') }] });
    await fixture.check(id);
    await fixture.store.selections.replace(fixture.organizationId, id, [{ rule: { repository: glob('web'), tag: glob('2') }, naming: { project: 'p', version: 'v' }, platforms: 'default' }], 'user');
    expect(await fixture.check(id, { laterMs: 0 })).toEqual(found({ trigger: 'user', released: 1 }));
    expect(await fixture.tracked(id)).toEqual(['web:1 released', 'web:2']);
  });

  test('leaves what was chosen by hand alone', async () => {
    fixture.registry.push('web', 'a 1');
    const id = await fixture.connect({ images: ['web:1', 'web:none'], rules: [{ repository: glob('web') }] });
    expect(await fixture.check(id)).toEqual(found({ gone: 1 }));
    expect((await fixture.images(id)).map(({ tag, ruleId, registryDigest }) => ({ tag, ruleId, registryDigest }))).toEqual([
      { tag: '1', ruleId: undefined, registryDigest: digest('a') },
      { tag: 'none', ruleId: undefined, registryDigest: undefined },
    ]);
  });

  test('says that a stored rule cannot be used, and works with the others', async () => {
    fixture.registry.push('web', 'a 1');
    const id = await fixture.connect({ rules: [{ repository: { kind: 'regex', text: '(' } }, { repository: glob('web') }] });
    expect(await fixture.check(id)).toEqual(found({ added: 1, problem: expect.objectContaining({ heading: 'A rule cannot be used' }) }));
  });
});

describe('platforms', () => {
  test('of an index are tracked as the rule says, and not asked for again', async () => {
    await using registry = await TestRegistry.start();
    const index = buildIndex(
      ['amd64', 'arm64'].map((architecture) => new ImageBuilder({ platform: { os: 'linux', architecture } }).layer({ architecture }).build()),
      { attestations: true },
    );
    registry.add('web', index, { tags: ['1'] });
    fixture.registry.pullAccess = () => Promise.resolve({ host: registryHost, connectTo: registry.origin, authentication: { kind: 'anonymous' } });
    fixture.registry.repositories.set('web', [{ digest: parseDigest(index.descriptor.digest), tags: ['1'], kind: 'index', status: 'active' }, { digest: digest('b'), tags: ['2'], kind: 'image', status: 'active' }]);

    const all = await fixture.connect({ rules: [{ repository: glob('web') }], platforms: 'all' });
    expect(await fixture.check(all)).toEqual(found({ added: 3 }));
    expect((await fixture.tracked(all)).toSorted()).toEqual(['web:1 linux/amd64', 'web:1 linux/arm64', 'web:2']);
    const asked = registry.log.length;
    expect(await fixture.check(all)).toEqual(found({}));
    expect(registry.log).toHaveLength(asked);
    const some = await fixture.connect({ rules: [{ repository: glob('web'), tag: glob('1') }], platforms: ['linux/arm64', 'linux/s390x'] });
    await fixture.check(some);
    expect(await fixture.tracked(some)).toEqual(['web:1 linux/arm64']);
  });

  test('a registry that lists no tags is asked for each tracked one', async () => {
    await using registry = await TestRegistry.start();
    const [one, two] = ['1', '2'].map((text) => new ImageBuilder().layer({ text }).build());
    registry.add('web', one!, { tags: ['stable'] });
    fixture.registry.pullAccess = () => Promise.resolve({ host: registryHost, connectTo: registry.origin, authentication: { kind: 'anonymous' } });
    const listing = fixture.registry.capabilities;
    fixture.registry.capabilities = { ...listing, listRepositories: false, listTags: false };
    const id = await fixture.connect({ images: ['web:stable', 'web:none'] });
    expect(await fixture.check(id)).toEqual(found({ gone: 1 }));
    registry.add('web', two!, { tags: ['stable'] });
    expect(await fixture.check(id)).toEqual(found({ moved: 1 }));
    expect(fixture.enqueued).toHaveLength(1);
    expect(fixture.registry.calls).toEqual([]);
    fixture.registry.capabilities = listing;
  });
});

describe('what a registry refuses', () => {
  test('in one repository does not keep the others from being looked at', async () => {
    fixture.registry.push('a', 'a 1');
    fixture.registry.push('b', 'b 1');
    const id = await fixture.connect({ rules: [{ repository: glob('*') }] });
    fixture.registry.faults.set('a', denied);
    expect(await fixture.check(id)).toEqual(found({ added: 1, repositoriesChecked: 1, problem: { heading: 'Access denied', message: 'It may not list.', remedy: 'Allow it.' } }));
    expect(await fixture.tracked(id)).toEqual(['b:1']);
  });

  test('of the list of repositories leaves what is tracked to be looked at', async () => {
    fixture.registry.push('web', 'a 1');
    const id = await fixture.connect({ rules: [{ repository: glob('web') }] });
    await fixture.check(id);
    fixture.registry.faults.set('repositories', denied);
    fixture.registry.push('web', 'b 1');
    expect(await fixture.check(id)).toEqual(found({ moved: 1, problem: expect.objectContaining({ heading: 'Access denied' }) }));
  });

  test('altogether ends the check, and nothing is taken for gone', async () => {
    fixture.registry.push('a', 'a 1');
    fixture.registry.push('b', 'b 1');
    const id = await fixture.connect({ rules: [{ repository: glob('*') }] });
    await fixture.check(id);
    fixture.registry.faults.set('a', new RegistryError({ kind: 'throttled', heading: 'Limited', message: 'Slower.' }));
    expect(await fixture.check(id)).toEqual(found({ repositoriesChecked: 0, problem: { heading: 'Limited', message: 'Slower.' } }));
    expect(fixture.registry.calls).toEqual(['repositories', 'a']);
    expect(await fixture.tracked(id)).toEqual(['a:1', 'b:1']);
  });
});

describe('a budget', () => {
  test('ends a check, and the next goes on from there, soon', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) fixture.registry.push(name, `${name} 1`);
    const id = await fixture.connect({ rules: [{ repository: glob('*') }] });
    expect(await fixture.check(id, { callsPerCheck: 3 })).toEqual(found({ added: 2, repositoriesLeft: 3, calls: 3 }));
    const [watch] = await fixture.store.watches.findMany(fixture.organizationId, [id]);
    expect(watch?.nextCheckAt).toEqual(new Date(fixture.now.getTime() + 5 * 60_000));
    await fixture.check(id, { callsPerCheck: 3 });
    expect(fixture.registry.calls).toEqual(['repositories', 'c', 'd']);
    await fixture.check(id, { callsPerCheck: 3 });
    expect(fixture.registry.calls).toEqual(['repositories', 'e', 'a']);
    expect(await fixture.tracked(id)).toEqual(['a:1', 'b:1', 'c:1', 'd:1', 'e:1']);
  });
});

describe('a connection that covers several registries', () => {
  test('keeps repositories of the same path apart, and asks for each by its host', async () => {
    const [one, two] = ['one.example/web', 'two.example/web'];
    fixture.registry.push(one, 'a 1');
    fixture.registry.push(two, 'b 1');
    fixture.registry.several = true;
    const id = await fixture.connect({ rules: [{ repository: glob('web') }] });
    expect(await fixture.check(id)).toEqual(found({ added: 2 }));
    fixture.registry.push(two, 'c 1');
    expect(await fixture.check(id)).toEqual(found({ moved: 1 }));
    expect((await fixture.images(id)).map(({ name, repository, registryDigest }) => [name, repository, registryDigest])).toEqual([
      [one, 'web', digest('a')],
      [two, 'web', digest('c')],
    ]);
    await fixture.store.selections.replace(fixture.organizationId, id, [], 'user');
    await fixture.check(id, { laterMs: 0 });
    expect(fixture.registry.calls).toEqual(['repositories', one, two]);
    fixture.registry.several = false;
  });
});

describe('an event', () => {
  test('of a repository that the budget or a refusal left out is served later; the others are done with', async () => {
    for (const repository of ['shop/a', 'shop/b', 'shop/c']) fixture.registry.push(repository, 'a 1');
    const id = await fixture.connect({ rules: [{ repository: glob('shop/*') }] });
    await fixture.check(id);
    for (const repository of ['shop/a', 'shop/b', 'shop/c']) {
      fixture.registry.push(repository, 'a 1', 'c 2');
      await fixture.store.watches.receiveEvent(fixture.organizationId, id, { eventId: repository, action: 'push', repository, occurredAt: fixture.now });
    }
    fixture.registry.faults.set('shop/a', new RegistryError({ kind: 'access-denied', heading: 'Access denied', message: 'No.' }));
    expect(await fixture.check(id, { laterMs: 2000, callsPerCheck: 3 })).toMatchObject({ trigger: 'event', added: 1, repositoriesLeft: 1, problem: { heading: 'Access denied' } });
    expect(fixture.registry.calls).toEqual(['repositories', 'shop/a', 'shop/b']);
    fixture.registry.faults.clear();
    expect(await fixture.check(id, { laterMs: 5 * 60_000 })).toEqual(found({ trigger: 'event', added: 2 }));
    expect(fixture.registry.calls).toEqual(['repositories', 'shop/a', 'shop/c']);
  });

  test('has its repository looked at, and no other; a lost one is made up for by the next check', async () => {
    fixture.registry.push('shop/web', 'a 1');
    fixture.registry.push('shop/api', 'b 1');
    const id = await fixture.connect({ rules: [{ repository: glob('shop/*') }] });
    await fixture.check(id);
    const receive = (eventId: string, repository: string) => fixture.store.watches.receiveEvent(fixture.organizationId, id, { eventId, action: 'push', repository, occurredAt: fixture.now });

    fixture.registry.push('shop/web', 'a 1', 'c 2');
    fixture.registry.push('shop/api', 'b 1', 'd 2');
    await receive('1', 'shop/web');
    expect(await fixture.check(id, { laterMs: 2000 })).toEqual(found({ trigger: 'event', added: 1, calls: 2 }));
    expect(fixture.registry.calls).toEqual(['repositories', 'shop/web']);
    // Of a repository that is new, the list says the address.
    fixture.registry.push('shop/new', 'e 1');
    await receive('2', 'shop/new');
    expect(await fixture.check(id, { laterMs: 2000 })).toEqual(found({ trigger: 'event', added: 1 }));
    expect(fixture.registry.calls).toEqual(['repositories', 'shop/new']);
    // What no rule wants and nothing follows is asked for once, and that is all.
    await receive('3', 'other');
    expect(await fixture.check(id, { laterMs: 2000 })).toEqual(found({ trigger: 'event' }));

    expect(await fixture.check(id)).toEqual(found({ trigger: 'schedule', added: 1 }));
    expect(await fixture.tracked(id)).toEqual(['shop/api:1', 'shop/api:2', 'shop/new:1', 'shop/web:1', 'shop/web:2']);
  });
});

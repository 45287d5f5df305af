import { expect, test } from 'vitest';
import { createOrganization, type TestStore } from './open-test-store.support.test.js';

/** What views kept under a name promise, on any database. */
export function testSavedViews(open: () => TestStore): void {
  test('a view is listed by name; saving the same name again, in any case, changes it', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const save = (name: string, query: string) => store.savedViews.save({ organizationId, page: 'findings', name, query, createdBy: 'user-1' });
    const urgent = await save('Urgent', 'severity=critical');
    const base = await save('Base images', 'project=base');
    expect(await store.savedViews.list(organizationId)).toEqual([base, urgent]);
    const changed = await save('URGENT', 'severity=critical&exploited=yes');
    expect(changed).toEqual({ ...urgent, name: 'URGENT', query: 'severity=critical&exploited=yes' });
    expect(await store.savedViews.list(organizationId)).toEqual([base, changed]);
    expect(await store.savedViews.delete(organizationId, base.id)).toBe(true);
    expect(await store.savedViews.delete(organizationId, base.id)).toBe(false);
    expect(await store.savedViews.delete(organizationId, 'nonsense')).toBe(false);
    expect(await store.savedViews.list(organizationId)).toEqual([changed]);
  });

  test('two hundred are enough', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const save = (name: string) => store.savedViews.save({ organizationId, page: 'findings', name, query: '', createdBy: 'user-1' });
    for (let number = 0; number < 200; number += 1) await save(`view ${number}`);
    await expect(save('one more')).rejects.toMatchObject({ code: 'too-many-views' });
    expect(await save('VIEW 7')).toMatchObject({ name: 'VIEW 7' });
  });
}

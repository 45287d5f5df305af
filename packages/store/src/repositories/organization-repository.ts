import { eq } from 'drizzle-orm';
import { createId, isId } from '../ids.js';
import { organizations } from '../schema/organization-tables.js';
import type { StoreContext } from '../store-context.js';
import type { OrganizationRepository } from '../contract/organization-repository.js';

const defaultName = 'Organisation';

export function createOrganizationRepository({ database, clock }: StoreContext): OrganizationRepository {
  const columns = { id: organizations.id, name: organizations.name };
  const findDefault = () => database.select(columns).from(organizations).where(eq(organizations.isDefault, true));
  return {
    async ensureDefault() {
      const [present] = await findDefault();
      if (present !== undefined) return present;
      const [made] = await database
        .insert(organizations)
        .values({ id: createId('org'), name: defaultName, isDefault: true, createdAt: clock.now() })
        .onConflictDoNothing()
        .returning(columns);
      // No row is made when another process was first.
      const [found] = made === undefined ? await findDefault() : [made];
      if (found === undefined) throw new Error('the default organisation was removed while it was made');
      return found;
    },

    async find(id) {
      if (!isId(id)) return undefined;
      const [found] = await database.select(columns).from(organizations).where(eq(organizations.id, id));
      return found;
    },
  };
}

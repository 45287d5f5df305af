import { randomBytes } from 'node:crypto';
import { sealedSecrets } from '../schema/connection-tables.js';
import type { StoreContext } from '../store-context.js';
import { readSecrets } from './sealed-secret-rows.js';

const ownerId = 'installation';
const field = 'secret';

/** Implements `OpenStore.installationSecret`. Processes that start together agree on the first one written. */
export async function installationSecret({ database, vault }: StoreContext, organizationId: string): Promise<Uint8Array> {
  const owner = { organizationId, ownerId };
  const sealed = vault.seal(owner, { [field]: randomBytes(32).toString('base64') });
  await database
    .insert(sealedSecrets)
    .values({ ...owner, ...sealed, fields: [...sealed.fields] })
    .onConflictDoNothing();
  const { [field]: secret = '' } = await readSecrets(database, vault, owner);
  return Buffer.from(secret, 'base64');
}

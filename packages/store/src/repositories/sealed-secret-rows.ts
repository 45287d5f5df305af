import { and, eq, inArray } from 'drizzle-orm';
import { sealedSecrets } from '../schema/connection-tables.js';
import type { Executor } from '../store-context.js';
import type { PlainSecrets } from '../contract/plain-secrets.js';
import type { SealedSecrets, SecretsOwner, SecretsVault } from '../vault/secrets-vault.js';

/** Seals and writes the secrets of an owner, in place of earlier ones. No secrets, no row. */
export async function writeSecrets(executor: Executor, vault: SecretsVault, owner: SecretsOwner, secrets: PlainSecrets): Promise<void> {
  await deleteSecrets(executor, [owner.ownerId]);
  if (Object.keys(secrets).length === 0) return;
  const sealed = vault.seal(owner, secrets);
  await executor.insert(sealedSecrets).values({ ...owner, ...sealed, fields: [...sealed.fields] });
}

/** Opened secrets of an owner; none at all when there is no such owner in the organisation. */
export async function readSecrets(executor: Executor, vault: SecretsVault, owner: SecretsOwner): Promise<PlainSecrets> {
  const [row] = await executor
    .select()
    .from(sealedSecrets)
    .where(and(eq(sealedSecrets.organizationId, owner.organizationId), eq(sealedSecrets.ownerId, owner.ownerId)));
  return row === undefined ? {} : vault.open(owner, toSealed(row));
}

export async function deleteSecrets(executor: Executor, ownerIds: readonly string[]): Promise<void> {
  if (ownerIds.length > 0) await executor.delete(sealedSecrets).where(inArray(sealedSecrets.ownerId, [...ownerIds]));
}

/** What the vault needs of a row. */
export function toSealed(row: typeof sealedSecrets.$inferSelect): SealedSecrets {
  return {
    // The vault refuses another version; the row cannot hold one that this build wrote.
    formatVersion: row.formatVersion as SealedSecrets['formatVersion'],
    keyId: row.keyId,
    fields: row.fields,
    wrappedKey: row.wrappedKey,
    sealed: row.sealed,
  };
}

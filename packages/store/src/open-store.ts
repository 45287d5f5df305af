import { asc, eq, gt } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { createAccessTokenRepository } from './repositories/access-token-repository.js';
import { createAdvisorySourceRepository } from './repositories/advisory-source-repository.js';
import { createComparisonRepository } from './repositories/comparison-repository.js';
import { createConnectionRepository } from './repositories/connection-repository.js';
import { createContentRepository } from './repositories/content-repository.js';
import { createDraftRepository } from './repositories/draft-repository.js';
import { createFixRepository } from './repositories/fix-repository.js';
import { installationSecret } from './repositories/installation-secret.js';
import { createFindingDayRepository } from './repositories/finding-day-repository.js';
import { createFindingRepository } from './repositories/finding-repository.js';
import { createLayerFactRepository } from './repositories/layer-fact-repository.js';
import { createLeaseRepository } from './repositories/lease-repository.js';
import { createOrganizationRepository } from './repositories/organization-repository.js';
import { createPackageRepository } from './repositories/package-repository.js';
import { createProjectFindingDayRepository } from './repositories/project-finding-day-repository.js';
import { createProjectRepository } from './repositories/project-repository.js';
import { createSavedViewRepository } from './repositories/saved-view-repository.js';
import { createRematchRepository } from './repositories/rematch-repository.js';
import { createScanLogRepository } from './repositories/scan-log-repository.js';
import { createScanPauseRepository } from './repositories/scan-pause-repository.js';
import { createScanRepository } from './repositories/scan-repository.js';
import { createSelectionRepository } from './repositories/selection-repository.js';
import { toSealed } from './repositories/sealed-secret-rows.js';
import { createTriageRepository } from './repositories/triage-repository.js';
import { createTrackedImageRepository } from './repositories/tracked-image-repository.js';
import { createVexRepository } from './repositories/vex/vex-repository.js';
import { createWatchRepository } from './repositories/watch-repository.js';
import { removeAbandonedContents } from './repositories/write-content.js';
import { masterKeys, sealedSecrets } from './schema/connection-tables.js';
import type { StoreDatabase } from './store-context.js';
import type { Store } from './store.js';
import { wrongMasterKey, type SecretsVault } from './vault/secrets-vault.js';

export interface OpenStoreOptions {
  /** Stays the caller's: close it after the last use of the store. */
  readonly database: Pick<Database, 'pool'>;
  readonly vault: SecretsVault;
  readonly clock?: { now(): Date };
}

/** The store over an open database. */
export interface OpenStore extends Store {
  /** The query builder over the same pool, for better-auth's adapter and `authenticationTables`. */
  readonly drizzle: NodePgDatabase;
  /**
   * 32 random bytes of this installation, made at the first call and the same in all its processes ever after; they outlive a
   * rotation of the master key. Derive one key for each purpose from them.
   */
  installationSecret(): Promise<Uint8Array>;
  /**
   * Wraps the key of every sealed secret with the next vault's master key, in one transaction; then only the next vault opens
   * them: close this store and open it with that vault. Stop the other processes of the installation first, for the same reason.
   */
  rotateMasterKey(next: SecretsVault): Promise<void>;
}

const systemClock = { now: () => new Date() };

/**
 * Migrates the database, checks the master key, removes what interrupted scans left behind and gives the repositories.
 * @throws StoreError with `newer-database`, `changed-migration` or `wrong-master-key`
 */
export async function openStore({ database: { pool }, vault: given, clock = systemClock }: OpenStoreOptions): Promise<OpenStore> {
  await migrate(pool);
  const database = drizzle(pool);
  const vault = await rightVault(database, given, clock.now());
  const context = { database, vault, clock };
  await removeAbandonedContents(context);
  const organizations = createOrganizationRepository(context);
  return {
    organizations,
    accessTokens: createAccessTokenRepository(context),
    drafts: createDraftRepository(context),
    connections: createConnectionRepository(context),
    projects: createProjectRepository(context),
    images: createTrackedImageRepository(context),
    scans: createScanRepository(context),
    scanPauses: createScanPauseRepository(context),
    scanLogs: createScanLogRepository(context),
    contents: createContentRepository(context),
    findingDays: createFindingDayRepository(context),
    projectFindingDays: createProjectFindingDayRepository(context),
    comparisons: createComparisonRepository(context),
    fixes: createFixRepository(context),
    savedViews: createSavedViewRepository(context),
    packages: createPackageRepository(context),
    findings: createFindingRepository(context),
    triage: createTriageRepository(context),
    vex: createVexRepository(context),
    rematches: createRematchRepository(context),
    advisorySources: createAdvisorySourceRepository(context),
    leases: createLeaseRepository(context),
    facts: createLayerFactRepository(context),
    selections: createSelectionRepository(context),
    watches: createWatchRepository(context),
    drizzle: database,
    installationSecret: async () => installationSecret(context, (await organizations.ensureDefault()).id),
    rotateMasterKey: (next) => rotateMasterKey(database, vault, next),
  };
}

const masterKeyRow = 'current';

/** The vault, or its successor, whose key the database knows. The first key ever seen is the one. */
async function rightVault(database: StoreDatabase, vault: SecretsVault, now: Date): Promise<SecretsVault> {
  await database.insert(masterKeys).values({ id: masterKeyRow, keyId: vault.keyId, createdAt: now }).onConflictDoNothing();
  const [row] = await database.select().from(masterKeys);
  const right = [vault, vault.successor].find((candidate) => candidate?.keyId === row?.keyId);
  if (right === undefined) throw wrongMasterKey();
  return right;
}

const rowsPerRead = 100;

async function rotateMasterKey(database: StoreDatabase, from: SecretsVault, to: SecretsVault): Promise<void> {
  await database.transaction(async (transaction) => {
    const [current] = await transaction.select().from(masterKeys).for('update');
    if (current?.keyId !== from.keyId) throw wrongMasterKey();
    for (let after = ''; ; ) {
      const rows = await transaction
        .select()
        .from(sealedSecrets)
        .where(gt(sealedSecrets.ownerId, after))
        .orderBy(asc(sealedSecrets.ownerId))
        .limit(rowsPerRead)
        .for('update');
      for (const row of rows) {
        const { keyId, wrappedKey } = from.rewrap(row, toSealed(row), to);
        await transaction.update(sealedSecrets).set({ keyId, wrappedKey }).where(eq(sealedSecrets.ownerId, row.ownerId));
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.ownerId;
    }
    await transaction.update(masterKeys).set({ keyId: to.keyId });
  });
}

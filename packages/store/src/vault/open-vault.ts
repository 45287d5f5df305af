import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createMasterKey, formatMasterKey, parseMasterKey } from './master-key.js';
import { MasterKeyVault, type SecretsVault } from './secrets-vault.js';

export interface OpenVaultOptions {
  /** Value of ESSCM_MASTER_KEY: 32 bytes in base64 or hex. The key file is neither read nor made then. */
  readonly masterKey?: string;
  /** Used without `masterKey`; made with a new key, readable by its owner only, when there is none. */
  readonly keyFile: string;
}

/**
 * Opens the vault. Whether the key is the right one is found out by `openStore`.
 * @throws StoreError with `invalid-master-key`
 */
export async function openVault(options: OpenVaultOptions): Promise<SecretsVault> {
  if (options.masterKey !== undefined) return new MasterKeyVault(parseMasterKey(options.masterKey, 'ESSCM_MASTER_KEY'));
  const successorKey = await readKeyFile(nextKeyFile(options.keyFile));
  const successor = successorKey === undefined ? {} : { successor: new MasterKeyVault(successorKey) };
  const key = await readKeyFile(options.keyFile);
  if (key !== undefined) return new MasterKeyVault(key, { ...successor, ...(await noticeOfAccess(options.keyFile)) });
  await mkdir(dirname(options.keyFile), { recursive: true, mode: 0o700 });
  const created = await createKeyFile(options.keyFile, createMasterKey());
  // Another process may have been first; its key is the one then.
  const present = await readKeyFile(options.keyFile);
  return new MasterKeyVault(present ?? parseMasterKey('', options.keyFile), {
    ...successor,
    ...(created
      ? { notice: `A master key was made in ${options.keyFile}. Back it up apart from the data: without it the stored credentials cannot be read.` }
      : {}),
  });
}

/** A copy put back from a backup often has other permissions than the file had. */
async function noticeOfAccess(keyFile: string): Promise<{ readonly notice?: string }> {
  const { mode } = await stat(keyFile);
  if (process.platform === 'win32' || (mode & 0o077) === 0) return {};
  return { notice: `The master key file ${keyFile} can be read by other users of this machine. Let its owner alone read it: chmod 600 ${keyFile}` };
}

/** The key a rotation changes to, until the database has changed. */
function nextKeyFile(keyFile: string): string {
  return `${keyFile}.next`;
}

/** Writes a new key beside the key file and gives its vault, for `OpenStore.rotateMasterKey`. */
export async function prepareNextKey(keyFile: string, key: Uint8Array = createMasterKey()): Promise<SecretsVault> {
  await rm(nextKeyFile(keyFile), { force: true });
  await createKeyFile(nextKeyFile(keyFile), key);
  return new MasterKeyVault(key);
}

/** Puts the next key in the key file's place. Safe to repeat; does nothing without a next key. */
export async function adoptNextKey(keyFile: string): Promise<void> {
  try {
    await rename(nextKeyFile(keyFile), keyFile);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function readKeyFile(file: string): Promise<Uint8Array | undefined> {
  try {
    return parseMasterKey(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whole or not at all: a key file cut short by a crash would lock everybody out. False when the file is already there. */
async function createKeyFile(file: string, key: Uint8Array): Promise<boolean> {
  const draft = `${file}.${randomUUID()}.new`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${formatMasterKey(key)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

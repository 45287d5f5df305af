import { mkdir } from 'node:fs/promises';
import { VulnerabilitiesError } from './vulnerabilities-error.js';

/** SQLite's number for a full disk. */
const sqliteFull = 13;

/** What a failure to write below a folder means to the user; any other error as it is. Nothing in use was changed. */
export function diskFailure(error: unknown, folder: string): unknown {
  const { code, errcode } = error instanceof Error ? (error as Error & { readonly code?: unknown; readonly errcode?: unknown }) : {};
  if (code === 'ENOSPC' || code === 'EDQUOT' || errcode === sqliteFull) {
    return new VulnerabilitiesError('disk-full', `There is no space left in ${folder}.`, 'Free some, or name another folder: beside the database in use, which stays, there must be room for a second one as large.', error);
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || code === 'ENOTDIR') {
    return new VulnerabilitiesError('folder-unwritable', `Nothing can be written in ${folder}.`, 'Check who may write there and whether the disk is mounted read-only, or name another folder. What is there stays.', error);
  }
  return error;
}

/** Makes a folder where there is none. @throws VulnerabilitiesError `disk-full`, `folder-unwritable`. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    // On a disk that is read-only Node says of a new folder that it is not there.
    const isReadOnly = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw diskFailure(isReadOnly ? Object.assign(error, { code: 'EROFS' }) : error, folder);
  }
}

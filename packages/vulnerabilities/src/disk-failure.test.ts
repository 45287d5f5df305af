import { expect, test } from 'vitest';
import { diskFailure } from './disk-failure.js';

test.each([
  ['a full disk', { code: 'ENOSPC' }, 'disk-full'],
  ['a used-up quota', { code: 'EDQUOT' }, 'disk-full'],
  ['a full disk, as SQLite says it', { code: 'ERR_SQLITE_ERROR', errcode: 13 }, 'disk-full'],
  ['a disk that is read-only', { code: 'EROFS' }, 'folder-unwritable'],
  ['a folder of somebody else', { code: 'EACCES' }, 'folder-unwritable'],
  ['a file in the place of the folder', { code: 'ENOTDIR' }, 'folder-unwritable'],
  ['anything else', { code: 'ERR_SQLITE_ERROR', errcode: 11 }, 'ERR_SQLITE_ERROR'],
])('%s', (_, facts, code) => {
  const error = Object.assign(new Error('as the system words it'), facts);
  expect(diskFailure(error, '/data/advisories')).toMatchObject(code === facts.code ? error : { code, cause: error });
});

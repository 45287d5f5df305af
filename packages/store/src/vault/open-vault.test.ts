import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatMasterKey, parseMasterKey } from './master-key.js';
import { adoptNextKey, openVault, prepareNextKey } from './open-vault.js';

let folder: string;
let keyFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vault-'));
  keyFile = join(folder, 'data', 'master.key');
});
afterEach(() => rm(folder, { recursive: true }));

describe('the key file', () => {
  test('is made once, readable by its owner only, with a notice to back it up', async () => {
    const vault = await openVault({ keyFile });
    expect(vault.notice).toContain('Back it up');
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    const again = await openVault({ keyFile });
    expect([again.notice, again.keyId]).toEqual([undefined, vault.keyId]);
  });

  test.each([
    [0o640, true],
    [0o604, true],
    [0o400, false],
  ])('with permissions %o is used, and others reading it is told: %s', async (mode, told) => {
    const { keyId } = await openVault({ keyFile });
    await chmod(keyFile, mode);
    const again = await openVault({ keyFile });
    expect([again.keyId, again.notice?.includes('can be read by other users') ?? false]).toEqual([keyId, told]);
  });

  test('is one key, though several processes start at once', async () => {
    const vaults = await Promise.all([openVault({ keyFile }), openVault({ keyFile }), openVault({ keyFile })]);
    expect(new Set(vaults.map((vault) => vault.keyId)).size).toBe(1);
  });

  test('is neither read nor made when a key is given', async () => {
    const masterKey = randomBytes(32).toString('hex');
    const vault = await openVault({ masterKey, keyFile });
    expect(vault.notice).toBeUndefined();
    await expect(stat(keyFile)).rejects.toThrow('ENOENT');
  });

  test('that holds something else is refused and kept', async () => {
    await openVault({ keyFile });
    await writeFile(keyFile, 'damaged');
    await expect(openVault({ keyFile })).rejects.toMatchObject({ code: 'invalid-master-key' });
    expect(await readFile(keyFile, 'utf8')).toBe('damaged');
  });

  test('an interrupted change of keys is found again: both keys are at hand until the next one is adopted', async () => {
    const first = await openVault({ keyFile });
    const next = await prepareNextKey(keyFile);
    const between = await openVault({ keyFile });
    expect([between.keyId, between.successor?.keyId]).toEqual([first.keyId, next.keyId]);
    await adoptNextKey(keyFile);
    await adoptNextKey(keyFile);
    const after = await openVault({ keyFile });
    expect([after.keyId, after.successor]).toEqual([next.keyId, undefined]);
  });
});

const key = Buffer.from('00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 'hex');

describe('the text of a key', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['hex', key.toString('hex')],
    ['upper-case hex', key.toString('hex').toUpperCase()],
    ['base64 with a line end', `${key.toString('base64')}\n`],
    ['base64url without padding', key.toString('base64url')],
    ['what this package writes', formatMasterKey(key)],
  ];
  test.each(accepted)('%s', (_, text) => {
    expect(Buffer.from(parseMasterKey(text, 'test')).equals(key)).toBe(true);
  });

  const refused: readonly (readonly [string, string])[] = [
    ['empty', ''],
    ['a passphrase', 'correct horse battery staple'],
    ['a passphrase of 32 characters', 'x'.repeat(32)],
    ['16 bytes', key.subarray(0, 16).toString('base64')],
    ['33 bytes', Buffer.alloc(33).toString('base64')],
  ];
  test.each(refused)('%s is refused without being repeated', (_, text) => {
    expect(() => parseMasterKey(text, 'ESSCM_MASTER_KEY')).toThrow('The master key in ESSCM_MASTER_KEY is not 32 bytes in base64 or hex.');
  });
});

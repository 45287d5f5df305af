import { createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MasterKeyVault, type SealedSecrets } from './secrets-vault.js';

const masterKey = new Uint8Array(32).fill(1);
const vault = new MasterKeyVault(masterKey);
const owner = { organizationId: 'org_a', ownerId: 'con_a' };
const secrets = { secretAccessKey: 'wJalrXUtnFEMI', sessionToken: 'täglich' };

test('sealed secrets open for their owner, and show no value', () => {
  const sealed = vault.seal(owner, secrets);
  expect(vault.open(owner, sealed)).toEqual(secrets);
  expect({ ...sealed, wrappedKey: sealed.wrappedKey.length, sealed: 0 }).toEqual({
    formatVersion: '1',
    keyId: vault.keyId,
    fields: ['secretAccessKey', 'sessionToken'],
    wrappedKey: 12 + 32 + 16,
    sealed: 0,
  });
  expect(Buffer.from(sealed.sealed).includes('wJalr')).toBe(false);
});

test('the same secrets are sealed differently each time', () => {
  const [one, two] = [vault.seal(owner, secrets), vault.seal(owner, secrets)];
  expect(Buffer.compare(one.sealed, two.sealed)).not.toBe(0);
  expect(Buffer.compare(one.wrappedKey, two.wrappedKey)).not.toBe(0);
});

test('the format is AES-256-GCM with nonce first and tag last, as written down', () => {
  const sealed = vault.seal(owner, secrets);
  const open = (key: Uint8Array, bytes: Uint8Array, purpose: string): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(JSON.stringify(['esscm', 1, purpose, 'org_a', 'con_a', ['secretAccessKey', 'sessionToken']])));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  };
  const dataKey = open(masterKey, sealed.wrappedKey, 'data-key');
  expect(JSON.parse(open(dataKey, sealed.sealed, 'values').toString())).toEqual(['wJalrXUtnFEMI', 'täglich']);
});

describe('is refused as unreadable', () => {
  const flipped = (bytes: Uint8Array, index: number): Uint8Array => bytes.with(index, (bytes.at(index) ?? 0) ^ 1);
  const cases: Record<string, (sealed: SealedSecrets) => readonly [typeof owner, SealedSecrets]> = {
    'another connection': (sealed) => [{ ...owner, ownerId: 'con_b' }, sealed],
    'another organisation': (sealed) => [{ ...owner, organizationId: 'org_b' }, sealed],
    'renamed fields': (sealed) => [owner, { ...sealed, fields: ['sessionToken', 'secretAccessKey'] }],
    'a changed value': (sealed) => [owner, { ...sealed, sealed: flipped(sealed.sealed, 14) }],
    'a changed tag': (sealed) => [owner, { ...sealed, sealed: flipped(sealed.sealed, sealed.sealed.length - 1) }],
    'a changed nonce': (sealed) => [owner, { ...sealed, wrappedKey: flipped(sealed.wrappedKey, 0) }],
    'a changed key': (sealed) => [owner, { ...sealed, wrappedKey: flipped(sealed.wrappedKey, 20) }],
    'a shortened tag': (sealed) => [owner, { ...sealed, sealed: sealed.sealed.subarray(0, -12) }],
    'nothing at all': (sealed) => [owner, { ...sealed, wrappedKey: new Uint8Array() }],
    'values of another sealing': (sealed) => [owner, { ...sealed, sealed: vault.seal(owner, secrets).sealed }],
  };
  test.each(Object.entries(cases))('%s', (_, change) => {
    const [asOwner, sealed] = change(vault.seal(owner, secrets));
    expect(() => vault.open(asOwner, sealed)).toThrow(expect.objectContaining({ code: 'unreadable-secret' }));
  });
});

test('another master key is named as the cause', () => {
  const other = new MasterKeyVault(new Uint8Array(32).fill(2));
  expect(() => other.open(owner, vault.seal(owner, secrets))).toThrow(expect.objectContaining({ code: 'wrong-master-key' }));
});

test('rewrapping changes the key that opens the secrets, not what is sealed', () => {
  const next = new MasterKeyVault(new Uint8Array(32).fill(3));
  const before = vault.seal(owner, secrets);
  const after = vault.rewrap(owner, before, next);
  expect(Buffer.compare(after.sealed, before.sealed)).toBe(0);
  expect(next.open(owner, after)).toEqual(secrets);
  expect(() => vault.open(owner, after)).toThrow(expect.objectContaining({ code: 'wrong-master-key' }));
  expect(() => vault.rewrap({ ...owner, ownerId: 'con_b' }, before, next)).toThrow(expect.objectContaining({ code: 'unreadable-secret' }));
});

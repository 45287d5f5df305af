import { randomBytes } from 'node:crypto';
import { StoreError } from '../errors.js';

const keyLength = 32;

/** A new random master key. */
export function createMasterKey(): Uint8Array {
  return randomBytes(keyLength);
}

/** A key as text, the form that {@link parseMasterKey} reads and key files hold. */
export function formatMasterKey(key: Uint8Array): string {
  return Buffer.from(key).toString('base64');
}

/**
 * Reads a master key: 32 random bytes as base64, base64url or 64 hex digits. A passphrase is refused, because nothing here makes
 * guessing it slow.
 * @param origin where the text came from, for the message
 * @throws StoreError with `invalid-master-key`, which never repeats the text
 */
export function parseMasterKey(text: string, origin: string): Uint8Array {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) {
    const key = Buffer.from(trimmed, 'base64');
    if (key.length === keyLength) return key;
  }
  throw new StoreError({
    code: 'invalid-master-key',
    message: `The master key in ${origin} is not 32 bytes in base64 or hex.`,
    remedy: 'Make one with: openssl rand -base64 32',
  });
}

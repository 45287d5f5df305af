import { createHash, randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const prefix = 'esscm_';
/** 32 bytes need at most 43 characters of base 62. */
const length = 43;
const pattern = /^esscm_[0-9A-Za-z]{43}$/;

/** A new access token: `esscm_` and 32 random bytes in base 62, padded to a fixed length. */
export function createAccessTokenText(): string {
  let number = BigInt(`0x${randomBytes(32).toString('hex')}`);
  let digits = '';
  while (digits.length < length) {
    digits = alphabet.charAt(Number(number % 62n)) + digits;
    number /= 62n;
  }
  return prefix + digits;
}

/** SHA-256, which is enough for a text of 256 random bits; undefined for text that no token can have. */
export function hashAccessToken(text: string): Uint8Array | undefined {
  return pattern.test(text) ? createHash('sha256').update(text).digest() : undefined;
}

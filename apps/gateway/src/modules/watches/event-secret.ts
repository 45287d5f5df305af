import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Header that events carry the secret in. */
export const eventSecretHeader = 'x-esscm-event-secret';

const prefix = 'esscm_evt_';
const maximumLength = 200;

/** A new secret: 256 random bits. */
export function createEventSecret(): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** What is stored of a secret. It is random enough to need no salt. */
export function hashEventSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/**
 * Whether the header carries the secret of this hash. Takes the same time whatever it carries, and whether there is a hash at
 * all, so that nobody learns which connections exist.
 */
export function isEventSecret(given: string | undefined, hash: Uint8Array | undefined): boolean {
  const given32 = hashEventSecret((given ?? '').slice(0, maximumLength));
  const expected = hash ?? new Uint8Array(given32.length);
  const equal = expected.length === given32.length && timingSafeEqual(given32, expected);
  return equal && hash !== undefined && given !== undefined;
}

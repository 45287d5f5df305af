import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Life of a registry token: twelve hours, in milliseconds. */
const TOKEN_LIFE_MS = 12 * 60 * 60 * 1_000;
/** Real passwords have 1,500 to 3,000 characters; ours at least this many, so that a column or header that is too short shows. */
const PASSWORD_CHARACTERS = 2_400;

const payloadSchema = z.object({
  payload: z.string(),
  version: z.literal('2'),
  type: z.literal('DATA_KEY'),
  expiration: z.number().int(),
});
const grantSchema = z.object({ arn: z.string(), region: z.string(), expiresAtMs: z.number(), signature: z.string() });

/** What a presented token says. */
export type TokenReading = { readonly state: 'valid'; readonly principalArn: string } | { readonly state: 'expired' | 'foreign' | 'malformed' };

/**
 * Mints and reads registry tokens in the outer form of ECR's (base64 JSON with `payload`, `version`, `type`, `expiration` in seconds). A
 * token is bound to the principal and the region, cannot be revoked, and is understood only by an issuer with the same key.
 */
export class RegistryTokenIssuer {
  readonly #key: string;
  readonly #region: string;

  constructor(key: string, region: string) {
    this.#key = key;
    this.#region = region;
  }

  /** The token ends with the session of its principal when that comes first. */
  mint(principalArn: string, now: Date, sessionExpiresAt: Date | undefined): { readonly password: string; readonly expiresAt: Date } {
    const expiresAtMs = Math.min(now.getTime() + TOKEN_LIFE_MS, sessionExpiresAt?.getTime() ?? Number.POSITIVE_INFINITY);
    const grant = { arn: principalArn, region: this.#region, expiresAtMs };
    const payload = Buffer.from(JSON.stringify({ ...grant, signature: this.#sign(grant) })).toString('base64');
    const bare = { payload, datakey: '', version: '2', type: 'DATA_KEY', expiration: Math.floor(expiresAtMs / 1_000) };
    const shortfall = Math.ceil((PASSWORD_CHARACTERS * 3) / 4) - JSON.stringify(bare).length;
    const datakey = randomBytes(Math.ceil((Math.max(shortfall, 0) * 3) / 4)).toString('base64');
    return { password: Buffer.from(JSON.stringify({ ...bare, datakey })).toString('base64'), expiresAt: new Date(expiresAtMs) };
  }

  read(password: string, now: Date): TokenReading {
    const outer = payloadSchema.safeParse(parseBase64Json(password));
    const grant = grantSchema.safeParse(outer.success ? parseBase64Json(outer.data.payload) : undefined);
    if (!grant.success) return { state: 'malformed' };
    const { signature, ...signed } = grant.data;
    const expected = Buffer.from(this.#sign(signed));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected) || signed.region !== this.#region) return { state: 'foreign' };
    return signed.expiresAtMs <= now.getTime() ? { state: 'expired' } : { state: 'valid', principalArn: signed.arn };
  }

  #sign(grant: { readonly arn: string; readonly region: string; readonly expiresAtMs: number }): string {
    return createHmac('sha256', this.#key).update(`${grant.arn}\n${grant.region}\n${grant.expiresAtMs}`).digest('hex');
  }
}

function parseBase64Json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

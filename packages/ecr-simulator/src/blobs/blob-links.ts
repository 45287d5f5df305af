import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RegistryPlace } from '../registry-place.js';
import { basicTimestamp } from '../signature/verify-signature.js';

/** A link to a blob at the blob origin, taken apart and found genuine. */
export type BlobLink =
  | { readonly state: 'valid'; readonly place: RegistryPlace | 'public'; readonly repository: string; readonly digest: string }
  | { readonly state: 'expired'; readonly expiredAt: Date }
  | { readonly state: 'forged' };

/** Signs and checks the expiring links to which the registry redirects, in the query form of a pre-signed S3 URL. */
export class BlobLinks {
  readonly #key: string;
  readonly #lifeSeconds: number;

  constructor(key: string, lifeSeconds: number) {
    this.#key = key;
    this.#lifeSeconds = lifeSeconds;
  }

  /** Path and query, to be put behind the blob origin. */
  sign(place: RegistryPlace | 'public', repository: string, digest: string, now: Date): string {
    const where = place === 'public' ? place : `${place.account}/${place.region}`;
    const path = `/${where}/${repository}/${digest.replace(':', '/')}`;
    const date = basicTimestamp(now);
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Date': date,
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Expires': String(this.#lifeSeconds),
      'X-Amz-Signature': this.#signature(path, date, String(this.#lifeSeconds)),
    });
    return `${path}?${query.toString()}`;
  }

  read(target: string, now: Date): BlobLink {
    const url = new URL(target, 'http://blobs.invalid');
    const match = /^\/(?:public|(\d{12})\/([a-z0-9-]+))\/(.+)\/sha256\/([0-9a-f]{64})$/.exec(url.pathname);
    const date = url.searchParams.get('X-Amz-Date') ?? '';
    const expires = url.searchParams.get('X-Amz-Expires') ?? '';
    const given = Buffer.from(url.searchParams.get('X-Amz-Signature') ?? '');
    const expected = Buffer.from(this.#signature(url.pathname, date, expires));
    if (match === null || given.length !== expected.length || !timingSafeEqual(given, expected)) return { state: 'forged' };
    const issuedAt = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    const expiredAt = new Date(issuedAt + Number(expires) * 1_000);
    if (expiredAt <= now) return { state: 'expired', expiredAt };
    const [, account, region, repository = '', digest = ''] = match;
    const place = account === undefined || region === undefined ? 'public' : { account, region };
    return { state: 'valid', place, repository, digest: `sha256:${digest}` };
  }

  #signature(path: string, date: string, expires: string): string {
    return createHmac('sha256', this.#key).update(`${path}\n${date}\n${expires}`).digest('hex');
  }
}

import type { AccessTokenRecord } from '../records.js';

export interface AccessTokenRepository {
  /** `hash` is SHA-256 of the token's text, which is never stored. */
  create(token: Omit<AccessTokenRecord, 'id' | 'createdAt' | 'lastUsedAt'> & { readonly hash: Uint8Array }): Promise<AccessTokenRecord>;
  /** Unexpired and not revoked. */
  findByHash(hash: Uint8Array, now: Date): Promise<AccessTokenRecord | undefined>;
  markUsed(id: string, at: Date): Promise<void>;
  list(organizationId: string, userId: string): Promise<readonly AccessTokenRecord[]>;
  revoke(organizationId: string, userId: string, id: string): Promise<boolean>;
}

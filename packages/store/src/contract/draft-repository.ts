import type { ConnectionDraftRecord } from '../records.js';
import type { PlainSecrets } from './plain-secrets.js';

export interface DraftRepository {
  /** @throws NotFoundError when `id` names no draft of this user */
  save(draft: DraftInput, secrets: PlainSecrets): Promise<ConnectionDraftRecord>;
  find(organizationId: string, id: string, now: Date): Promise<ConnectionDraftRecord | undefined>;
  readSecrets(organizationId: string, id: string): Promise<PlainSecrets>;
  /** The end of a verification: its progress is forgotten. */
  recordVerification(organizationId: string, id: string, report: unknown): Promise<void>;
  recordVerificationProgress(organizationId: string, id: string, progress: unknown): Promise<void>;
  delete(organizationId: string, id: string): Promise<boolean>;
  deleteExpired(now: Date): Promise<number>;
}

export interface DraftInput {
  /** Given to replace an earlier draft of the same user. */
  readonly id?: string;
  readonly organizationId: string;
  readonly createdBy: string;
  readonly pluginId: string;
  readonly variantId: string;
  readonly credentialKindId?: string;
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentialHint: string;
  readonly expiresAt: Date;
  readonly credentialExpiresAt?: Date;
}

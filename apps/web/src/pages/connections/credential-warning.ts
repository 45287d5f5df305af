import { formatEstimate } from '../../formats/format-duration.js';

/** What is known of a credential's life. Instants are ISO 8601. */
export interface CredentialLife {
  readonly credentialSetAt: string | null;
  readonly credentialExpiresAt: string | null;
  readonly credentialKind: { readonly rotateAfterDays: number | null } | null;
}

export interface CredentialWarning {
  /** For a list: `Key 93 days old`. */
  readonly short: string;
  /** One or two sentences. */
  readonly text: string;
  /** It has ended, so that nothing works any more. */
  readonly ended: boolean;
}

const dayMs = 86_400_000;
/** Temporary keys live for hours: a warning a week before would be there from the first moment. */
const endsSoonMs = 6 * 3_600_000;

/** Why a credential should be replaced soon, or has to be; undefined while there is no reason. */
export function credentialWarning({ credentialSetAt, credentialExpiresAt, credentialKind }: CredentialLife, now: Date): CredentialWarning | undefined {
  if (credentialExpiresAt !== null) {
    const leftMs = Date.parse(credentialExpiresAt) - now.getTime();
    if (leftMs <= 0) return { short: 'Credential ended', text: 'These temporary credentials have ended. Nothing can be listed or scanned with them.', ended: true };
    if (leftMs < endsSoonMs) {
      const left = formatEstimate(leftMs);
      return { short: `Ends in ${left}`, text: `These temporary credentials end in ${left}. Scans that start later will fail.`, ended: false };
    }
    return undefined;
  }
  const limit = credentialKind?.rotateAfterDays ?? undefined;
  if (limit === undefined || credentialSetAt === null) return undefined;
  const days = Math.floor((now.getTime() - Date.parse(credentialSetAt)) / dayMs);
  if (days < limit) return undefined;
  return { short: `Credential ${days} days old`, text: `This credential was entered ${days} days ago. Replace it every ${limit} days, or use a role, which needs no replacing.`, ended: false };
}

import type { CredentialKind, RegistryConfiguration, Secret } from '@esscm/registry-core';
import type { z } from 'zod';

/** An IAM user's key, or temporary credentials with their session token. */
interface AccessKeyCredentials {
  readonly kind: 'access-key';
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
}

/** How a private connection signs in: one member for each credential kind. */
export type EcrCredentials = AccessKeyCredentials;

/** A stored configuration of the private variant in its typed form. */
export interface PrivateConfiguration {
  readonly region: string;
  /** 12 digits; only for repositories owned by another account. */
  readonly registryId?: string;
  readonly credentials: EcrCredentials;
}

/** A credential kind: its form, the check of what is typed into it, and the way back from what is stored. */
export interface EcrCredentialKind {
  readonly form: CredentialKind;
  /** A failed check carries zod issues whose path is the field's name. */
  check(
    values: Readonly<Record<string, string>>,
  ): { readonly configuration: RegistryConfiguration } | { readonly error: z.ZodError };
  /** Undefined when something is missing. */
  read(configuration: RegistryConfiguration): PrivateConfiguration | undefined;
}

/** The access key whose masked ID messages may show, where there is one. */
export function shownAccessKeyId(credentials: EcrCredentials): string {
  return credentials.accessKeyId;
}

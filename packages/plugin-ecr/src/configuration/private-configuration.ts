import type { CredentialKind, FieldIssue, RegistryConfiguration, Secret } from '@esscm/registry-core';
import type { HostNames } from '../host-names.js';

/** An IAM user's key, or temporary credentials with their session token. */
export interface AccessKeyCredentials {
  readonly kind: 'access-key';
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
}

/** The identity this product runs with; of use only where the operator allows it. */
export interface MachineCredentials {
  readonly kind: 'machine';
}

/** A role that is assumed by one of the others. Which role is said by each registry. */
export interface RoleCredentials {
  readonly kind: 'role';
  readonly base: AccessKeyCredentials | MachineCredentials;
  readonly externalId: string;
}

/** How a private connection signs in: one member for each credential kind. */
type EcrCredentials = AccessKeyCredentials | MachineCredentials | RoleCredentials;

/** The registry of one account in one region. */
export interface RegistryPlace {
  readonly region: string;
  /** 12 digits; absent for the account the credentials belong to. */
  readonly accountId?: string;
  /** The role to assume for it. */
  readonly roleArn?: string;
}

/** A stored configuration of the private variant in its typed form. */
export interface PrivateConfiguration {
  /** At least one, each once. */
  readonly registries: readonly RegistryPlace[];
  readonly hostNames: HostNames;
  /** Instead of the regional one; of use only where the operator allows its host. */
  readonly apiEndpoint?: string;
  readonly stsEndpoint?: string;
  readonly credentials: EcrCredentials;
}

/** A credential kind: its form, the check of what is typed into it, and the way back from what is stored. */
export interface EcrCredentialKind {
  readonly form: CredentialKind;
  /** At least one issue when it is refused. No message repeats a value. */
  check(
    values: Readonly<Record<string, string>>,
  ): { readonly configuration: RegistryConfiguration } | { readonly issues: readonly FieldIssue[] };
  /** Undefined when something is missing. */
  read(configuration: RegistryConfiguration): PrivateConfiguration | undefined;
}

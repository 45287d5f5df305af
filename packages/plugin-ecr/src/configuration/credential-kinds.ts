import type { RegistryConfiguration } from '@esscm/registry-core';
import { accessKeyKind } from './access-key-kind.js';
import { machineKind } from './machine-kind.js';
import type { EcrCredentialKind, PrivateConfiguration } from './private-configuration.js';
import { roleKind } from './role-kind.js';

/** The ways to sign in to a private registry, in the order they are offered. */
export const credentialKinds: readonly EcrCredentialKind[] = [accessKeyKind, roleKind, machineKind];

/** Undefined for an id that no kind of this plugin has. */
export function findCredentialKind(id: string | undefined): EcrCredentialKind | undefined {
  return credentialKinds.find(({ form }) => form.id === id);
}

/** The typed form of what `configure` made; undefined when it is of no known kind or not complete. */
export function readPrivateConfiguration(configuration: RegistryConfiguration): PrivateConfiguration | undefined {
  if (configuration.variantId !== 'private') return undefined;
  return findCredentialKind(configuration.credentialKindId)?.read(configuration);
}

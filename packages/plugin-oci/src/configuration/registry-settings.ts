import type { RegistryConfiguration, Secret } from '@esscm/registry-core';

/** One registry, as it is connected to. */
export interface RegistrySettings {
  /** As in references: `ghcr.io`, `docker.io`, `registry.example.org:5000`. */
  readonly host: string;
  /** Absent for a registry that is read without signing in. */
  readonly credential?: { readonly username: string; readonly password: Secret };
  /** Named by the user, in the order typed; empty to ask the registry. */
  readonly repositories: readonly string[];
}

/** The typed form of a checked configuration of the variant `registry`. Undefined when something is missing. */
export function readRegistrySettings({ credentialKindId, settings, secrets }: RegistryConfiguration): RegistrySettings | undefined {
  const { address: host, username, repositories = '' } = settings;
  const { password } = secrets;
  if (host === undefined) return undefined;
  const base = { host, repositories: repositories === '' ? [] : repositories.split(',').map((name) => name.trim()) };
  if (credentialKindId === 'anonymous') return base;
  return username === undefined || password === undefined ? undefined : { ...base, credential: { username, password } };
}

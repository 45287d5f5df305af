import { basicAuthentication, RegistryClient } from '@esscm/oci-client';
import { dialPolicyFor, Secret, type PluginHost, type PullAccess } from '@esscm/registry-core';
import type { RegistrySettings } from '../configuration/registry-settings.js';
import { readOperatorSettings } from './operator-settings.js';

/** Where and as whom to pull. */
export function accessTo({ host, credential }: Pick<RegistrySettings, 'host' | 'credential'>, pluginHost: PluginHost): PullAccess {
  const origin = plainOrigin(host, pluginHost);
  return {
    host,
    ...(origin !== undefined && { connectTo: origin }),
    authentication: credential === undefined ? { kind: 'anonymous' } : { kind: 'basic', encoded: new Secret(encode(credential)) },
  };
}

/**
 * A client for the plugin's own questions. The address is a user's word, so every connection goes through the guarded dialer.
 * The caller disposes it.
 */
export function clientFor({ host, credential }: Pick<RegistrySettings, 'host' | 'credential'>, pluginHost: PluginHost, attempts: number): RegistryClient {
  const origin = plainOrigin(host, pluginHost);
  return new RegistryClient({
    host,
    plainHttp: origin !== undefined,
    ...(credential !== undefined && { authentication: basicAuthentication(encode(credential)) }),
    dialer: dialPolicyFor(pluginHost, origin),
    limits: { attempts, idleTimeoutMs: 10_000, documentTimeoutMs: 15_000 },
  });
}

/** Where a registry is that the operator has spoken to without TLS; undefined for any other. */
function plainOrigin(host: string, pluginHost: PluginHost): string | undefined {
  return readOperatorSettings(pluginHost).plainHttpRegistries.has(host) ? `http://${host}` : undefined;
}

function encode({ username, password }: NonNullable<RegistrySettings['credential']>): string {
  return Buffer.from(`${username}:${password.reveal()}`).toString('base64');
}

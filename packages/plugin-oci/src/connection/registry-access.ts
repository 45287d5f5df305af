import { basicAuthentication, createDialPolicy, RegistryClient } from '@esscm/oci-client';
import { Secret, type PluginHost, type PullAccess } from '@esscm/registry-core';
import type { RegistrySettings } from '../configuration/registry-settings.js';
import { readOperatorSettings } from './operator-settings.js';

/** Where and as whom to pull. */
export function accessTo({ host, credential }: Pick<RegistrySettings, 'host' | 'credential'>, pluginHost: PluginHost): PullAccess {
  const isPlain = readOperatorSettings(pluginHost).plainHttpRegistries.has(host);
  return {
    host,
    ...(isPlain && { connectTo: `http://${host}` }),
    authentication: credential === undefined ? { kind: 'anonymous' } : { kind: 'basic', encoded: new Secret(encode(credential)) },
  };
}

/**
 * A client for the plugin's own questions. The address is a user's word, so every connection goes through the guarded dialer.
 * The caller disposes it.
 */
export function clientFor({ host, credential }: Pick<RegistrySettings, 'host' | 'credential'>, pluginHost: PluginHost, attempts: number): RegistryClient {
  const isPlain = readOperatorSettings(pluginHost).plainHttpRegistries.has(host);
  return new RegistryClient({
    host,
    plainHttp: isPlain,
    ...(credential !== undefined && { authentication: basicAuthentication(encode(credential)) }),
    dialer: createDialPolicy({ allowPrivateNetworks: pluginHost.privateNetworks, allowLoopback: isPlain }),
    limits: { attempts, idleTimeoutMs: 10_000, documentTimeoutMs: 15_000 },
  });
}

function encode({ username, password }: NonNullable<RegistrySettings['credential']>): string {
  return Buffer.from(`${username}:${password.reveal()}`).toString('base64');
}

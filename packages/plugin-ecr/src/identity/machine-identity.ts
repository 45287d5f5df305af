import { RegistryError } from '@esscm/registry-core';
import { headings } from '../errors/headings.js';
import type { AwsCredentials, AwsIdentity } from './aws-identity.js';
import type { StsApi } from './sts-api.js';

/** Where the identity of the machine can come from, in the order they are tried. */
const machineSources = ['environment', 'web-identity', 'container', 'instance'] as const;
export type MachineSource = (typeof machineSources)[number];

/** Reads one source; undefined when the machine has none of the kind. */
type ReadSource = (sts: StsApi) => Promise<AwsCredentials>;

const inWords: Readonly<Record<MachineSource, string>> = {
  environment: 'environment variables',
  'web-identity': 'a web identity token file',
  container: 'the container credentials address',
  instance: 'the instance metadata service',
};

const readers: Readonly<Record<MachineSource, ReadSource>> = {
  environment: async () => {
    const { fromEnv } = await import('@aws-sdk/credential-provider-env');
    return await fromEnv()();
  },
  'web-identity': async (sts) => {
    const { fromTokenFile } = await import('@aws-sdk/credential-provider-web-identity');
    // With a client of ours, as the SDK's own one would look for its endpoint in the environment and in profile files.
    return await fromTokenFile({
      roleAssumerWithWebIdentity: async ({ RoleArn, RoleSessionName, WebIdentityToken }) =>
        await sts.assumeRoleWithWebIdentity(RoleArn, RoleSessionName, WebIdentityToken.trim()),
    })();
  },
  container: async () => {
    const { fromHttp } = await import('@aws-sdk/credential-provider-http');
    return await fromHttp({})();
  },
  instance: async () => {
    const { fromInstanceMetadata } = await import('@smithy/credential-provider-imds');
    return await fromInstanceMetadata({ timeout: 1000, maxRetries: 1 })();
  },
};

/** The sources an operator setting names; what is no source is left out. */
export function readMachineSources(setting: string | undefined): readonly MachineSource[] {
  const named = new Set((setting ?? '').split(',').map((name) => name.trim()));
  return machineSources.filter((source) => named.has(source));
}

/**
 * The identity this process runs with, from the sources the operator allows and no other: not from profiles, credential
 * files or a credential process.
 */
export function machineIdentity(sources: readonly MachineSource[], sts: StsApi): AwsIdentity {
  return {
    provide: async () => {
      const failures: unknown[] = [];
      for (const source of sources) {
        try {
          return await readers[source](sts);
        } catch (error) {
          // A source that is there and refused would otherwise be passed over for another identity.
          if (error instanceof RegistryError) throw error;
          failures.push(error);
        }
      }
      throw new RegistryError({
        kind: 'invalid-credentials',
        heading: headings.credentials,
        message: `This machine has no AWS identity that ESSCM may use. Looked for: ${sources.map((source) => inWords[source]).join(', ')}.`,
        remedy: 'Give the instance, pod or container a role, or let the operator correct ESSCM_AWS_MACHINE_IDENTITY.',
        upstream: { call: 'sts:GetCallerIdentity', code: 'CredentialsProviderError' },
        cause: new AggregateError(failures),
      });
    },
  };
}

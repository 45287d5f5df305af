import type { PluginHost } from '@esscm/registry-core';
import type { EcrEnvironment, Environment } from '../environment.js';

/** Where one local server plays every part of Amazon ECR. */
interface SimulatedEcr {
  readonly apiEndpoint: string;
  readonly stsEndpoint: string;
  readonly registryOrigin: string;
  readonly publicOrigin: string;
}

const clock = { now: () => new Date() };

type OperatorEnvironment = Pick<Environment, 'ecr' | 'ecrSimulatorUrl' | 'privateNetworks' | 'plainHttpRegistries'>;

/**
 * Gives plugins what the operator decides: endpoints and identities of the settings, networks and plain registries, the
 * simulator for the built-in sample, and for all of Amazon ECR when the operator names one.
 */
export function createHostFor(sample: SimulatedEcr, environment: OperatorEnvironment): (target: { readonly sample: boolean }) => PluginHost {
  const { ecr, ecrSimulatorUrl: url, privateNetworks, plainHttpRegistries } = environment;
  const sampleHost: PluginHost = { clock, operatorSettings: settingsOf(sample), privateNetworks: [] };
  const host: PluginHost = {
    clock,
    operatorSettings: {
      ...ecrSettings(ecr),
      // A simulator stands for all of it.
      ...(url !== undefined && settingsOf({ apiEndpoint: url, stsEndpoint: url, registryOrigin: url, publicOrigin: url })),
      'oci.plainHttpRegistries': plainHttpRegistries.join(','),
    },
    privateNetworks,
  };
  return (target) => (target.sample ? sampleHost : host);
}

function ecrSettings(ecr: EcrEnvironment): Readonly<Record<string, string>> {
  const settings: Readonly<Record<string, string | undefined>> = {
    'ecr.apiEndpoint': ecr.apiEndpoint,
    'ecr.stsEndpoint': ecr.stsEndpoint,
    'ecr.registryOrigin': ecr.registryOrigin,
    'ecr.customEndpoints': ecr.customEndpoints.join(','),
    'ecr.machineIdentity': ecr.machineIdentity.join(','),
    'ecr.principalArn': ecr.principalArn,
    'ecr.publicAccessKeyId': ecr.publicAccessKeyId,
    'ecr.publicSecretAccessKey': ecr.publicSecretAccessKey,
  };
  return Object.fromEntries(Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}

function settingsOf(simulated: SimulatedEcr): Readonly<Record<string, string>> {
  return {
    'ecr.apiEndpoint': withoutSlash(simulated.apiEndpoint),
    'ecr.stsEndpoint': withoutSlash(simulated.stsEndpoint),
    'ecr.registryOrigin': withoutSlash(simulated.registryOrigin),
    'ecr.publicOrigin': withoutSlash(simulated.publicOrigin),
    'ecr.publicApiEndpoint': withoutSlash(simulated.apiEndpoint),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

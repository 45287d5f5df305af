import type { PluginHost } from '@esscm/registry-core';
import type { Environment } from '../environment.js';

/** Where one local server plays every part of Amazon ECR. */
interface SimulatedEcr {
  readonly apiEndpoint: string;
  readonly stsEndpoint: string;
  readonly registryOrigin: string;
  readonly publicOrigin: string;
}

const clock = { now: () => new Date() };

type OperatorEnvironment = Pick<Environment, 'ecrSimulatorUrl' | 'privateNetworks' | 'plainHttpRegistries'>;

/**
 * Gives plugins what the operator decides: the networks and plain registries of the settings, the simulator for the built-in
 * sample, and for all of Amazon ECR when the operator names one.
 */
export function createHostFor(sample: SimulatedEcr, environment: OperatorEnvironment): (target: { readonly sample: boolean }) => PluginHost {
  const { ecrSimulatorUrl: url, privateNetworks, plainHttpRegistries } = environment;
  const sampleHost: PluginHost = { clock, operatorSettings: settingsOf(sample) };
  const host: PluginHost = {
    clock,
    operatorSettings: {
      ...(url !== undefined && settingsOf({ apiEndpoint: url, stsEndpoint: url, registryOrigin: url, publicOrigin: url })),
      'oci.privateNetworks': privateNetworks.join(','),
      'oci.plainHttpRegistries': plainHttpRegistries.join(','),
    },
  };
  return (target) => (target.sample ? sampleHost : host);
}

function settingsOf(simulated: SimulatedEcr): Readonly<Record<string, string>> {
  return {
    'ecr.apiEndpoint': withoutSlash(simulated.apiEndpoint),
    'ecr.stsEndpoint': withoutSlash(simulated.stsEndpoint),
    'ecr.registryOrigin': withoutSlash(simulated.registryOrigin),
    'ecr.publicOrigin': withoutSlash(simulated.publicOrigin),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

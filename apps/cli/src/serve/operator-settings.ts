import type { PluginHost } from '@esscm/registry-core';

/** Where one local server plays every part of Amazon ECR. */
interface SimulatedEcr {
  readonly apiEndpoint: string;
  readonly stsEndpoint: string;
  readonly registryOrigin: string;
  readonly publicOrigin: string;
}

const clock = { now: () => new Date() };

/**
 * Gives plugins what the operator decides: nothing for real registries, the simulator for the built-in sample, and for all
 * of Amazon ECR when the operator names one.
 */
export function createHostFor(sample: SimulatedEcr, ecrSimulatorUrl: string | undefined): (target: { readonly sample: boolean }) => PluginHost {
  const sampleHost: PluginHost = { clock, operatorSettings: settingsOf(sample) };
  const host: PluginHost = {
    clock,
    operatorSettings:
      ecrSimulatorUrl === undefined
        ? {}
        : settingsOf({ apiEndpoint: ecrSimulatorUrl, stsEndpoint: ecrSimulatorUrl, registryOrigin: ecrSimulatorUrl, publicOrigin: ecrSimulatorUrl }),
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

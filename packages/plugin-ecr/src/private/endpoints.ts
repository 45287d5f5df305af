import { RegistryError } from '@esscm/registry-core';
import { headings } from '../errors/headings.js';
import { partitionOf } from '../partitions.js';

/** Where everything is. Always explicit, so that no environment variable of the AWS SDK can send requests elsewhere. */
export interface EcrEndpoints {
  readonly api: string;
  readonly sts: string;
  /** Another origin for the private registry than its host name. */
  readonly registryOrigin?: string;
}

/**
 * Endpoints of a region, or those the operator set: `ecr.apiEndpoint`, `ecr.stsEndpoint`, `ecr.registryOrigin`.
 * @throws RegistryError of kind `protocol` for a setting that is no http or https address
 */
export function resolveEndpoints(region: string, operatorSettings: Readonly<Record<string, string>>): EcrEndpoints {
  const { suffix } = partitionOf(region);
  const registryOrigin = operatorOrigin(operatorSettings, 'ecr.registryOrigin');
  return {
    api: operatorOrigin(operatorSettings, 'ecr.apiEndpoint') ?? `https://api.ecr.${region}.${suffix}`,
    sts: operatorOrigin(operatorSettings, 'ecr.stsEndpoint') ?? `https://sts.${region}.${suffix}`,
    ...(registryOrigin !== undefined && { registryOrigin }),
  };
}

/**
 * An address the operator set, or undefined.
 * @throws RegistryError of kind `protocol` for a setting that is no http or https address
 */
export function operatorOrigin(
  operatorSettings: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  const text = operatorSettings[name];
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return text;
  throw new RegistryError({
    kind: 'protocol',
    heading: headings.unexpected,
    message: `The operator setting ${name} is not an http or https address.`,
    remedy: 'Let the operator correct it.',
  });
}

import { RegistryError } from '@esscm/registry-core';
import { customEndpointsSetting } from '../configuration/place-fields.js';
import type { PrivateConfiguration } from '../configuration/private-configuration.js';
import { headings } from '../errors/headings.js';
import { apiHost, stsHost } from '../host-names.js';

/** Where everything is. Always explicit, so that no environment variable of the AWS SDK can send requests elsewhere. */
export interface EcrEndpoints {
  readonly api: string;
  readonly sts: string;
  /** Another origin for the private registry than its host name. */
  readonly registryOrigin?: string;
}

type OperatorSettings = Readonly<Record<string, string>>;

/**
 * Endpoints of a region: those the operator set (`ecr.apiEndpoint`, `ecr.stsEndpoint`, `ecr.registryOrigin`), else those of
 * the connection, else AWS's.
 * @throws RegistryError of kind `protocol` for a setting that is no http or https address, of kind `unsupported` for an
 * endpoint of the connection that the operator does not allow
 */
export function resolveEndpoints(
  region: string,
  configuration: Pick<PrivateConfiguration, 'hostNames' | 'apiEndpoint' | 'stsEndpoint'>,
  operatorSettings: OperatorSettings,
): EcrEndpoints {
  const { hostNames, apiEndpoint, stsEndpoint } = configuration;
  const registryOrigin = operatorOrigin(operatorSettings, 'ecr.registryOrigin');
  const allowed = (endpoint: string | undefined) => (endpoint === undefined ? undefined : allowedEndpoint(endpoint, operatorSettings));
  // Both are looked at, also where the operator's own setting wins.
  const ownApi = allowed(apiEndpoint);
  const ownSts = allowed(stsEndpoint);
  return {
    api: operatorOrigin(operatorSettings, 'ecr.apiEndpoint') ?? ownApi ?? `https://${apiHost(region, hostNames)}`,
    sts: operatorOrigin(operatorSettings, 'ecr.stsEndpoint') ?? ownSts ?? `https://${stsHost(region, hostNames)}`,
    ...(registryOrigin !== undefined && { registryOrigin }),
  };
}

/**
 * An address the operator set, or undefined.
 * @throws RegistryError of kind `protocol` for a setting that is no http or https address
 */
export function operatorOrigin(operatorSettings: OperatorSettings, name: string): string | undefined {
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

/** An endpoint a user named, if its host is one of those the operator lists: a host in full, or `.ending` for all below it. */
function allowedEndpoint(endpoint: string, operatorSettings: OperatorSettings): string {
  const { protocol, hostname, origin } = new URL(endpoint);
  const listed = (operatorSettings[customEndpointsSetting] ?? '').split(',').map((entry) => entry.trim().toLowerCase());
  const isListed = listed.some((entry) => entry !== '' && (entry.startsWith('.') ? hostname.endsWith(entry) : hostname === entry));
  if (protocol === 'https:' && isListed) return origin;
  throw new RegistryError({
    kind: 'unsupported',
    heading: headings.notSupported,
    message: `The operator of this server does not allow connections to ${hostname}.`,
    remedy: 'Leave out the endpoint, or let the operator add the host to ESSCM_ECR_CUSTOM_ENDPOINTS.',
  });
}

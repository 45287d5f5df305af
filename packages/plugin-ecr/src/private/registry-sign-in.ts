import { RegistryError, Secret } from '@esscm/registry-core';
import type { PullAccess } from '@esscm/registry-core';
import { headings } from '../errors/headings.js';
import { parseRegistryHost, privateRegistryHost } from '../reference/registry-host.js';
import type { EcrApi } from './ecr-api.js';
import type { Renewable } from './shared-renewal.js';

export interface SignInOptions {
  readonly region: string;
  /** Of a registry owned by another account; the same sign-in serves it. */
  readonly registryId?: string;
  readonly registryOrigin?: string;
  readonly now: Date;
  readonly signal: AbortSignal;
}

const quarterHourMs = 15 * 60_000;

/** Signs in to the registry; to be renewed at half its life, or a quarter of an hour before its end if that is sooner. */
export async function signInToRegistry(api: EcrApi, options: SignInOptions): Promise<Renewable<PullAccess>> {
  const { authorizationData } = await api.getAuthorizationToken({ signal: options.signal });
  const { authorizationToken, expiresAt, proxyEndpoint } = authorizationData?.[0] ?? {};
  if (authorizationToken === undefined || expiresAt === undefined) throw unexpected('no sign-in');

  const obtained = options.now.getTime();
  const ends = expiresAt.getTime();
  return {
    renewAt: new Date(Math.min(obtained + (ends - obtained) / 2, ends - quarterHourMs)),
    value: {
      host: registryHost(proxyEndpoint, options),
      ...(options.registryOrigin !== undefined && { connectTo: options.registryOrigin }),
      authentication: { kind: 'basic', encoded: new Secret(authorizationToken) },
      expiresAt,
    },
  };
}

/** The account ID in the address AWS gives back; undefined when it is not the address of an ECR registry. */
export function accountOfEndpoint(proxyEndpoint: string | undefined): string | undefined {
  const host = parseRegistryHost(URL.parse(proxyEndpoint ?? '')?.host ?? '');
  return host?.kind === 'private' ? host.accountId : undefined;
}

function registryHost(proxyEndpoint: string | undefined, options: SignInOptions): string {
  if (options.registryId !== undefined) return privateRegistryHost(options.registryId, options.region);
  const host = parseRegistryHost(URL.parse(proxyEndpoint ?? '')?.host ?? '');
  // A sign-in is only ever sent to a registry of the region it was asked for, whatever the answer says.
  if (host?.kind !== 'private' || host.region !== options.region) throw unexpected('a sign-in for another place');
  return host.host;
}

function unexpected(what: string): RegistryError {
  return new RegistryError({
    kind: 'protocol',
    heading: headings.unexpected,
    message: `AWS answered ecr:GetAuthorizationToken with ${what}.`,
    remedy: 'A proxy or a wrong endpoint address is the usual cause.',
    upstream: { call: 'ecr:GetAuthorizationToken' },
  });
}

import { RegistryError, Secret } from '@esscm/registry-core';
import { headings } from '../errors/headings.js';
import { parseRegistryHost } from '../reference/registry-host.js';
import type { EcrApi } from './ecr-api.js';
import type { Renewable } from '../identity/shared-renewal.js';

export interface SignInOptions {
  readonly region: string;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** A sign-in: good for every registry of the region that the principal may read, other accounts' too. */
export interface RegistrySignIn {
  /** Base64 of `AWS:password`. */
  readonly encoded: Secret;
  readonly expiresAt: Date;
  /** The principal's own account, 12 digits. */
  readonly accountId: string;
}

const quarterHourMs = 15 * 60_000;

/** Signs in to the registry; to be renewed at half its life, or a quarter of an hour before its end if that is sooner. */
export async function signInToRegistry(api: EcrApi, options: SignInOptions): Promise<Renewable<RegistrySignIn>> {
  const { authorizationData } = await api.getAuthorizationToken({ signal: options.signal });
  const { authorizationToken, expiresAt, proxyEndpoint } = authorizationData?.[0] ?? {};
  if (authorizationToken === undefined || expiresAt === undefined) throw unexpected('no sign-in');

  const obtained = options.now.getTime();
  const ends = expiresAt.getTime();
  return {
    renewAt: new Date(Math.min(obtained + (ends - obtained) / 2, ends - quarterHourMs)),
    value: { encoded: new Secret(authorizationToken), expiresAt, accountId: accountIn(proxyEndpoint, options.region) },
  };
}

/** The account ID in the address AWS gives back; undefined when it is not the address of an ECR registry. */
export function accountOfEndpoint(proxyEndpoint: string | undefined): string | undefined {
  const host = parseRegistryHost(URL.parse(proxyEndpoint ?? '')?.host ?? '');
  return host?.kind === 'private' ? host.accountId : undefined;
}

function accountIn(proxyEndpoint: string | undefined, region: string): string {
  const host = parseRegistryHost(URL.parse(proxyEndpoint ?? '')?.host ?? '');
  // A sign-in is only ever sent to a registry of the region it was asked for, whatever the answer says.
  if (host?.kind !== 'private' || host.region !== region) throw unexpected('a sign-in for another place');
  return host.accountId;
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

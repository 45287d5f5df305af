import type { ListOptions, PluginHost, PullAccess, RegistryImage, RegistryRepository } from '@esscm/registry-core';
import type { PrivateConfiguration, RegistryPlace } from '../configuration/private-configuration.js';
import { registryHostName } from '../host-names.js';
import { AssumedRole } from '../identity/assumed-role.js';
import { createIdentity } from '../identity/create-identity.js';
import { SharedRenewal } from '../identity/shared-renewal.js';
import { StsApi } from '../identity/sts-api.js';
import type { RegistryHost } from '../reference/registry-host.js';
import type { VerifiedRegistry } from '../verify/verify-registry.js';
import { browseRetries, verifyRetries } from './aws-client-settings.js';
import { EcrApi } from './ecr-api.js';
import { resolveEndpoints } from './endpoints.js';
import type { EcrEndpoints } from './endpoints.js';
import { listImages } from './list-images.js';
import { listRepositories } from './list-repositories.js';
import { signInToRegistry } from './registry-sign-in.js';
import type { RegistrySignIn } from './registry-sign-in.js';

type PrivateHost = Extract<RegistryHost, { readonly kind: 'private' }>;

/** The private registry of one account in one region, with the identity it is read with. */
export class PrivateRegistry {
  readonly place: RegistryPlace;
  readonly #configuration: PrivateConfiguration;
  readonly #endpoints: EcrEndpoints;
  readonly #verified: VerifiedRegistry;
  readonly #browseApi: EcrApi;
  readonly #signIn: SharedRenewal<RegistrySignIn>;

  /** @throws RegistryError for settings that the operator does not allow or that are no addresses */
  constructor(place: RegistryPlace, configuration: PrivateConfiguration, host: PluginHost, closed: AbortSignal) {
    this.place = place;
    this.#configuration = configuration;
    this.#endpoints = resolveEndpoints(place.region, configuration, host.operatorSettings);
    const { credentials } = configuration;
    const { api: endpoint } = this.#endpoints;
    const sts = new StsApi(place.region, this.#endpoints.sts);
    // Whoever holds the machine's web identity token may act as the machine, so it goes to no address that a user named.
    const machineSts = new StsApi(place.region, resolveEndpoints(place.region, { hostNames: configuration.hostNames }, host.operatorSettings).sts);
    const base = createIdentity(credentials.kind === 'role' ? credentials.base : credentials, host, machineSts);
    const role =
      credentials.kind === 'role' && place.roleArn !== undefined
        ? new AssumedRole({ base, roleArn: place.roleArn, externalId: credentials.externalId, sts, clock: host.clock, closed })
        : undefined;
    const identity = role ?? base;
    this.#verified = { place, credentialKindId: credentials.kind, identity, role, sts, api: new EcrApi({ place, identity, endpoint, retry: verifyRetries }) };
    this.#browseApi = new EcrApi({ place, identity, endpoint, retry: browseRetries(host.operatorSettings) });
    this.#signIn = new SharedRenewal(host.clock, () =>
      // Not with a caller's own signal: the others wait for the same sign-in.
      signInToRegistry(this.#browseApi, { region: place.region, now: host.clock.now(), signal: closed }),
    );
  }

  get verified(): VerifiedRegistry {
    return this.#verified;
  }

  /** Whether a reference's host is of this registry. Without an account of its own it answers for every account in its region. */
  covers({ accountId, region }: Pick<PrivateHost, 'accountId' | 'region'>): boolean {
    return region === this.place.region && (this.place.accountId === undefined || this.place.accountId === accountId);
  }

  listRepositories(options: ListOptions): AsyncIterable<readonly RegistryRepository[]> {
    return listRepositories(this.#browseApi, options);
  }

  listImages(repository: string, options: ListOptions): AsyncIterable<readonly RegistryImage[]> {
    return listImages(this.#browseApi, repository, options);
  }

  /** @param asked host of the reference, where it is known */
  async pullAccess(asked: PrivateHost | undefined, options: { readonly signal: AbortSignal; readonly renew?: boolean | undefined }): Promise<PullAccess> {
    const { encoded, expiresAt, accountId } = await this.#signIn.get(options);
    const { hostNames } = this.#configuration;
    const { region } = this.place;
    const account = asked?.accountId ?? this.place.accountId ?? accountId;
    const { registryOrigin } = this.#endpoints;
    return {
      host: asked !== undefined && hostNames === 'standard' ? asked.host : registryHostName(account, region, hostNames),
      ...(registryOrigin !== undefined && { connectTo: registryOrigin }),
      authentication: { kind: 'basic', encoded },
      expiresAt,
    };
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#verified.api.dispose(), this.#browseApi.dispose()]);
  }
}

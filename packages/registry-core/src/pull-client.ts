import { createDialPolicy } from '@esscm/oci-client';
import type { Authorization, AuthenticationSource, RegistryClientOptions } from '@esscm/oci-client';
import type { PluginHost, PullAccess, PullAuthentication, RegistryConnection } from './plugin.js';

export interface PullClientSettings {
  readonly connection: Pick<RegistryConnection, 'pullAccess'>;
  readonly repository: string;
  /** What the connection answered a moment ago. */
  readonly access: PullAccess;
  readonly clock: PluginHost['clock'];
  /** Networks beside public ones that registries may be in, such as `10.20.0.0/16`. */
  readonly privateNetworks?: readonly string[];
}

/** How oci-client pulls from a repository of a connection: where, as whom, and which addresses it may dial. */
export function pullClientOptions({ connection, repository, access, clock, privateNetworks = [] }: PullClientSettings): RegistryClientOptions {
  return {
    host: access.host,
    authentication: new PullAuthenticationSource(connection, repository, access, clock),
    // Only the operator's own settings send a plugin to another origin, such as a simulator on this machine.
    dialer: createDialPolicy({ allowPrivateNetworks: privateNetworks, allowLoopback: access.connectTo !== undefined }),
    ...(access.connectTo === undefined ? {} : { connectTo: access.connectTo }),
  };
}

/** Renewed this long before it ends, so that no request starts with a credential that ends on the way. */
const renewalMarginMs = 60_000;

/** Shows a repository's credential to its registry, asking the plugin again when it nears its end or was refused. */
class PullAuthenticationSource implements AuthenticationSource {
  readonly #connection: Pick<RegistryConnection, 'pullAccess'>;
  readonly #repository: string;
  readonly #clock: PluginHost['clock'];
  #access: PullAccess;

  constructor(connection: Pick<RegistryConnection, 'pullAccess'>, repository: string, first: PullAccess, clock: PluginHost['clock']) {
    this.#connection = connection;
    this.#repository = repository;
    this.#access = first;
    this.#clock = clock;
  }

  async authorization({ renew, signal }: { readonly renew: boolean; readonly signal: AbortSignal }): Promise<Authorization> {
    if (renew || this.#isEnding()) this.#access = await this.#connection.pullAccess(this.#repository, { signal, renew, registryHost: this.#access.host });
    return authorizationOf(this.#access.authentication);
  }

  #isEnding(): boolean {
    const { expiresAt } = this.#access;
    return expiresAt !== undefined && expiresAt.getTime() - this.#clock.now().getTime() < renewalMarginMs;
  }
}

function authorizationOf(authentication: PullAuthentication): Authorization {
  switch (authentication.kind) {
    case 'anonymous':
      return { kind: 'anonymous' };
    case 'basic':
      return { kind: 'basic', encoded: authentication.encoded.reveal() };
    case 'bearer':
      return { kind: 'bearer', token: authentication.token.reveal() };
  }
}

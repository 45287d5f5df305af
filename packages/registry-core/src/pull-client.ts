import { OciError } from '@esscm/oci-client';
import type { Authorization, AuthenticationSource, RegistryClientOptions } from '@esscm/oci-client';
import { CallPace } from './call-pace.js';
import { dialPolicyFor } from './dial-policy.js';
import type { PluginHost, PullAccess, PullAuthentication, RegistryConnection } from './plugin.js';
import type { RequestRate } from './request-rate.js';

export interface PullClientSettings {
  readonly connection: Pick<RegistryConnection, 'pullAccess'>;
  readonly repository: string;
  /** What the connection answered a moment ago. */
  readonly access: PullAccess;
  /** What the connection was opened with. */
  readonly host: PluginHost;
  /** Where somebody waits: a manifest whose turn would come later than this is refused. For ever by default. */
  readonly longestWaitMs?: number;
}

/** How oci-client pulls from a repository of a connection: where, as whom, and which addresses it may dial. */
export function pullClientOptions({ connection, repository, access, host, longestWaitMs = Number.POSITIVE_INFINITY }: PullClientSettings): RegistryClientOptions {
  const pace = access.manifestRate === undefined ? undefined : paceOf(access, access.manifestRate);
  return {
    host: access.host,
    authentication: new PullAuthenticationSource(connection, repository, access, host.clock),
    dialer: dialPolicyFor(host, access.connectTo),
    ...(access.connectTo === undefined ? {} : { connectTo: access.connectTo }),
    ...(pace === undefined ? {} : { manifestPace: (signal: AbortSignal) => manifestTurn({ pace, host: access.host, longestWaitMs, signal }) }),
  };
}

/** Registries count by address, so that all pulls of this process from one host share a pace. There are a few such hosts. */
const paces = new Map<string, CallPace>();

/** Keeps exactly to a published rate: no jitter, as nothing was refused that could come back in step. */
function paceOf({ host, connectTo = '' }: PullAccess, rate: RequestRate): CallPace {
  const key = JSON.stringify([host, connectTo, rate.perSecond, rate.burst]);
  const pace = paces.get(key) ?? new CallPace({ ...rate, jitter: 0 });
  paces.set(key, pace);
  return pace;
}

interface ManifestTurn {
  readonly pace: CallPace;
  readonly host: string;
  readonly longestWaitMs: number;
  readonly signal: AbortSignal;
}

/**
 * Waits for a turn to ask for a manifest.
 * @throws OciError of code `throttled` at once, with the wait in `retryAfterMs`, where it would be too long; or `cancelled`
 */
async function manifestTurn({ pace, host, longestWaitMs, signal }: ManifestTurn): Promise<void> {
  const { waitMs } = pace;
  if (waitMs > longestWaitMs) {
    throw new OciError({
      code: 'throttled',
      message: `Requests to ${host} wait their turn, as it limits their rate.`,
      host,
      // Tried again by whoever asked, not here: the turn is what is waited for.
      retryable: false,
      retryAfterMs: Math.ceil(waitMs),
    });
  }
  try {
    await pace.turn(signal);
  } catch (interruption) {
    throw new OciError({ code: 'cancelled', message: 'The work was cancelled.', retryable: false, cause: interruption });
  }
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

import { lookup as resolveName, type LookupAddress } from 'node:dns';
import type { Agent, AgentOptions, ClientRequestArgs } from 'node:http';
import type { Agent as SecureAgent, AgentOptions as HttpsAgentOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { OciError } from './errors.js';
import { HttpAgent, HttpsAgent } from './node-http.js';
import { embeddedIPv4, familyOf, networkList, specialNetworkOf, type RefusedNetwork } from './refused-networks.js';

export interface DialPolicyOptions {
  /** 127.0.0.0/8 and ::1, for simulators and tests. Off by default. */
  readonly allowLoopback?: boolean;
  /**
   * Networks, such as `10.20.0.0/16`, that may be connected to though they are not public. Metadata addresses stay
   * refused even inside them.
   */
  readonly allowPrivateNetworks?: readonly string[];
  /** In place of the system's resolver. */
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
}

export interface GuardedAgents {
  readonly http: Agent;
  readonly https: SecureAgent;
  /** Closes idle and open connections. */
  destroy(): void;
}

/** Decides which addresses may be connected to on a user's behalf, at the moment of connecting. */
export interface DialPolicy {
  /** Why an IP address is refused, or undefined when it may be dialled. */
  refusal(address: string): RefusedNetwork | undefined;
  /**
   * For the `lookup` option of `net`, `http` and `https`: resolves, drops refused addresses, and hands over only checked
   * ones, so that no second resolution can answer otherwise. Node does not call it for literal addresses: see
   * {@link DialPolicy.checkHost}.
   */
  readonly lookup: LookupFunction;
  /** @throws OciError of code `blocked` when `host` is a refused literal address; names pass and are checked by `lookup` */
  checkHost(host: string): void;
  /** Keep-alive agents for plain `http` and `https` requests that check names and literal addresses both. The caller destroys them. */
  createAgents(options?: HttpsAgentOptions): GuardedAgents;
}

/**
 * A policy refusing loopback, private, shared (carrier-grade NAT), link-local, unique-local, multicast, unspecified,
 * reserved and metadata addresses, also written as IPv4-mapped, NAT64 or 6to4 addresses.
 * @throws RangeError when a network of `allowPrivateNetworks` is malformed
 */
export function createDialPolicy(options: DialPolicyOptions = {}): DialPolicy {
  const allowed = networkList(options.allowPrivateNetworks ?? []);
  const resolve = options.resolve ?? systemResolve;

  function refusal(address: string): RefusedNetwork | undefined {
    const plain = address.split('%', 1)[0] ?? '';
    if (isIP(plain) === 0) return 'reserved';
    const target = embeddedIPv4(plain) ?? plain;
    const network = specialNetworkOf(target);
    if (network === undefined || network === 'metadata') return network;
    if (network === 'loopback' && options.allowLoopback === true) return undefined;
    return allowed.check(target, familyOf(target)) ? undefined : network;
  }

  function checkHost(host: string): void {
    const literal = host.replace(/^\[(.*)\]$/, '$1');
    if (isIP(literal.split('%', 1)[0] ?? '') === 0) return;
    const network = refusal(literal);
    if (network !== undefined) throw blocked(literal, network);
  }

  const lookup: LookupFunction = (hostname, lookupOptions, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const wanted = wantedFamilies(lookupOptions.family);
        const matching = addresses.filter(({ family }) => wanted.includes(family));
        const permitted = matching.filter(({ address }) => refusal(address) === undefined);
        const first = permitted[0];
        if (first === undefined) {
          const refused = matching[0];
          const network = refused === undefined ? undefined : refusal(refused.address);
          callback(network === undefined ? notFound(hostname) : blocked(hostname, network), lookupOptions.all === true ? [] : '');
        } else if (lookupOptions.all === true) {
          callback(null, [...permitted]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : notFound(hostname), lookupOptions.all === true ? [] : '');
      },
    );
  };

  return {
    refusal,
    lookup,
    checkHost,
    createAgents: (agentOptions = {}) => {
      const settings = { keepAlive: true, ...agentOptions, lookup };
      const http = new GuardedHttpAgent(checkHost, settings);
      const https = new GuardedHttpsAgent(checkHost, settings);
      return {
        http,
        https,
        destroy: () => {
          http.destroy();
          https.destroy();
        },
      };
    },
  };
}

type HostCheck = (host: string) => void;
type ConnectionCallback = (error: Error | null, stream: Duplex) => void;

class GuardedHttpAgent extends HttpAgent {
  readonly #checkHost: HostCheck;

  constructor(checkHost: HostCheck, options: AgentOptions) {
    super(options);
    this.#checkHost = checkHost;
  }

  override createConnection(options: ClientRequestArgs, callback?: ConnectionCallback): Duplex | null | undefined {
    const refused = refusedHost(this.#checkHost, options);
    return refused === undefined ? super.createConnection(options, callback) : failed(refused, callback);
  }
}

class GuardedHttpsAgent extends HttpsAgent {
  readonly #checkHost: HostCheck;

  constructor(checkHost: HostCheck, options: HttpsAgentOptions) {
    super(options);
    this.#checkHost = checkHost;
  }

  override createConnection(options: ClientRequestArgs, callback?: ConnectionCallback): Duplex | null | undefined {
    const refused = refusedHost(this.#checkHost, options);
    return refused === undefined ? super.createConnection(options, callback) : failed(refused, callback);
  }
}

function refusedHost(checkHost: HostCheck, options: ClientRequestArgs): Error | undefined {
  try {
    checkHost(options.host ?? options.hostname ?? '');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('The host was refused.', { cause: error });
  }
}

/** Node's agent takes a connection error through the callback only; throwing would leave a queued request waiting. */
function failed(error: Error, callback: ConnectionCallback | undefined): undefined {
  if (callback === undefined) throw error;
  // The agent reads only the error; its type wants a stream beside it.
  (callback as (error: Error) => void)(error);
  return undefined;
}

function wantedFamilies(family: number | 'IPv4' | 'IPv6' | undefined): readonly number[] {
  if (family === 4 || family === 'IPv4') return [4];
  return family === 6 || family === 'IPv6' ? [6] : [4, 6];
}

function systemResolve(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((fulfil, reject) => {
    resolveName(hostname, { all: true }, (error, addresses) => {
      if (error === null) fulfil(addresses);
      else reject(error);
    });
  });
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`No address for ${hostname}.`), { code: 'ENOTFOUND', hostname });
}

function blocked(host: string, network: RefusedNetwork): OciError {
  return new OciError({
    code: 'blocked',
    message: `${host} leads to a ${network} address, which is not connected to unless the operator allows its network.`,
    host,
  });
}

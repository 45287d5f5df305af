import type { IncomingMessage } from 'node:http';
import type { AuthenticationSource, Authorization } from './authentication.js';
import { parseChallenge, type Challenge } from './challenge.js';
import type { Clock } from './clock.js';
import { OciError } from './errors.js';
import { errorOfAnswer } from './error-response.js';
import { readBody } from './read-body.js';
import { isSameSite } from './registrable-site.js';
import { tokenSchema } from './schemas.js';

export interface AuthenticatorOptions {
  /** With the port, if any. */
  readonly host: string;
  /** Whether a URL is served by the registry itself. */
  readonly isRegistry: (url: URL) => boolean;
  /** Whether the registry is spoken to without TLS; only then may its token service be, at the same origin. */
  readonly plainHttp: boolean;
  readonly source: AuthenticationSource;
  readonly get: (url: URL, headers: Record<string, string>, signal: AbortSignal) => Promise<IncomingMessage>;
  readonly clock: Clock;
}

export interface HeaderOptions {
  /** The scope wanted, such as `repository:nginx/nginx:pull`. */
  readonly scope: string;
  readonly renew: boolean;
  readonly signal: AbortSignal;
}

type BearerChallenge = Extract<Challenge, { readonly scheme: 'bearer' }>;

interface CachedToken {
  readonly token: string;
  readonly expiresAt: number;
}

const tokenAnswerBytes = 256 * 1024;
const cachedTokens = 256;
/** A token service need not say; the distribution specification's 60 s would ask ECR Public once a minute, and a refusal renews anyway. */
const unstatedTokenLifeMs = 300_000;
const tokenMarginMs = 10_000;

/** Makes `Authorization` headers: learns what the registry asks for, exchanges credentials for tokens, keeps the tokens. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #tokens = new Map<string, CachedToken>();
  readonly #exchanges = new Map<string, Promise<string>>();
  #challenge: Challenge | undefined;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  /** Takes note of a `WWW-Authenticate` header. False when it asks for nothing this client can do. */
  learn(header: string | undefined): boolean {
    const challenge = parseChallenge(header);
    if (challenge !== undefined) this.#challenge = challenge;
    return challenge !== undefined;
  }

  /** The header to send, or undefined to send none: no challenge yet, or no credential for it. */
  async header({ scope, renew, signal }: HeaderOptions): Promise<string | undefined> {
    const authorization = await this.#options.source.authorization({ renew, signal });
    if (authorization.kind === 'bearer') return `Bearer ${authorization.token}`;
    const challenge = this.#challenge;
    if (challenge === undefined) return undefined;
    if (challenge.scheme === 'basic') {
      return authorization.kind === 'basic' ? `Basic ${authorization.encoded}` : undefined;
    }
    return `Bearer ${await this.#token(challenge, scopeFor(challenge, scope), authorization, renew, signal)}`;
  }

  async #token(
    challenge: BearerChallenge,
    scope: string,
    authorization: Exclude<Authorization, { readonly kind: 'bearer' }>,
    renew: boolean,
    signal: AbortSignal,
  ): Promise<string> {
    const key = JSON.stringify([challenge.realm, challenge.service, scope]);
    const kept = this.#tokens.get(key);
    if (!renew && kept !== undefined && kept.expiresAt > this.#options.clock.now()) return kept.token;
    const running = this.#exchanges.get(key);
    if (running !== undefined) {
      try {
        return await running;
      } catch (error) {
        // The one who asked first gave up; that must not end the others' work.
        if (!(error instanceof OciError) || error.code !== 'cancelled' || signal.aborted) throw error;
        return await this.#token(challenge, scope, authorization, renew, signal);
      }
    }
    const exchange = this.#exchange(challenge, scope, authorization, signal).then((token) => {
      const oldest = this.#tokens.keys().next().value;
      if (this.#tokens.size >= cachedTokens && oldest !== undefined) this.#tokens.delete(oldest);
      this.#tokens.set(key, token);
      return token.token;
    });
    this.#exchanges.set(key, exchange);
    try {
      return await exchange;
    } finally {
      this.#exchanges.delete(key);
    }
  }

  /** https://distribution.github.io/distribution/spec/auth/token/ */
  async #exchange(
    challenge: BearerChallenge,
    scope: string,
    authorization: Exclude<Authorization, { readonly kind: 'bearer' }>,
    signal: AbortSignal,
  ): Promise<CachedToken> {
    const url = this.#realm(challenge.realm, authorization.kind === 'basic');
    if (challenge.service !== undefined) url.searchParams.set('service', challenge.service);
    if (scope !== '') url.searchParams.set('scope', scope);
    const headers: Record<string, string> = { accept: 'application/json' };
    if (authorization.kind === 'basic') headers['authorization'] = `Basic ${authorization.encoded}`;
    const askedAt = this.#options.clock.now();
    const response = await this.#options.get(url, headers, signal);
    const status = response.statusCode ?? 0;
    const body = (await readBody(response, tokenAnswerBytes, { host: url.host, subject: 'a token', signal })).toString('utf8');
    if (status !== 200) {
      const fromRegistry = isSameSite(url.hostname, hostName(this.#options.host)) || this.#options.isRegistry(url);
      const refusal = { status, headers: response.headers, body, host: url.host, fromRegistry, subject: 'a token', now: askedAt };
      const error = errorOfAnswer(refusal);
      if (status !== 400 && status !== 403) throw error;
      throw new OciError({
        code: 'unauthorized',
        message: `${url.host} gave no token for ${this.#options.host} (${status}).`,
        status,
        host: url.host,
        cause: error,
      });
    }
    const answer = parseToken(body);
    const token = answer?.token ?? answer?.access_token;
    // A line break would end the header; printable ASCII is what RFC 6750 allows.
    if (token === undefined || !/^[\u0021-\u007e]+$/.test(token)) {
      throw new OciError({ code: 'protocol', message: `The token service ${url.host} gave no token.`, host: url.host });
    }
    const lifeMs = answer?.expires_in === undefined ? unstatedTokenLifeMs : answer.expires_in * 1000;
    return { token, expiresAt: askedAt + Math.max(lifeMs - tokenMarginMs, lifeMs / 2) };
  }

  /** Where the registry sends us for a token is the registry's word only: it must not lead a credential elsewhere. */
  #realm(realm: string, withCredential: boolean): URL {
    const { host, isRegistry, plainHttp } = this.#options;
    const url = URL.canParse(realm) ? new URL(realm) : undefined;
    if (url === undefined || url.username !== '' || url.password !== '' || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      throw new OciError({ code: 'protocol', message: `${host} names a token service that is not a plain web address.`, host });
    }
    if (isRegistry(url)) return url;
    if (url.protocol !== 'https:') {
      throw new OciError({
        code: plainHttp ? 'blocked' : 'protocol',
        message: `${host} names a token service at ${url.host} that is neither https nor at its own address.`,
        host,
      });
    }
    if (withCredential && !isSameSite(url.hostname, hostName(host))) {
      throw new OciError({
        code: 'blocked',
        message: `${host} asks for its credential to be sent to ${url.host}, a host of another site. It was not sent.`,
        host,
      });
    }
    return url;
  }
}

/** A registry with one constant scope, as ECR Public with `aws`, is asked for that; all others for what is needed. */
function scopeFor(challenge: BearerChallenge, wanted: string): string {
  const { scope } = challenge;
  return scope === undefined || scope.startsWith('repository:') || scope.startsWith('registry:') ? wanted : scope;
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '');
}

function parseToken(body: string): ReturnType<typeof tokenSchema.parse> | undefined {
  try {
    return tokenSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

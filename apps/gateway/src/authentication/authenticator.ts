import type { Store } from '@esscm/store';
import { AccessScope } from '../modules/access-tokens/access-token.type.js';
import type { Requester } from '../request-context.js';
import { hashAccessToken } from './access-token-text.js';
import type { Account, Accounts } from './accounts.js';

interface AuthenticatorOptions {
  readonly accounts: Accounts;
  readonly store: Pick<Store, 'accessTokens' | 'organizations'>;
  readonly now: () => Date;
}

/** Who a request is from, and the cookie lines that prolong the session. */
export interface Authenticated {
  readonly requester?: Requester;
  readonly cookies: readonly string[];
}

/** The role of every account for now: accounts are made by `createAdministrator` alone. */
const role = 'administrator';
const everyScope: ReadonlySet<AccessScope> = new Set(Object.values(AccessScope));
const nobody: Authenticated = { cookies: [] };
/** How exact `lastUsedAt` is; keeps a busy client from writing a row with every request. */
const lastUsedPrecisionMs = 60_000;

/** Tells who asks, from an access token or from the session cookie. A token decides when both are there. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  #organization: Requester['organization'] | undefined;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  /** `cookiesTrusted` is false for a request from another site: its cookie then counts for nothing. */
  async authenticate(headers: Headers, cookiesTrusted: boolean): Promise<Authenticated> {
    const authorization = headers.get('authorization');
    if (authorization !== null) return this.#byToken(authorization);
    if (!cookiesTrusted) return nobody;
    const session = await this.#options.accounts.session(headers);
    if (session === undefined) return nobody;
    return { requester: await this.requesterOf(session.account), cookies: session.cookies };
  }

  /** The requester an account is after signing in. */
  async requesterOf(account: Account): Promise<Requester> {
    this.#organization ??= await this.#options.store.organizations.ensureDefault();
    const { id, name, email } = account;
    return { userId: id, name, email, role, organization: this.#organization, scopes: everyScope, via: 'session' };
  }

  async #byToken(authorization: string): Promise<Authenticated> {
    const { accounts, store, now } = this.#options;
    const text = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1];
    const hash = text === undefined ? undefined : hashAccessToken(text);
    if (hash === undefined) return nobody;
    const token = await store.accessTokens.findByHash(hash, now());
    if (token === undefined) return nobody;
    const account = await accounts.find(token.userId);
    const organization = await store.organizations.find(token.organizationId);
    if (account === undefined || organization === undefined) return nobody;
    if (now().getTime() - (token.lastUsedAt?.getTime() ?? 0) > lastUsedPrecisionMs) await store.accessTokens.markUsed(token.id, now());
    const named = Object.values(AccessScope).filter((scope) => token.scopes.includes(scope));
    const scopes = named.includes('ADMIN') ? everyScope : new Set(named);
    const { id, name, email } = account;
    return { requester: { userId: id, name, email, role, organization, scopes, via: 'token' }, cookies: [] };
  }
}

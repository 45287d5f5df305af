import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { AuthenticationAdapter, AuthenticationDatabase } from './authentication-database.js';

/** A person with an account. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** An account together with the `Set-Cookie` lines that begin or renew its session. */
export interface SignedIn {
  readonly account: Account;
  readonly cookies: readonly string[];
}

interface AccountsOptions {
  readonly database: AuthenticationDatabase;
  readonly secret: string;
  /** As browsers reach the server; with https the cookie is sent over https only. */
  readonly origin: string;
}

/** Lengths of a password in characters. */
export const passwordLength = { minimum: 12, maximum: 128 } as const;

/**
 * Accounts, passwords (scrypt) and sessions, kept by better-auth. Only its functions are used: none of its HTTP routes
 * is reachable, so the GraphQL mutations are the one way in.
 */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #auth: ReturnType<typeof createAuth>;
  #anyExist = false;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#auth = createAuth(options, options.database.adapter);
  }

  async anyExist(): Promise<boolean> {
    // Accounts are never deleted, so the answer is final once it is yes.
    if (!this.#anyExist) this.#anyExist = (await countUsers(this.#auth)) > 0;
    return this.#anyExist;
  }

  /** Undefined when an account exists already, also when two are created at the same time. */
  async createFirst(person: { readonly name: string; readonly email: string; readonly password: string }): Promise<SignedIn | undefined> {
    if (await this.anyExist()) return undefined;
    const signedIn = await this.#options.database.exclusively(async (adapter) => {
      const auth = createAuth(this.#options, adapter);
      if ((await countUsers(auth)) > 0) return undefined;
      const { headers, response } = await auth.api.signUpEmail({ body: { ...person }, returnHeaders: true });
      return { account: toAccount(response.user), cookies: headers.getSetCookie() };
    });
    this.#anyExist = true;
    return signedIn;
  }

  /** Undefined when email or password is not right; which of the two is not told, nor does the time tell it. */
  async signIn(email: string, password: string): Promise<SignedIn | undefined> {
    try {
      const { headers, response } = await this.#auth.api.signInEmail({ body: { email, password }, returnHeaders: true });
      return { account: toAccount(response.user), cookies: headers.getSetCookie() };
    } catch (error) {
      if (error instanceof APIError && error.statusCode < 500) return undefined;
      throw error;
    }
  }

  /** The session that a request's cookie names; its cookies are not empty when the session was prolonged. */
  async session(headers: Headers): Promise<SignedIn | undefined> {
    if (!headers.has('cookie')) return undefined;
    const { headers: answer, response } = await this.#auth.api.getSession({ headers, returnHeaders: true });
    return response === null ? undefined : { account: toAccount(response.user), cookies: answer.getSetCookie() };
  }

  /** Ends the session and gives the cookie lines that remove it. */
  async signOut(headers: Headers): Promise<readonly string[]> {
    const { headers: answer } = await this.#auth.api.signOut({ headers, returnHeaders: true });
    return answer.getSetCookie();
  }

  async find(id: string): Promise<Account | undefined> {
    const user = await (await this.#auth.$context).internalAdapter.findUserById(id);
    return user === null ? undefined : toAccount(user);
  }
}

function createAuth({ secret, origin }: AccountsOptions, database: AuthenticationAdapter) {
  return betterAuth({
    appName: 'ESSCM',
    baseURL: origin,
    secret,
    database,
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      minPasswordLength: passwordLength.minimum,
      maxPasswordLength: passwordLength.maximum,
    },
    session: { expiresIn: 7 * 24 * 3600, updateAge: 24 * 3600 },
    advanced: {
      cookiePrefix: 'esscm',
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
    },
    // Attempts are counted by the resolvers, whose answer is a typed problem.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

async function countUsers(auth: ReturnType<typeof createAuth>): Promise<number> {
  return (await auth.$context).adapter.count({ model: 'user' });
}

function toAccount(user: { readonly id: string; readonly name: string; readonly email: string }): Account {
  return { id: user.id, name: user.name, email: user.email };
}

/** What may be shown to a registry. */
export type Authorization =
  /** Follow the registry's challenge without a credential. */
  | { readonly kind: 'anonymous' }
  /** `username:password` in base64; sent as Basic, to the registry or to its token service, as the challenge asks. */
  | { readonly kind: 'basic'; readonly encoded: string }
  /** A token ready for the registry itself; sent without waiting for a challenge. */
  | { readonly kind: 'bearer'; readonly token: string };

export interface AuthorizationOptions {
  /** True, at most once a request, after the registry refused the last one as expired or invalid. */
  readonly renew: boolean;
  readonly signal: AbortSignal;
}

/** Who pulls. Called for every request, so it keeps what it has fetched until it nears its end. */
export interface AuthenticationSource {
  authorization(options: AuthorizationOptions): Promise<Authorization>;
}

/** No credential: what a registry gives to anybody. */
export const anonymousAuthentication: AuthenticationSource = {
  authorization: () => Promise.resolve({ kind: 'anonymous' }),
};

/** A fixed user name and password, or the two already joined by a colon and in base64, as Amazon ECR hands them out. */
export function basicAuthentication(
  credential: string | { readonly username: string; readonly password: string },
): AuthenticationSource {
  const encoded =
    typeof credential === 'string'
      ? credential
      : Buffer.from(`${credential.username}:${credential.password}`, 'utf8').toString('base64');
  return { authorization: () => Promise.resolve({ kind: 'basic', encoded }) };
}

import { type AuthCheckerFn, getMetadataStorage } from 'type-graphql';
import type { AccessScope } from '../modules/access-tokens/access-token.type.js';
import type { RequestContext } from '../request-context.js';
import { failure } from './failures.js';

/** The only fields of Query, Mutation and Subscription that are answered without signing in. */
const publicFields: readonly string[] = ['viewer', 'installation', 'createAdministrator', 'signIn'];

/** Decides by the scopes of `@Authorized`; without a scope it is enough to be signed in. Throws the refusal, so that it has a code. */
export const checkScopes: AuthCheckerFn<RequestContext, AccessScope> = ({ context }, scopes) => {
  const { requester } = context;
  if (requester === undefined) throw failure('UNAUTHENTICATED', 'Sign in first.');
  const missing = scopes.find((scope) => !requester.scopes.has(scope));
  if (missing !== undefined) throw failure('FORBIDDEN', `This access token lacks the scope ${missing}.`);
  return true;
};

/**
 * Fields of Query, Mutation and Subscription about which nobody has decided who may use them. The schema is not built
 * while there is one, so a forgotten decision refuses to start instead of letting everybody in.
 */
export function undecidedFields(): readonly string[] {
  const { queries, mutations, subscriptions } = getMetadataStorage();
  return [...queries, ...mutations, ...subscriptions]
    .filter(({ roles, schemaName }) => roles === undefined && !publicFields.includes(schemaName))
    .map(({ schemaName }) => schemaName);
}

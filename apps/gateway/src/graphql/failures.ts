import { GraphQLError } from 'graphql';

/** Codes of `extensions.code` that a client may see; everything else becomes INTERNAL_SERVER_ERROR. */
export const failureCodes = ['UNAUTHENTICATED', 'FORBIDDEN', 'BAD_USER_INPUT', 'LIMIT_EXCEEDED', 'TIMEOUT'] as const;
type FailureCode = (typeof failureCodes)[number];

/** A failure whose text may be shown to the client as it is. */
export function failure(code: FailureCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

import { CombinedGraphQLErrors } from '@apollo/client/errors';

/** Whether the server knows who asks, and refuses. */
export function isForbidden(error: unknown): boolean {
  return hasErrorCode(error, 'FORBIDDEN');
}

/** Whether the server was asked for something it cannot understand; on a page that is what its address says. */
export function isBadInput(error: unknown): boolean {
  return hasErrorCode(error, 'BAD_USER_INPUT');
}

/** Whether an answer has a failure of this `extensions.code`. */
export function hasErrorCode(error: unknown, code: string): boolean {
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.['code'] === code);
}

import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { isForbidden } from './error-codes.js';

interface Result<Data> {
  readonly data?: Data | null | undefined;
  readonly error?: unknown;
}

/** What a mutation answered, or why it gave none; never throws. */
export type Outcome<Data> = { readonly data: Data } | { readonly problem: string };

/** Waits for a mutation. An answer with a typed problem is data: the caller reads its `__typename`. */
export async function outcomeOf<Data>(mutation: Promise<Result<Data>>): Promise<Outcome<Data>> {
  try {
    const { data, error } = await mutation;
    return data == null ? { problem: messageOf(error) } : { data };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  if (isForbidden(error)) return 'You can see this, but not change it. An administrator of this server can allow it.';
  if (CombinedGraphQLErrors.is(error)) return error.errors[0]?.message ?? 'The server gave no answer.';
  return error === undefined || ServerError.is(error) ? 'The server gave no answer.' : 'No connection to the ESSCM server.';
}

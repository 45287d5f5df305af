import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';

/** The API answered with an error, or did not answer. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** What went wrong is said by the server, which is there. */
  readonly isAnswer: boolean;
  /** The server's reference for this request, to be read out to whoever runs it. */
  readonly reference: string | undefined;

  constructor(message: string, { reference, isAnswer = false, cause }: { readonly reference?: string | undefined; readonly isAnswer?: boolean; readonly cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.reference = reference;
    this.isAnswer = isAnswer;
  }
}

/**
 * Asks the API without the client's cache: for the pages before signing in, which load before the client does.
 * @throws RequestError
 */
export async function request<Data, Variables extends OperationVariables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
  let answer: { data?: Data | null; errors?: readonly { message: string }[] };
  let reference: string | undefined;
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
      body: JSON.stringify({ query: print(document), variables }),
    });
    reference = response.headers.get('x-correlation-id') ?? undefined;
    answer = await response.json();
  } catch (cause) {
    throw new RequestError('No connection to the ESSCM server.', { reference, cause });
  }
  const [error] = answer.errors ?? [];
  if (error !== undefined) throw new RequestError(error.message, { reference, isAnswer: true });
  if (answer.data === undefined || answer.data === null) throw new RequestError('The server sent no answer.', { reference });
  return answer.data;
}

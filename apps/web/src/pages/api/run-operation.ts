/** What the server answered, for reading. */
export interface OperationAnswer {
  readonly status: number;
  readonly text: string;
  readonly tookMs: number;
  readonly reference: string | undefined;
}

/** What cannot be sent as it is. */
export class InvalidVariablesError extends Error {
  override readonly name = 'InvalidVariablesError';
}

/** Sends an operation as this user. @throws InvalidVariablesError when the variables are no JSON object; TypeError when the server does not answer */
export async function runOperation(query: string, variables: string): Promise<OperationAnswer> {
  const body = JSON.stringify({ query, variables: readVariables(variables) });
  const started = performance.now();
  const response = await fetch('/graphql', { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' }, body });
  const answer = await response.text();
  return { status: response.status, text: indented(answer), tookMs: performance.now() - started, reference: response.headers.get('x-correlation-id') ?? undefined };
}

/** An empty text stands for no variables. @throws InvalidVariablesError */
export function readVariables(text: string): object {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidVariablesError('The variables are no JSON.', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InvalidVariablesError('The variables are an object, such as { "first": 10 }.');
  return value;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

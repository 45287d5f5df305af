import { StoreError } from '@esscm/store';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { failureCodes } from './failures.js';

const documentCodes: readonly unknown[] = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE', 'BAD_REQUEST'];

/**
 * What a client sees of an error: its code, and a text that repeats neither a value it sent nor anything of the
 * inside. `maskError` is given the error as formatted and as thrown.
 */
export function maskError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const code = formatted.extensions?.['code'];
  const place = { ...(locations !== undefined && { locations }), ...(path !== undefined && { path }) };
  const told = (message: string, toldCode: unknown) => ({ message, ...place, extensions: { code: toldCode } });
  const tooLong = readTooLong(thrown);
  if (tooLong !== undefined) return told(`${tooLong.message} ${tooLong.remedy ?? ''}`.trim(), 'TIMEOUT');
  if (!isExpected(thrown)) return told('Something went wrong on the server.', 'INTERNAL_SERVER_ERROR');
  if (formatted.extensions?.['limit'] === true) return told(formatted.message, 'LIMIT_EXCEEDED');
  if (documentCodes.includes(code)) return told(withoutValues(formatted.message), code);
  if (code === 'BAD_USER_INPUT') return told(aboutVariable(formatted.message), code);
  if ((failureCodes as readonly unknown[]).includes(code)) return told(formatted.message, code);
  return told('Something went wrong on the server.', 'INTERNAL_SERVER_ERROR');
}

/** Whether an error is an answer to the client, and not a fault to be logged. */
export function isExpected(thrown: unknown): boolean {
  if (!(thrown instanceof GraphQLError)) return false;
  return thrown.originalError === undefined || thrown.originalError instanceof GraphQLError;
}

/** A read that the database ended: the client is told, and the log says so too. */
function readTooLong(thrown: unknown): StoreError | undefined {
  const cause = thrown instanceof GraphQLError ? thrown.originalError : undefined;
  return cause instanceof StoreError && cause.code === 'read-too-long' ? cause : undefined;
}

/** `Expected value of type "Int!", found "abc".` and `Int cannot represent non-integer value: "abc"` end before the value. */
function withoutValues(message: string): string {
  return message
    .replace(/, found [\s\S]*$/, '.')
    .replace(/(cannot represent [^:]*):[\s\S]*$/, '$1.')
    .replace(/(Value) "[\s\S]*?" (does not exist in)/, '$1 $2');
}

/** `Variable "$input" got invalid value … at "input.name"; …` keeps the variable, the place, and what is missing. */
function aboutVariable(message: string): string {
  const variable = /^Variable "\$(\w+)" got invalid value /.exec(message)?.[1];
  if (variable === undefined) return message.startsWith('Variable "$') ? withoutValues(message) : message;
  const place = / at "([\w.[\]]+)"; [^;]*$/.exec(message)?.[1] ?? variable;
  const reason = /; (Field "\w+" of required type "[\w![\]]+" was not provided\.|Field "\w+" is not defined by type "\w+"\.)/.exec(message)?.[1];
  return `The value at "${place}" cannot be accepted.${reason === undefined ? '' : ` ${reason}`}`;
}

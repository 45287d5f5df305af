/** What is written to the log of an error. */
export interface LoggableError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggableError;
}

const maximumCauses = 5;

/**
 * The parts of an error that hold no data of users. Database errors carry the values of the query, in properties and
 * at the end of their message; only chosen properties are taken, and the message ends before its values.
 */
export function loggableError(error: unknown, depth = 0): LoggableError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Something that is not an error was thrown.' };
  const { name, message, stack, cause } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    message: message.split('\nparams:', 1)[0]?.slice(0, 1000) ?? '',
    ...(typeof code === 'string' && { code }),
    ...(frames !== undefined && { stack: frames.join('\n') }),
    ...(cause !== undefined && depth < maximumCauses && { cause: loggableError(cause, depth + 1) }),
  };
}

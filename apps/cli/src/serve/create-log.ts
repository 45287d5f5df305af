import { loggableError } from '@esscm/gateway';
import { type DestinationStream, type Logger, pino } from 'pino';

/** Names under which a credential could be logged by mistake, at the top of a line and one level below. */
const secretNames = ['authorization', 'cookie', 'credential', 'masterKey', 'password', 'secret', 'secretAccessKey', 'secrets', 'sessionToken', 'setupCode', 'token'];

interface LogSettings {
  readonly level: string;
  readonly role: string;
}

/**
 * The log of a server process, one JSON object a line. Of an error only chosen parts are written, wherever it was caught: those of
 * the database hold the values of their query, those of others may hold a request. Nothing is logged under the name of a secret.
 */
export function createLog({ level, role }: LogSettings, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service: 'esscm', role },
      serializers: { err: (error: unknown) => loggableError(error) },
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    destination,
  );
}

import type { ServerError } from './backend-messages.js';
import type { NotificationTarget } from './notification-registry.js';

/** A connection as the scheduler sees it. */
export interface SessionClient extends NotificationTarget {
  /** `application_name`, named to whoever waits for this connection. */
  readonly name: string;
  /** Goes first whenever no transaction is open. */
  readonly interactive: boolean;
  /** SQL that sets this connection's settings on a reset session; empty for none. */
  readonly settingsSql: string;
  /** Sends the error (or ErrorResponse) and ends the connection, which leads to `disconnect`. */
  end(error: ServerError | Uint8Array): void;
}

import { closeStatementMessage, queryMessage, syncMessage } from './backend-messages.js';
import { listenSql } from './notification-registry.js';

/** A statement of the server itself. */
export function runSql(sql: string): Uint8Array {
  return queryMessage(sql);
}

/**
 * What runs before a batch when another connection had the session: this connection's settings on a reset session, and the
 * removal of an unnamed statement that is not its own. Undefined when nothing is needed.
 */
export function preludeFor(needs: { settingsSql: string | undefined; closeUnnamed: boolean }): Uint8Array | undefined {
  const messages: Uint8Array[] = [];
  if (needs.settingsSql !== undefined) messages.push(queryMessage(`RESET ALL; ${needs.settingsSql}`));
  if (needs.closeUnnamed) messages.push(closeStatementMessage(''), syncMessage());
  return messages.length === 0 ? undefined : Buffer.concat(messages);
}

/** SQL that applies a connection's settings. `set_config` takes lists such as search_path as they are written. */
export function settingsSql(settings: ReadonlyMap<string, string>): string {
  return [...settings].map(([name, value]) => `select set_config(${literal(name)}, ${literal(value)}, false);`).join(' ');
}

/** Ends what a vanished connection was in the middle of: a message sequence without its Sync, a transaction. */
export function rollback(): Uint8Array {
  return Buffer.concat([syncMessage(), queryMessage('ROLLBACK')]);
}

/** Removes what a vanished connection left in the session; undefined when it left nothing. Run outside transactions only. */
export function forgetConnection(prepared: readonly string[], channels: readonly string[]): Uint8Array | undefined {
  const messages: Uint8Array[] = [];
  if (prepared.length > 0) messages.push(...prepared.map(closeStatementMessage), syncMessage());
  if (channels.length > 0) messages.push(queryMessage(listenSql('UNLISTEN', channels)));
  return messages.length === 0 ? undefined : Buffer.concat(messages);
}

function literal(value: string): string {
  const quoted = `'${value.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return value.includes('\\') ? `E${quoted}` : quoted;
}

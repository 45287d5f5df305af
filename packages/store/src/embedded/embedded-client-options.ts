import type { Duplex } from 'node:stream';
import type { ClientConfig } from 'pg';

/**
 * Options that lead a `pg` client or pool to the embedded database. Everything `pg` would take from the environment (PGHOST,
 * PGOPTIONS, PGSSLMODE and the like) is stated, so that settings meant for another server cannot reach this one.
 */
export function embeddedClientOptions(
  stream: () => Duplex,
  client: { readonly applicationName: string; readonly options?: string },
): ClientConfig {
  return {
    stream,
    host: 'embedded',
    port: 5432,
    user: 'postgres',
    database: 'postgres',
    password: '',
    ssl: false,
    application_name: client.applicationName,
    options: client.options ?? '',
  };
}

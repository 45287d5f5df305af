import type { ClientConfig } from 'pg';

/** Also the longest wait for a free connection of a pool. */
const CONNECTION_TIMEOUT_MS = 30_000;

/**
 * Options that lead a `pg` client or pool to a server. In `pg` the URL's parameters win over options, so the application name
 * and connection options of the URL are taken out and joined with ours. Throws `TypeError` when the URL cannot be read.
 */
export function serverClientOptions(
  databaseUrl: string,
  client: { readonly applicationName: string; readonly options?: string },
): ClientConfig {
  const url = readUrl(databaseUrl);
  if (url.protocol !== 'postgresql:' && url.protocol !== 'postgres:') {
    throw new TypeError('the database URL must start with postgresql://');
  }
  const options = [url.searchParams.get('options'), client.options].filter((option) => option != null).join(' ');
  url.searchParams.delete('options');
  url.searchParams.delete('application_name');
  return {
    connectionString: url.href,
    application_name: client.applicationName,
    keepAlive: true,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    ...(options === '' ? {} : { options }),
  };
}

function readUrl(databaseUrl: string): URL {
  // `new URL` would put the text, with its password, into the error.
  if (!URL.canParse(databaseUrl)) throw new TypeError('the database URL cannot be read');
  return new URL(databaseUrl);
}

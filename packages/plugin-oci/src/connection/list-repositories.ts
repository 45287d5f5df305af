import { OciError, type RegistryClient } from '@esscm/oci-client';
import { type ListOptions, RegistryError, type RegistryRepository } from '@esscm/registry-core';
import type { RegistrySettings } from '../configuration/registry-settings.js';
import { cancelled } from '../errors/cancelled.js';
import { headings } from '../errors/headings.js';
import { meteredPages } from './metered-pages.js';

/** How a registry says that it has no list, or none for this account. */
const withoutList = new Set(['unauthorized', 'denied', 'not-found', 'unsupported']);

/**
 * The repositories the user named, or else those the registry lists (`GET /v2/_catalog`, which the distribution specification
 * 1.1 leaves to registries). One upstream page an element.
 * @throws RegistryError of kind `unsupported` for a registry that lists nothing; OciError for every other failure
 */
export async function* listRepositories(
  client: RegistryClient,
  { host, repositories }: RegistrySettings,
  options: ListOptions,
): AsyncGenerator<readonly RegistryRepository[], void, undefined> {
  const described = (names: readonly string[]) => names.map((name) => ({ name, uri: `${host}/${name}` }));
  if (repositories.length > 0) {
    yield described(repositories);
    return;
  }
  const { signal } = options;
  try {
    for await (const names of meteredPages(client.repositories({ signal, pageSize: 100 }), options)) {
      yield described(names);
      if (signal.aborted) throw cancelled(signal.reason);
    }
  } catch (error) {
    if (!(error instanceof OciError) || !withoutList.has(error.code)) throw error;
    // A wrong password also ends here: only where the registry accepts the credential is the list what is missing.
    await client.ping(signal);
    throw new RegistryError({
      kind: 'unsupported',
      heading: headings.notSupported,
      message: `${host} does not list its repositories for this account.`,
      remedy: 'Name the repositories in the connection, in the field Repositories.',
      cause: error,
    });
  }
}

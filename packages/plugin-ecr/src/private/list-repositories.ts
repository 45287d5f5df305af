import type { ListOptions, RegistryRepository } from '@esscm/registry-core';
import type { EcrApi } from './ecr-api.js';
import { readPages } from './read-pages.js';

/** ECR's largest page. */
const pageSize = 1000;

/** Every repository of the registry once, in ECR's order, which is none. */
export async function* listRepositories(
  api: EcrApi,
  options: ListOptions,
): AsyncGenerator<readonly RegistryRepository[], void, undefined> {
  const seen = new Set<string>();
  const pages = readPages(
    (nextToken) => api.describeRepositories({ maxResults: pageSize, nextToken }, options),
    options,
  );
  for await (const page of pages) {
    const repositories: RegistryRepository[] = [];
    for (const { repositoryName, repositoryUri, createdAt } of page.repositories ?? []) {
      if (repositoryName === undefined || repositoryUri === undefined || seen.has(repositoryName)) continue;
      seen.add(repositoryName);
      repositories.push({ name: repositoryName, uri: repositoryUri, ...(createdAt !== undefined && { createdAt }) });
    }
    yield repositories;
  }
}

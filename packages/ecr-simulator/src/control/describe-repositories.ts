import { registryHostName } from '../registry-place.js';
import type { RepositoryContent } from '../content/repository-content.js';
import { epochSeconds, type Operation, openRepository, readPaging, requirePage } from './operation-context.js';

/** DescribeRepositories: all, in pages, or up to 100 by name. A missing name fails the whole call. */
export const describeRepositories: Operation = (context) => {
  const { state, principal, fields } = context;
  const registryId = fields.registryId(context.principal.account);
  const place = { account: registryId, region: state.region };
  const names = fields.repositoryNames();
  const { size, token } = readPaging(fields, 'repositoryNames');
  const describe = (repository: RepositoryContent) => ({
    repositoryArn: state.access.repositoryArn(registryId, repository.name),
    registryId,
    repositoryName: repository.name,
    repositoryUri: `${registryHostName(place)}/${repository.name}`,
    createdAt: epochSeconds(repository.createdAt),
    imageTagMutability: repository.tagMutability,
    ...(repository.tagMutability.endsWith('_WITH_EXCLUSION') && {
      imageTagMutabilityExclusionFilters: repository.tagMutabilityExclusions.map((filter) => ({ filterType: 'WILDCARD', filter })),
    }),
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: 'AES256' },
  });
  if (names !== undefined) {
    // All names are authorised before the first is looked for.
    for (const name of names) state.access.requireOnRepository(principal, 'DescribeRepositories', registryId, name);
    return { repositories: names.map((name) => describe(openRepository(context, 'DescribeRepositories', registryId, name))) };
  }
  state.access.requireOnRepository(principal, 'DescribeRepositories', registryId, '*');
  const repositories = state.catalogue.list('private', place);
  const page = requirePage(
    state.pager.page(repositories, (repository) => repository.name, { query: `DescribeRepositories ${registryId}`, token, size }),
  );
  return { repositories: page.items.map(describe), nextToken: page.nextToken };
};

import type { RepositoryContent } from '../content/repository-content.js';
import { epochSeconds, type Operation, openRepository, readPaging, requirePage } from './operation-context.js';

/** DescribeRepositories: all, in pages, or up to 100 by name. A missing name fails the whole call. */
export const describeRepositories: Operation = (context) => {
  const { state, principal, fields } = context;
  const registryId = fields.registryId(state.account);
  const names = fields.repositoryNames();
  const { size, token } = readPaging(fields, 'repositoryNames');
  const describe = (repository: RepositoryContent) => ({
    repositoryArn: state.access.repositoryArn(registryId, repository.name),
    registryId,
    repositoryName: repository.name,
    repositoryUri: `${state.registryHost}/${repository.name}`,
    createdAt: epochSeconds(repository.createdAt),
    imageTagMutability: repository.tagMutability,
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: 'AES256' },
  });
  if (names !== undefined) {
    // All names are authorised before the first is looked for.
    for (const name of names) state.access.requireOnRepository(principal, 'DescribeRepositories', registryId, name);
    return { repositories: names.map((name) => describe(openRepository(context, 'DescribeRepositories', registryId, name))) };
  }
  state.access.requireOnRepository(principal, 'DescribeRepositories', registryId, '*');
  const repositories = registryId === state.account ? state.catalogue.list('private') : [];
  const page = requirePage(
    state.pager.page(repositories, (repository) => repository.name, { query: `DescribeRepositories ${registryId}`, token, size }),
  );
  return { repositories: page.items.map(describe), nextToken: page.nextToken };
};

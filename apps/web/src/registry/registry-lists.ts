import type { ApolloClient } from '@apollo/client';
import {
  RegistryImagePlatformsDocument,
  RegistryImagesDocument,
  RepositoryTreeDocument,
  type RegistryImageOrder,
  type RegistryImagesQuery,
  type RegistryProblemFieldsFragment,
  type RepositoryTreeQuery,
} from '../gql/graphql.js';
import type { PageAnswer } from './use-pages.js';

/** What is browsed. */
export type RegistrySource = { readonly draftId: string } | { readonly connectionId: string };

/** What stood in the way of a list, as an alert shows it. */
export type ListProblem = Pick<RegistryProblemFieldsFragment, 'heading' | 'message' | 'remedy' | 'remedySnippet' | 'upstream'>;

type TreeList = Extract<RepositoryTreeQuery['repositoryTree'], { __typename: 'RepositoryTreeConnection' }>;
type ImageList = Extract<RegistryImagesQuery['registryImages'], { __typename: 'RegistryImageConnection' }>;
export type TreeItem = TreeList['edges'][number]['node'];
export type RegistryImageItem = ImageList['edges'][number]['node'];

/** A repository that can be opened. */
export interface RepositoryItem {
  readonly name: string;
  readonly uri: string;
}

interface ListQuestion {
  readonly search: string;
  readonly after: string | undefined;
  readonly refresh: boolean;
  /** At most 100. */
  readonly first: number;
}

/** One page of one level of the repositories' tree. Never throws. */
export async function listLevel(client: ApolloClient, source: RegistrySource, folder: string, question: ListQuestion): Promise<PageAnswer<TreeItem, ListProblem> & { readonly repositoryCount?: number }> {
  return guarded(async () => {
    const { data } = await client.query({ query: RepositoryTreeDocument, variables: { source, folder, ...variables(question) }, fetchPolicy: 'no-cache' });
    const answer = data?.repositoryTree;
    return answer?.__typename === 'RepositoryTreeConnection' ? { ...page(answer), repositoryCount: answer.repositoryCount } : { problem: problemOf(answer) };
  });
}

/** Repositories at or below a place of the tree, at most so many. */
export async function repositoriesBelow(client: ApolloClient, source: RegistrySource, folder: string, limit: number): Promise<readonly RepositoryItem[]> {
  const found: RepositoryItem[] = [];
  let after: string | undefined;
  do {
    const level = await listLevel(client, source, folder, { search: '', after, refresh: false, first: 100 });
    if ('problem' in level) return found;
    for (const node of level.items) {
      if (node.kind === 'FOLDER') found.push(...(await repositoriesBelow(client, source, node.path, limit - found.length)));
      else found.push({ name: node.path, uri: node.uri ?? node.path });
      if (found.length >= limit) return found.slice(0, limit);
    }
    after = level.endCursor;
  } while (after !== undefined);
  return found;
}

/** One page of images of one repository. Stays out of the cache: it knows less of a tracked image than its page. Never throws. */
export async function listImages(client: ApolloClient, source: RegistrySource, repository: string, question: ListQuestion & { readonly order?: RegistryImageOrder; readonly tracked?: boolean }): Promise<PageAnswer<RegistryImageItem, ListProblem>> {
  return guarded(async () => {
    const { data } = await client.query({
      query: RegistryImagesDocument,
      variables: { source, ...variables(question), repository, order: question.order ?? 'NEWEST', tracked: question.tracked ?? false },
      fetchPolicy: 'no-cache',
    });
    const answer = data?.registryImages;
    return answer?.__typename === 'RegistryImageConnection' ? { ...page(answer), together: answer } : { problem: problemOf(answer) };
  });
}

/** Platforms of one image; none when they cannot be read. Never throws. */
export async function platformsOf(client: ApolloClient, source: RegistrySource, repository: string, digest: string): Promise<readonly string[]> {
  try {
    const { data } = await client.query({ query: RegistryImagePlatformsDocument, variables: { source, repository, digest } });
    const answer = data?.registryImagePlatforms;
    return answer?.__typename === 'ImagePlatforms' ? answer.platforms : [];
  } catch {
    return [];
  }
}

function variables({ search, after, refresh, first }: ListQuestion) {
  return { first, refresh, after: after ?? null, search: search === '' ? null : search };
}

function page<Item>(list: {
  readonly edges: readonly { readonly node: Item }[];
  readonly totalCount: number;
  readonly complete: boolean;
  readonly listedAt: string;
  readonly problem?: ListProblem | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}): Extract<PageAnswer<Item, ListProblem>, { readonly items: unknown }> {
  return {
    items: list.edges.map(({ node }) => node),
    totalCount: list.totalCount,
    complete: list.complete,
    listedAt: list.listedAt,
    stale: list.problem ?? undefined,
    endCursor: list.pageInfo.hasNextPage ? (list.pageInfo.endCursor ?? undefined) : undefined,
  };
}

export function problemOf(answer: { readonly message: string; readonly heading?: string; readonly remedy?: string | null; readonly remedySnippet?: string | null; readonly upstream?: ListProblem['upstream'] } | undefined): ListProblem {
  return {
    heading: answer?.heading ?? 'The list could not be read',
    message: answer?.message ?? 'The server gave no answer.',
    remedy: answer?.remedy ?? null,
    remedySnippet: answer?.remedySnippet ?? null,
    upstream: answer?.upstream ?? null,
  };
}

async function guarded<Answer>(ask: () => Promise<Answer | { readonly problem: ListProblem }>): Promise<Answer | { readonly problem: ListProblem }> {
  try {
    return await ask();
  } catch (error) {
    return { problem: problemOf({ message: error instanceof Error ? error.message : 'The server gave no answer.' }) };
  }
}

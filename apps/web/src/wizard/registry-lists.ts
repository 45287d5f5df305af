import type { ApolloClient } from '@apollo/client';
import { RegistryImagesDocument, RepositoriesDocument, type RegistryImagesQuery, type RegistryProblemFieldsFragment, type RepositoriesQuery } from '../gql/graphql.js';
import type { PageAnswer } from './use-pages.js';

/** What stood in the way of a list, as an alert shows it. */
export type ListProblem = Pick<RegistryProblemFieldsFragment, 'heading' | 'message' | 'remedy' | 'remedySnippet' | 'upstream'>;

type RepositoryList = Extract<RepositoriesQuery['repositories'], { __typename: 'RepositoryConnection' }>;
type ImageList = Extract<RegistryImagesQuery['registryImages'], { __typename: 'RegistryImageConnection' }>;
export type RepositoryItem = RepositoryList['edges'][number]['node'];
export type RegistryImageItem = ImageList['edges'][number]['node'];

interface ListQuestion {
  readonly draftId: string;
  readonly search: string;
  readonly after: string | undefined;
  readonly refresh: boolean;
  /** At most 100. */
  readonly first: number;
}

/** One page of repositories of a draft. Never throws. */
export async function listRepositories(client: ApolloClient, question: ListQuestion): Promise<PageAnswer<RepositoryItem, ListProblem>> {
  return guarded(async () => {
    const { data } = await client.query({ query: RepositoriesDocument, variables: variables(question), fetchPolicy: 'network-only' });
    const answer = data?.repositories;
    return answer?.__typename === 'RepositoryConnection' ? page(answer) : { problem: problemOf(answer) };
  });
}

/** One page of images of one repository of a draft. Never throws. */
export async function listImages(client: ApolloClient, repository: string, question: ListQuestion): Promise<PageAnswer<RegistryImageItem, ListProblem>> {
  return guarded(async () => {
    const { data } = await client.query({ query: RegistryImagesDocument, variables: { ...variables(question), repository }, fetchPolicy: 'network-only' });
    const answer = data?.registryImages;
    return answer?.__typename === 'RegistryImageConnection' ? page(answer) : { problem: problemOf(answer) };
  });
}

function variables({ draftId, search, after, refresh, first }: ListQuestion) {
  return { source: { draftId }, first, refresh, after: after ?? null, search: search === '' ? null : search };
}

function page<Item>(list: {
  readonly edges: readonly { readonly node: Item }[];
  readonly totalCount: number;
  readonly complete: boolean;
  readonly listedAt: string;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}): PageAnswer<Item, ListProblem> {
  return {
    items: list.edges.map(({ node }) => node),
    totalCount: list.totalCount,
    complete: list.complete,
    listedAt: list.listedAt,
    endCursor: list.pageInfo.hasNextPage ? (list.pageInfo.endCursor ?? undefined) : undefined,
  };
}

function problemOf(answer: { readonly message: string; readonly heading?: string; readonly remedy?: string | null; readonly remedySnippet?: string | null; readonly upstream?: ListProblem['upstream'] } | undefined): ListProblem {
  return {
    heading: answer?.heading ?? 'The list could not be read',
    message: answer?.message ?? 'The server gave no answer.',
    remedy: answer?.remedy ?? null,
    remedySnippet: answer?.remedySnippet ?? null,
    upstream: answer?.upstream ?? null,
  };
}

async function guarded<Item>(ask: () => Promise<PageAnswer<Item, ListProblem>>): Promise<PageAnswer<Item, ListProblem>> {
  try {
    return await ask();
  } catch (error) {
    return { problem: problemOf({ message: error instanceof Error ? error.message : 'The server gave no answer.' }) };
  }
}

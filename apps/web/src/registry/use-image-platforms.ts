import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { RegistryPagePlatformsDocument } from '../gql/graphql.js';
import { indexesToAsk, type PlatformsAnswer } from './image-platforms.js';
import type { RegistryImageItem, RegistrySource } from './registry-lists.js';

type Answers = ReadonlyMap<string, PlatformsAnswer>;

/**
 * What the registry says of the platforms of the indexes among the rows, by digest; fills after the rows are there. When the
 * rows change, those of now are asked for: the server keeps what it has read.
 */
export function useImagePlatforms(source: RegistrySource, repository: string | undefined, images: readonly RegistryImageItem[]): Answers {
  const client = useApolloClient();
  const [answers, setAnswers] = useState<Answers>(new Map());
  const asked = indexesToAsk(images, answers);
  const key = repository === undefined || asked.length === 0 ? undefined : JSON.stringify([source, repository, asked]);
  useEffect(() => {
    if (key === undefined) return undefined;
    const stopped = new AbortController();
    const [ofSource, inRepository, digests] = JSON.parse(key) as [RegistrySource, string, string[]];
    void read(client, ofSource, inRepository, digests, stopped.signal).then((found) => {
      if (!stopped.signal.aborted) setAnswers((before) => new Map([...before, ...found]));
    });
    return () => stopped.abort();
  }, [client, key]);
  return answers;
}

/** An answer for each digest. Never throws. */
async function read(client: ApolloClient, source: RegistrySource, repository: string, digests: readonly string[], signal: AbortSignal): Promise<Answers> {
  const failed = (problem: string): Answers => new Map(digests.map((digest) => [digest, { problem }]));
  try {
    const { data } = await client.query({
      query: RegistryPagePlatformsDocument,
      variables: { source, repository, digests: [...digests] },
      fetchPolicy: 'no-cache',
      context: { fetchOptions: { signal }, queryDeduplication: false },
    });
    const answer = data?.registryPagePlatforms;
    if (answer?.__typename !== 'PagePlatforms') return failed(answer?.message ?? 'The server gave no answer.');
    return new Map(answer.images.map(({ digest, platforms, problem }) => [digest, problem == null ? { platforms } : { problem: problem.message }]));
  } catch (error) {
    return failed(error instanceof Error ? error.message : 'The server gave no answer.');
  }
}

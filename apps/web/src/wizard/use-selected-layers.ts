import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { SelectedLayersDocument } from '../gql/graphql.js';
import type { PlatformDraft } from '../registry/rule-draft.js';
import type { ChosenImage } from './chosen-image.js';
import type { SelectedLayers } from './download-text.js';

/** The server adds up the layers of so many images. */
const maximumAsked = 100;
const choosingMs = 300;

interface SelectedLayersState {
  /** Undefined before the answer to this choice, and where there is none: of too many images, or of other platforms than the default. */
  readonly layers: SelectedLayers | undefined;
  readonly counting: boolean;
}

/** What the chosen images need together, asked 300 ms after the last choice. Never shows the answer to another choice. */
export function useSelectedLayers(draftId: string, chosen: readonly ChosenImage[], platforms: PlatformDraft): SelectedLayersState {
  const client = useApolloClient();
  const [answer, setAnswer] = useState<{ readonly key: string; readonly layers: SelectedLayers | undefined }>();
  const images = [...new Map(chosen.map(({ repository, digest }) => [`${repository}@${digest}`, { repository, digest }])).values()];
  const asked = draftId !== '' && platforms.choice === 'default' && images.length > 0 && images.length <= maximumAsked;
  const key = asked ? JSON.stringify([draftId, images]) : undefined;
  useEffect(() => {
    if (key === undefined) return undefined;
    const stopped = new AbortController();
    const timer = setTimeout(() => void read(client, key, stopped.signal).then((layers) => (stopped.signal.aborted ? undefined : setAnswer({ key, layers }))), choosingMs);
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [client, key]);
  const known = answer !== undefined && answer.key === key;
  return { layers: known ? answer.layers : undefined, counting: asked && !known };
}

/** Undefined when nothing could be read: the sizes that were listed are said instead. Never throws. */
async function read(client: ApolloClient, key: string, signal: AbortSignal): Promise<SelectedLayers | undefined> {
  const [draftId, images] = JSON.parse(key) as [string, { repository: string; digest: string }[]];
  try {
    const { data } = await client.query({ query: SelectedLayersDocument, variables: { source: { draftId }, images }, fetchPolicy: 'no-cache', context: { fetchOptions: { signal }, queryDeduplication: false } });
    return data?.selectedLayers.__typename === 'SelectedLayers' ? data.selectedLayers : undefined;
  } catch {
    return undefined;
  }
}

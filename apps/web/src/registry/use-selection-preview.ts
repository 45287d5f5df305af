import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { SelectionPreviewDocument, type SelectionInput, type SelectionPreviewQuery } from '../gql/graphql.js';
import { problemOf, type ListProblem, type RegistrySource } from './registry-lists.js';

type Preview = Extract<SelectionPreviewQuery['selectionPreview'], { __typename: 'SelectionPreview' }>;

/** What rules match now, or why that is not known. */
export interface PreviewState {
  /** Undefined before the first answer to these rules. */
  readonly preview: Preview | undefined;
  readonly problem: ListProblem | undefined;
  /** By field, such as `selections.0.rule.tag`. */
  readonly issues: Readonly<Record<string, string>>;
  /** Asks once more, after a problem. */
  readonly again: () => void;
}

type Answer = Omit<PreviewState, 'again'>;

const typingMs = 300;
const countingPollMs = 700;
const nothing: Answer = { preview: undefined, problem: undefined, issues: {} };

/** Asks 300 ms after the last change, and again while the server is still counting. Never shows the count of other rules. */
export function useSelectionPreview(source: RegistrySource, selections: readonly SelectionInput[], first: number): PreviewState {
  const client = useApolloClient();
  const [state, setState] = useState<Answer>(nothing);
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify([source, selections, first]);
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const [ofSource, ofSelections, size] = JSON.parse(key) as [RegistrySource, SelectionInput[], number];
    const ask = async (): Promise<void> => {
      const next = await read(client, ofSource, ofSelections, size);
      if (stopped.signal.aborted) return;
      setState(next);
      if (next.preview?.complete === false) timer = setTimeout(() => void ask(), countingPollMs);
    };
    setState(nothing);
    timer = setTimeout(() => void ask(), typingMs);
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [client, key, attempt]);
  return { ...state, again: () => setAttempt(attempt + 1) };
}

async function read(client: ReturnType<typeof useApolloClient>, source: RegistrySource, selections: readonly SelectionInput[], first: number): Promise<Answer> {
  try {
    const { data } = await client.query({ query: SelectionPreviewDocument, variables: { source, selections: [...selections], first, after: null }, fetchPolicy: 'network-only' });
    const answer = data?.selectionPreview;
    if (answer?.__typename === 'SelectionPreview') return { preview: answer, problem: answer.problem ?? undefined, issues: {} };
    if (answer?.__typename === 'ValidationProblem') return { ...nothing, issues: Object.fromEntries(answer.issues.map(({ field, message }) => [field, message])) };
    return { ...nothing, problem: problemOf(answer) };
  } catch (error) {
    return { ...nothing, problem: problemOf({ message: error instanceof Error ? error.message : 'The server gave no answer.' }) };
  }
}

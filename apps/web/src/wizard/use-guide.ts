import { useMutation } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { PrepareCredentialsDocument, type CredentialFormFragment, type DraftFieldsFragment, type GuideFragment } from '../gql/graphql.js';
import { outcomeOf } from '../graphql/outcome.js';
import { filledValues, type FieldValues } from './visible-fields.js';

/** How to get a credential, and what the server made for it. */
export interface Guide {
  /** The plugin's own, or the one made for what is typed. */
  readonly guide: GuideFragment | undefined;
  /** The guide depends on what is typed: asked for again by `refresh`. */
  readonly made: boolean;
  readonly refresh: () => void;
  readonly loading: boolean;
  readonly problem: string | undefined;
}

interface GuideOptions {
  readonly pluginId: string;
  readonly variantId: string | undefined;
  readonly kind: CredentialFormFragment | undefined;
  readonly values: FieldValues;
  readonly draft: DraftFieldsFragment | undefined;
  /** The draft the server made to keep its own values in. */
  readonly onDraft: (draft: DraftFieldsFragment) => void;
}

/** Kinds with a value made by the server are prepared as soon as they are chosen; all others have a guide of their own. */
export function useGuide({ pluginId, variantId, kind, values, draft, onDraft }: GuideOptions): Guide {
  const [prepare, { loading }] = useMutation(PrepareCredentialsDocument);
  const [guide, setGuide] = useState<{ readonly kindId: string; readonly guide: GuideFragment }>();
  const [problem, setProblem] = useState<string>();
  const asked = useRef<string>(undefined);
  const made = kind?.fields.some(({ type }) => type === 'GENERATED') ?? false;

  const ask = async (): Promise<void> => {
    if (kind === undefined || variantId === undefined) return;
    setProblem(undefined);
    const outcome = await outcomeOf(
      prepare({
        variables: {
          input: {
            ...(draft === undefined ? {} : { draftId: draft.id }),
            plugin: pluginId,
            variant: variantId,
            credentialKind: kind.id,
            values: [...filledValues(kind.fields, values)],
          },
        },
      }),
    );
    if ('problem' in outcome) {
      setProblem(outcome.problem);
      return;
    }
    const answer = outcome.data.prepareCredentials;
    if (answer.__typename === 'PreparedCredentials') {
      setGuide({ kindId: kind.id, guide: answer.guide });
      if (answer.draft.id !== draft?.id || draft.credentialKindId !== kind.id) onDraft(answer.draft);
    } else setProblem([answer.message, 'remedy' in answer ? (answer.remedy ?? '') : ''].join(' ').trim());
  };
  const latest = useRef(ask);
  latest.current = ask;

  const wanted = made && kind !== undefined ? kind.id : undefined;
  useEffect(() => {
    if (wanted === undefined || asked.current === wanted) return;
    asked.current = wanted;
    void latest.current();
  }, [wanted]);

  return {
    guide: made ? (guide?.kindId === kind?.id ? guide?.guide : undefined) : (kind?.guide ?? undefined),
    made,
    refresh: () => void ask(),
    loading,
    problem,
  };
}

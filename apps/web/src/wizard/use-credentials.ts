import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { formatEstimate } from '../formats/format-duration.js';
import { ConnectionDraftDocument, VerifyCredentialsDocument, type CredentialFormFragment, type DraftFieldsFragment, type WizardPluginFragment } from '../gql/graphql.js';
import { outcomeOf } from '../graphql/outcome.js';
import { filledValues, missingFields, type FieldValues } from './visible-fields.js';
import type { WizardState } from './wizard-state.js';

/** The credential being typed, and the draft the server made of it. Values live in memory only. */
export interface Credentials {
  readonly kind: CredentialFormFragment | undefined;
  readonly values: FieldValues;
  readonly setValue: (name: string, value: string) => void;
  readonly fieldErrors: Readonly<Record<string, string>>;
  readonly problem: string | undefined;
  readonly draft: DraftFieldsFragment | undefined;
  /** The draft named in the address is being fetched. */
  readonly restoring: boolean;
  readonly verifying: boolean;
  /** Sends the credential, or tries the draft's again when nothing was typed. The draft's id; undefined when it was refused. */
  readonly verify: () => Promise<string | undefined>;
}

type Variant = WizardPluginFragment['variants'][number];

/** State of the Credentials and Verify steps. */
export function useCredentials(plugin: WizardPluginFragment, variant: Variant | undefined, state: WizardState, update: (change: Partial<WizardState>) => void, draftId: string | undefined): Credentials {
  const [typed, setTyped] = useState<Readonly<Record<string, FieldValues>>>({});
  const [fieldErrors, setFieldErrors] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string>();
  const [verified, setVerified] = useState<DraftFieldsFragment>();
  const [run, { loading }] = useMutation(VerifyCredentialsDocument);
  const wanted = draftId ?? state.draftId;
  const stored = useQuery(ConnectionDraftDocument, { variables: { id: wanted ?? '' }, skip: wanted === undefined || verified !== undefined });
  const draft = verified ?? stored.data?.connectionDraft ?? undefined;
  const kinds = variant?.credentialKinds ?? [];
  const kind = kinds.find(({ id }) => id === (state.credentialKindId ?? draft?.credentialKindId)) ?? kinds[0];
  const settings = Object.fromEntries((draft?.settings ?? []).map(({ name, value }) => [name, value]));
  const values = kind === undefined ? {} : { ...settings, ...typed[kind.id] };

  const verify = async (): Promise<string | undefined> => {
    if (kind === undefined || variant === undefined) return undefined;
    setProblem(undefined);
    const untouched = draft !== undefined && Object.keys(typed[kind.id] ?? {}).length === 0;
    const keptSecrets = draft?.credentialKindId === kind.id;
    const missing = untouched ? [] : missingFields(kind.fields, values).filter(({ type }) => !(keptSecrets && type === 'SECRET'));
    setFieldErrors(Object.fromEntries(missing.map(({ name, label }) => [name, `Enter ${label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}.`])));
    if (missing.length > 0) return undefined;
    const outcome = await outcomeOf(
      run({
        variables: {
          input: {
            ...(draft === undefined ? {} : { draftId: draft.id }),
            plugin: plugin.id,
            variant: variant.id,
            name: state.name.trim(),
            description: state.description.trim(),
            credentialKind: kind.id,
            values: [...filledValues(kind.fields, values)],
          },
        },
      }),
    );
    if ('problem' in outcome) {
      setProblem(outcome.problem);
      return undefined;
    }
    const answer = outcome.data.verifyCredentials;
    if (answer.__typename === 'VerifyCredentialsPayload') {
      setVerified(answer.draft);
      update({ draftId: answer.draft.id });
      return answer.draft.id;
    }
    if (answer.__typename === 'ValidationProblem') {
      const shown = answer.issues.filter(({ field }) => kind.fields.some(({ name }) => name === field));
      setFieldErrors(Object.fromEntries(shown.map(({ field, message }) => [field, message])));
      if (shown.length < answer.issues.length || shown.length === 0) setProblem(answer.issues.find((issue) => !shown.includes(issue))?.message ?? answer.message);
    } else setProblem(`Too many attempts. Try again in ${formatEstimate(answer.retryAfterMs)}.`);
    return undefined;
  };

  return {
    kind,
    values,
    setValue: (name, value) => {
      if (kind === undefined) return;
      setTyped((before) => ({ ...before, [kind.id]: { ...before[kind.id], [name]: value } }));
      setFieldErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => field !== name)));
    },
    fieldErrors,
    problem,
    draft,
    restoring: stored.loading && draft === undefined,
    verifying: loading,
    verify,
  };
}

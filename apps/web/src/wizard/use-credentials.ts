import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { formatEstimate } from '../formats/format-duration.js';
import {
  ConnectionDraftDocument,
  StartCredentialVerificationDocument,
  type CredentialFormFragment,
  type DraftFieldsFragment,
  type VerificationProgressFieldsFragment,
  type WizardPluginFragment,
} from '../gql/graphql.js';
import { outcomeOf } from '../graphql/outcome.js';
import { useVerificationProgress } from '../verification/use-verification-progress.js';
import { useGuide, type Guide } from './use-guide.js';
import { defaultValues, filledValues, missingFields, type FieldValues } from './visible-fields.js';
import type { WizardState } from './wizard-state.js';

/** The credential being typed, and the draft the server made of it. Values live in memory only. */
export interface Credentials {
  readonly kind: CredentialFormFragment | undefined;
  readonly values: FieldValues;
  readonly setValue: (name: string, value: string) => void;
  readonly fieldErrors: Readonly<Record<string, string>>;
  readonly problem: string | undefined;
  readonly draft: DraftFieldsFragment | undefined;
  /** The draft's id once it was tried; a draft that was only prepared cannot be gone on with. */
  readonly triedDraftId: string | undefined;
  readonly guide: Guide;
  /** How far the verification of the draft is, and its report. */
  readonly progress: VerificationProgressFieldsFragment | undefined;
  /** The draft named in the address is being fetched. */
  readonly restoring: boolean;
  readonly verifying: boolean;
  /** Sends the credential, with `change` in the place of what was typed, or tries the draft's again when nothing was typed. The draft's id; undefined when it was refused. */
  readonly verify: (change?: FieldValues) => Promise<string | undefined>;
}

type Variant = WizardPluginFragment['variants'][number];

/** State of the Credentials and Verify steps. */
export function useCredentials(plugin: WizardPluginFragment, variant: Variant | undefined, state: WizardState, update: (change: Partial<WizardState>) => void, draftId: string | undefined): Credentials {
  const [typed, setTyped] = useState<Readonly<Record<string, FieldValues>>>({});
  const [fieldErrors, setFieldErrors] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string>();
  const [latest, setLatest] = useState<DraftFieldsFragment>();
  const [started, setStarted] = useState(false);
  const [run, { loading }] = useMutation(StartCredentialVerificationDocument);
  const wanted = draftId ?? state.draftId;
  const stored = useQuery(ConnectionDraftDocument, { variables: { id: wanted ?? '' }, skip: wanted === undefined || latest !== undefined });
  const draft = latest ?? stored.data?.connectionDraft ?? undefined;
  const kinds = variant?.credentialKinds.filter(({ available }) => available) ?? [];
  const kind = kinds.find(({ id }) => id === (state.credentialKindId ?? draft?.credentialKindId)) ?? kinds[0];
  const isOfKind = draft !== undefined && draft.credentialKindId === kind?.id;
  const settings = isOfKind ? Object.fromEntries(draft.settings.map(({ name, value }) => [name, value])) : {};
  const values = kind === undefined ? {} : { ...defaultValues(kind.fields), ...settings, ...typed[kind.id] };
  const hasBeenTried = draft !== undefined && (started || draft.credentialHint !== '');
  const progress = useVerificationProgress(hasBeenTried ? { draftId: draft.id } : undefined);
  const running = progress?.running === true;

  const keep = (next: DraftFieldsFragment): void => {
    setLatest(next);
    update({ draftId: next.id });
  };
  const guide = useGuide({ pluginId: plugin.id, variantId: variant?.id, kind: stored.loading && draft === undefined ? undefined : kind, values, draft, onDraft: keep });

  const verify = async (change: FieldValues = {}): Promise<string | undefined> => {
    if (kind === undefined || variant === undefined) return undefined;
    const sent = { ...values, ...change };
    setProblem(undefined);
    setTyped((before) => ({ ...before, [kind.id]: { ...before[kind.id], ...change } }));
    const untouched = hasBeenTried && Object.keys({ ...typed[kind.id], ...change }).length === 0;
    const keptSecrets = isOfKind && draft.credentialHint !== '';
    const missing = untouched ? [] : missingFields(kind.fields, sent).filter(({ type }) => !(keptSecrets && type === 'SECRET'));
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
            values: [...filledValues(kind.fields, sent)],
          },
        },
      }),
    );
    if ('problem' in outcome) {
      setProblem(outcome.problem);
      return undefined;
    }
    const answer = outcome.data.startCredentialVerification;
    if (answer.__typename === 'DraftVerificationStarted') {
      setStarted(true);
      keep(answer.draft);
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
    triedDraftId: hasBeenTried ? draft.id : undefined,
    guide,
    progress,
    restoring: stored.loading && draft === undefined,
    verifying: loading || running,
    verify,
  };
}

import { skipToken, useMutation, useQuery } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { formatQuantity } from '../formats/format-count.js';
import { TriageFindingsDocument, TriagePreviewDocument, type DecisionJustification, type DecisionScope, type FindingState } from '../gql/graphql.js';
import { outcomeOf } from '../graphql/outcome.js';
import { Button } from '../ui/Button.js';
import { Checkbox } from '../ui/Checkbox.js';
import { DateInput } from '../ui/DateInput.js';
import { FormField } from '../ui/FormField.js';
import { LiveRegion } from '../ui/LiveRegion.js';
import { Modal } from '../ui/Modal.js';
import { Notice } from '../ui/Notice.js';
import { Select } from '../ui/Select.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { TextButton } from '../ui/TextButton.js';
import { useFocusOnProblem } from '../ui/use-focus-on-problem.js';
import { Textarea } from '../ui/Textarea.js';
import type { DecidedOutcome, DecisionSubject } from './decided-outcome.js';
import { dayIn, endOfDay } from './expiry.js';
import { decidedText, justificationWords, previewText, scopeChoices, stateChoices } from './triage-words.js';
import { useRefreshTriage } from './use-refresh-triage.js';

const justificationChoices = Object.entries(justificationWords).map(([value, label]) => ({ value: value as DecisionJustification, label }));
const spans = [30, 90, 365];

interface SetStateFormProps {
  readonly subject: DecisionSubject;
  /** With what was done; without it nothing was. */
  readonly onClose: (outcome?: DecidedOutcome) => void;
}

/** Decides about findings: state, why, where and until when. Problems stand by their fields and nothing typed is lost. */
export function SetStateForm({ subject, onClose }: SetStateFormProps) {
  const [state, setState] = useState<FindingState>();
  const [justification, setJustification] = useState<DecisionJustification>();
  const [reason, setReason] = useState('');
  const [scope, setScope] = useState<DecisionScope>('IMAGE');
  const [expiry, setExpiry] = useState('');
  const [reopenWhenFixed, setReopenWhenFixed] = useState(false);
  const [replace, setReplace] = useState(false);
  const filter = 'filter' in subject ? subject.filter : undefined;
  // Counted again for every scope, and when the form is opened: lists may be minutes old.
  const preview = useQuery(TriagePreviewDocument, filter === undefined ? skipToken : { variables: { filter, scope }, fetchPolicy: 'network-only' });
  const comesTo = preview.data?.triagePreview;
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const form = useFocusOnProblem<HTMLFormElement>(errors);
  const [decide, { loading }] = useMutation(TriageFindingsDocument);
  const refresh = useRefreshTriage();
  const held = loading || (filter !== undefined && comesTo?.decisions.exact !== true);
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (held) return;
    const expiresAt = endOfDay(expiry);
    if (state === undefined) return setErrors({ state: 'Choose a state.' });
    if (expiry !== '' && expiresAt === undefined) return setErrors({ expiresAt: 'Write the day as 2027-03-01.' });
    setErrors({});
    const outcome = await outcomeOf(
      decide({
        variables: {
          input: {
            ...('ids' in subject ? { findingIds: [...subject.ids] } : { filter: subject.filter, keepEarlier: !replace, keepSince: comesTo?.at ?? null }),
            state,
            justification: state === 'NOT_AFFECTED' ? (justification ?? null) : null,
            reason,
            scope,
            expiresAt: expiresAt?.toISOString() ?? null,
            reopenWhenFixed,
          },
        },
      }),
    );
    if ('problem' in outcome) return setErrors({ '': outcome.problem });
    const answer = outcome.data.triageFindings;
    if (answer.__typename === 'ValidationProblem') return setErrors(Object.fromEntries(answer.issues.map(({ field, message }) => [shownFields.has(field) ? field : '', message])));
    await refresh();
    const [made] = answer.decisions;
    onClose({ said: decidedText(state, answer), undo: answer.batchId != null ? { batchId: answer.batchId } : made === undefined ? undefined : { id: made.id } });
  };
  return (
    <Modal
      visible
      header={headerOf(subject)}
      closeAriaLabel="Cancel"
      onDismiss={() => onClose()}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" onClick={() => onClose()}>
            Cancel
          </Button>
          <Button variant="primary" loading={loading} disabled={held && !loading} onClick={() => void submit()}>
            Set state
          </Button>
        </SpaceBetween>
      }
    >
      <form ref={form} onSubmit={(event) => void submit(event)}>
        <SpaceBetween size="m">
          <Notice problem={errors['']} onDismiss={() => setErrors({})} />
          <FormField label="State" errorText={errors['state']}>
            <Select
              options={stateChoices}
              selectedOption={stateChoices.find(({ value }) => value === state) ?? null}
              placeholder="Choose a state"
              onChange={({ detail }) => setState(stateChoices.find(({ value }) => value === detail.selectedOption.value)?.value)}
            />
          </FormField>
          {state === 'NOT_AFFECTED' ? (
            <FormField label="Why it does no harm" errorText={errors['justification']}>
              <Select
                options={justificationChoices}
                selectedOption={justificationChoices.find(({ value }) => value === justification) ?? null}
                placeholder="Choose a justification"
                onChange={({ detail }) => setJustification(justificationChoices.find(({ value }) => value === detail.selectedOption.value)?.value)}
              />
            </FormField>
          ) : null}
          <FormField label="Reason" description="Shown with the finding to everyone who looks at it." errorText={errors['reason']}>
            <Textarea value={reason} rows={3} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
          <FormField label="Holds for" description="A narrower decision counts before a wider one." errorText={errors['scope']}>
            <Select options={scopeChoices} selectedOption={scopeChoices.find(({ value }) => value === scope) ?? null} onChange={({ detail }) => setScope(scopeChoices.find(({ value }) => value === detail.selectedOption.value)?.value ?? 'IMAGE')} />
          </FormField>
          {filter === undefined ? null : (
            <SpaceBetween size="xs">
              <p className="esscm-secondary" aria-busy={preview.loading}>
                {comesTo === undefined ? (preview.error === undefined ? 'Counting what matches.' : 'What matches could not be counted.') : previewText(comesTo)}
              </p>
              {comesTo === undefined || comesTo.decidedCount === 0 ? null : (
                <Checkbox checked={replace} description="Without it they stay as they are. What others decide while you read this stays in any case." onChange={({ detail }) => setReplace(detail.checked)}>
                  Replace the {formatQuantity(comesTo.decidedCount, 'decision')} that {comesTo.decidedCount === 1 ? 'holds' : 'hold'} there
                </Checkbox>
              )}
            </SpaceBetween>
          )}
          <FormField
            label={
              <>
                Expires <i className="esscm-optional">- optional</i>
              </>
            }
            description="The last day it holds. Afterwards the finding is open again."
            errorText={errors['expiresAt']}
            secondaryControl={
              <SpaceBetween direction="horizontal" size="s">
                {spans.map((days) => (
                  <TextButton key={days} onClick={() => setExpiry(dayIn(days))}>
                    {days === 365 ? 'In a year' : `In ${days} days`}
                  </TextButton>
                ))}
              </SpaceBetween>
            }
          >
            <DateInput format="iso" value={expiry} placeholder="YYYY-MM-DD" onChange={({ detail }) => setExpiry(detail.value)} />
          </FormField>
          <Checkbox checked={reopenWhenFixed} description="Ends by itself when a fixed version appears that is not there now." onChange={({ detail }) => setReopenWhenFixed(detail.checked)}>
            Reopen when there is a fix
          </Checkbox>
        </SpaceBetween>
        <LiveRegion text={comesTo === undefined ? '' : previewText(comesTo)} />
      </form>
    </Modal>
  );
}

/** Fields of the form, as the API names them; other problems stand above it. */
const shownFields: ReadonlySet<string> = new Set(['state', 'justification', 'reason', 'scope', 'expiresAt']);

function headerOf(subject: DecisionSubject): string {
  if ('filter' in subject && subject.of === 'list') return `Set state of all ${subject.countText} findings that match`;
  if ('filter' in subject) return subject.countText === '1' ? 'Set state' : `Set state of ${subject.countText} findings`;
  return subject.ids.length === 1 ? 'Set state' : `Set state of ${formatQuantity(subject.ids.length, 'finding')}`;
}

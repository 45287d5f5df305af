import { useMutation } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { ChangeWatchDocument, CheckConnectionDocument, type ConnectionQuery, type WatchFieldsFragment } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { Alert } from '../../ui/Alert.js';
import { Button } from '../../ui/Button.js';
import { Facts } from '../../ui/Facts.js';
import { LiveRegion } from '../../ui/LiveRegion.js';
import { Notice } from '../../ui/Notice.js';
import { Panel } from '../../ui/Panel.js';
import { Prose } from '../../ui/Prose.js';
import { Select } from '../../ui/Select.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { Status } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { textBelowHeading } from '../../verification/text-below-heading.js';
import { checkResultText, checkTriggerText, intervals, intervalText } from './check-words.js';
import styles from './connections.module.css';

type Connection = NonNullable<ConnectionQuery['connection']>;

const pollMs = 2000;

/** When the registry is looked at, what the last look found, and the ways to look now or not at all. */
export function StayingCurrent({ connection, watch, onChanged }: { readonly connection: Connection; readonly watch: WatchFieldsFragment; readonly onChanged: () => void }) {
  const [change, { loading: changing }] = useMutation(ChangeWatchDocument);
  const [check, { loading: asking }] = useMutation(CheckConnectionDocument);
  const [problem, setProblem] = useState<string>();
  /** The check that had ended when another one was asked for. */
  const [waitingAfter, setWaitingAfter] = useState<string>();
  const { id } = connection;
  const { paused, checking, everyMinutes, nextCheckAt, lastCheck } = watch;
  const waiting = waitingAfter !== undefined && waitingAfter === (lastCheck?.endedAt ?? '');
  const busy = checking || waiting || (lastCheck == null && !paused);
  useRepeated(onChanged, busy);

  const run = async (mutation: Promise<{ readonly data?: { readonly [field: string]: unknown } | null | undefined }>): Promise<void> => {
    setProblem(undefined);
    const outcome = await outcomeOf(mutation);
    if ('problem' in outcome) setProblem(outcome.problem);
    else {
      const [answer] = Object.values(outcome.data) as readonly { readonly message?: string }[];
      if (answer?.message !== undefined) setProblem(answer.message);
    }
    onChanged();
  };
  const checkNow = (): void => {
    setWaitingAfter(lastCheck?.endedAt ?? '');
    void run(check({ variables: { id } }));
  };
  const options = intervals.map(({ minutes }) => ({ value: String(minutes), label: intervalText(minutes) }));
  const result = lastCheck == null ? undefined : checkResultText(lastCheck);
  return (
    <Panel
      title="Staying current"
      description="ESSCM looks for new images and tags that moved, without downloading any. What it finds is scanned."
      aside={
        <SpaceBetween direction="horizontal" size="xs">
          <Button loading={changing} onClick={() => void run(change({ variables: { id, paused: !paused } }))}>
            {paused ? 'Resume' : 'Pause'}
          </Button>
          <Button loading={asking || waiting || checking} onClick={checkNow}>
            Check now
          </Button>
        </SpaceBetween>
      }
    >
      <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
      {lastCheck?.problem == null ? null : (
        <div className={styles['check']}>
          <Alert type="warning" header={lastCheck.problem.heading}>
            <Prose text={[textBelowHeading(lastCheck.problem.heading, lastCheck.problem.message), lastCheck.problem.remedy].filter((text) => text != null).join(' ')} />
          </Alert>
        </div>
      )}
      <Facts
        facts={[
          { label: 'State', value: busy ? <Status kind="running">Looking at the registry</Status> : paused ? <Status kind="stopped">Paused</Status> : <Status kind="done">Watching</Status> },
          { label: 'Last check', value: lastCheck == null ? 'Not yet' : <><Time instant={lastCheck.endedAt} />, {checkTriggerText(lastCheck.trigger)}</> },
          { label: 'Found', value: result },
          { label: 'Next check', value: nextCheckAt == null ? (paused ? 'When resumed' : null) : <Time instant={nextCheckAt} form="event" /> },
          {
            label: 'Checked',
            value: (
              <Select
                ariaLabel="How often the registry is checked"
                options={options.some(({ value }) => value === String(everyMinutes)) ? options : [...options, { value: String(everyMinutes), label: intervalText(everyMinutes) }]}
                selectedOption={{ value: String(everyMinutes), label: intervalText(everyMinutes) }}
                onChange={({ detail }) => void run(change({ variables: { id, everyMinutes: Number(detail.selectedOption.value) } }))}
              />
            ),
          },
        ]}
      />
      <LiveRegion text={busy || result === undefined ? '' : `Last check: ${result}`} />
    </Panel>
  );
}

/** Calls again and again while there is something to wait for. */
function useRepeated(call: () => void, active: boolean): void {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => latest.current(), pollMs);
    return () => clearInterval(timer);
  }, [active]);
}

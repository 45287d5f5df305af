import { useState, type ReactNode } from 'react';
import { totalText } from '../findings/total-text.js';
import { formatCount } from '../formats/format-count.js';
import type { FindingFilterInput } from '../gql/graphql.js';
import { Notice } from '../ui/Notice.js';
import { TextButton } from '../ui/TextButton.js';
import styles from './BulkTriage.module.css';
import type { DecidedOutcome, DecisionSubject } from './decided-outcome.js';
import { DecisionDialog } from './DecisionDialog.js';
import { Done } from './Done.js';
import { useWithdraw } from './use-withdraw.js';

interface BulkTriageOptions<Row> {
  /** Of the page that is shown. */
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** How many findings a row stands for. */
  readonly findingsOf: (row: Row) => number;
  /** Those that chosen rows stand for, and how many they are in words. */
  readonly subjectOf: (chosen: readonly Row[], countText: string) => DecisionSubject;
  readonly total: { readonly count: number; readonly exact: boolean };
  /** What all that match are, on whatever page. */
  readonly filter: FindingFilterInput;
}

interface BulkTriage<Row> {
  readonly chosen: readonly Row[];
  readonly choose: (rows: readonly Row[]) => void;
  /** The button that opens the form: how many it is about. */
  readonly buttonText: string;
  readonly disabled: boolean;
  readonly open: () => void;
  /** What was done, above the table. */
  readonly outcome: ReactNode;
  /** How to choose all that match, in the table under its filter; null while nothing is chosen. */
  readonly reach: ReactNode;
  readonly dialog: ReactNode;
}

/** The rows of a list whose rows are findings. */
export const findingByFinding = {
  idOf: ({ id }: { readonly id: string }): string => id,
  findingsOf: (): number => 1,
  subjectOf: (chosen: readonly { readonly id: string }[]): DecisionSubject => ({ ids: chosen.map(({ id }) => id) }),
};

/** Choosing findings of a list, those of the page or all that match, and deciding about them at once. */
export function useBulkTriage<Row>({ rows, idOf, findingsOf, subjectOf, total, filter }: BulkTriageOptions<Row>): BulkTriage<Row> {
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  const [everythingOf, setEverythingOf] = useState<string>();
  const [deciding, setDeciding] = useState(false);
  const [decided, setDecided] = useState<DecidedOutcome>();
  const { withdraw, busy, said, problem, dismiss } = useWithdraw();
  // Only what is on this page, so that nothing out of sight is decided about unless all that match were chosen, with this filter.
  const chosen = rows.filter((row) => chosenIds.has(idOf(row)));
  const key = JSON.stringify(filter);
  const everything = everythingOf === key && chosen.length > 0;
  const wholePage = chosen.length > 0 && chosen.length === rows.length;
  const countOf = (some: readonly Row[]): number => some.reduce((sum, row) => sum + findingsOf(row), 0);
  const onPage = countOf(rows);
  const beyond = !total.exact || total.count > onPage;
  const choose = (next: readonly Row[]): void => {
    setChosenIds(new Set(next.map(idOf)));
    setEverythingOf(undefined);
  };
  const close = (outcome?: DecidedOutcome): void => {
    setDeciding(false);
    if (outcome === undefined) return;
    setDecided(outcome);
    choose([]);
  };
  const all = totalText(total);
  return {
    chosen,
    choose,
    buttonText: `Set state (${everything ? all : formatCount(countOf(chosen))})`,
    disabled: chosen.length === 0,
    open: () => setDeciding(true),
    outcome:
      decided === undefined && problem === undefined ? null : (
        <div className={styles['outcome']}>
          <Notice problem={problem} onDismiss={dismiss} />
          {decided === undefined ? null : (
            <Done
              text={said === '' ? decided.said : said}
              onDismiss={() => setDecided(undefined)}
              undo={decided.undo === undefined || said !== '' ? undefined : { busy, onUndo: () => void withdraw(decided.undo ?? { id: '' }) }}
            />
          )}
        </div>
      ),
    reach:
      wholePage && beyond ? (
        <p className={styles['reach']} role="status">
          {everything ? `All ${all} findings that match are chosen.` : onPage === 1 ? 'The one finding of this page is chosen.' : `All ${formatCount(onPage)} findings of this page are chosen.`}{' '}
          <TextButton onClick={() => setEverythingOf(everything ? undefined : key)}>{everything ? 'Choose only this page' : `Choose all ${all} that match`}</TextButton>
        </p>
      ) : null,
    dialog: deciding ? <DecisionDialog subject={everything ? { filter, countText: all, of: 'list' } : subjectOf(chosen, formatCount(countOf(chosen)))} onClose={close} /> : null,
  };
}

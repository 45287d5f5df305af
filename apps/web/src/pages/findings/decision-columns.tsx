import { packageName } from '../../formats/package-name.js';
import type { DecisionFactsFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { DecisionEndText } from '../../triage/DecisionEndText.js';
import { DecisionScopeText } from '../../triage/DecisionScopeText.js';
import { endWords, justificationWords, stateWords } from '../../triage/triage-words.js';
import { AppLink } from '../../ui/AppLink.js';
import type { DataColumn } from '../../ui/DataTable.js';
import { TextButton } from '../../ui/TextButton.js';
import { Time } from '../../ui/Time.js';

interface DecisionColumnsOptions {
  readonly busy: boolean;
  readonly onWithdraw: (id: string) => void;
  /** Whether decisions made together lead to one another. */
  readonly batchLinks: boolean;
}

/** Columns of a list of decisions; those that hold can be withdrawn. */
export function decisionColumns({ busy, onWithdraw, batchLinks }: DecisionColumnsOptions): readonly DataColumn<DecisionFactsFragment>[] {
  return [
    { id: 'state', header: 'State', width: 140, phoneLine: 1, cell: ({ state }) => <span className="esscm-strong">{stateWords[state]}</span> },
    {
      id: 'vulnerability',
      header: 'Vulnerability',
      width: '17%',
      phoneLine: 1,
      cell: ({ vulnerabilityId, packageKey }) => (
        <>
          <AppLink to={paths.vulnerability(vulnerabilityId)}>{vulnerabilityId}</AppLink> <span className="esscm-secondary">in {packageName(packageKey)}</span>
        </>
      ),
    },
    {
      id: 'reason',
      header: 'Reason',
      phoneLine: 2,
      cell: ({ reason, justification }) => (
        <>
          {reason}
          {justification == null ? null : <span className="esscm-secondary"> {justificationWords[justification]}.</span>}
        </>
      ),
    },
    { id: 'scope', header: 'Holds for', width: '18%', phoneLine: 2, cell: (decision) => <DecisionScopeText decision={decision} /> },
    {
      id: 'author',
      header: 'Decided by',
      width: 130,
      phoneLine: 3,
      cell: ({ author, createdAt, batchId }) => (
        <>
          {author}, <Time instant={createdAt} />
          {batchId == null || !batchLinks ? null : (
            <>
              , <AppLink to={paths.decisions(batchId)}>with others</AppLink>
            </>
          )}
        </>
      ),
    },
    {
      id: 'until',
      header: 'Until',
      width: 120,
      phoneLine: 3,
      cell: (decision) =>
        decision.endedAt == null ? (
          <DecisionEndText decision={decision} />
        ) : (
          <>
            <Time instant={decision.endedAt} />
            {decision.end == null ? null : <span className="esscm-secondary"> {endWords[decision.end]}</span>}
          </>
        ),
    },
    {
      id: 'withdraw',
      header: 'Actions',
      width: 90,
      phoneLine: 3,
      cell: ({ id, endedAt, vulnerabilityId }) =>
        endedAt == null ? (
          <TextButton busy={busy} ariaLabel={`Withdraw the decision about ${vulnerabilityId}`} onClick={() => onWithdraw(id)}>
            Withdraw
          </TextButton>
        ) : null,
    },
  ];
}

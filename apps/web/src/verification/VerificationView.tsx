import { formatAccount, formatPrincipal } from '../formats/format-account.js';
import { formatDuration } from '../formats/format-duration.js';
import type { VerificationFieldsFragment } from '../gql/graphql.js';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { DataTable } from '../ui/DataTable.js';
import { Facts } from '../ui/Facts.js';
import { Panel, Stack } from '../ui/Panel.js';
import { SectionHeader } from '../ui/SectionHeader.js';
import { Status } from '../ui/Status.js';
import { Time } from '../ui/Time.js';
import { allowedCount, checkResult, totalDurationMs, worstFirst } from './check-words.js';
import { ProblemAlert } from './ProblemAlert.js';
import styles from './VerificationView.module.css';

interface VerificationViewProps {
  readonly report: VerificationFieldsFragment;
  /** The plugin's name: whose answers these are. */
  readonly who: string;
  readonly verifying: boolean;
  readonly onVerifyAgain: () => void;
}

/** What a credential may do: who it is, one alert a cause, then every permission, denied first. */
export function VerificationView({ report, who, verifying, onVerifyAgain }: VerificationViewProps) {
  const took = totalDurationMs(report.checks);
  return (
    <Stack>
      <Panel>
        <div className={styles['strip']}>
          <Facts
            layout="strip"
            facts={[
              { label: 'Signed in as', value: report.principal == null ? null : <span title={report.principal}>{formatPrincipal(report.principal)}</span> },
              { label: 'Account', value: report.account == null ? null : formatAccount(report.account) },
              { label: 'Region', value: report.region },
              {
                label: 'Checked',
                value: (
                  <>
                    <Time instant={report.checkedAt} form="event" />
                    {took === undefined ? null : `, ${formatDuration(took)}`}
                  </>
                ),
              },
            ]}
          />
          <Button iconName="refresh" loading={verifying} onClick={onVerifyAgain}>
            Verify again
          </Button>
        </div>
      </Panel>
      <div className={styles['alerts']} tabIndex={-1} data-verification-alerts="">
        {report.problems.map((problem) => (
          <ProblemAlert
            key={`${problem.heading} ${problem.message}`}
            heading={problem.heading}
            message={problem.message}
            remedy={problem.remedy}
            remedySnippet={problem.remedySnippet}
            who={who}
            kind={report.status === 'FAILED' ? 'error' : 'warning'}
            upstream={{ call: problem.actions[0], status: problem.upstreamStatus, code: problem.upstreamCode, message: problem.upstreamMessage, requestId: problem.requestId }}
          />
        ))}
        {report.problems.length === 0 && report.status === 'VERIFIED' ? <Alert type="success">Everything ESSCM needs is allowed.</Alert> : null}
      </div>
      {report.checks.length === 0 ? null : <Permissions checks={report.checks} />}
    </Stack>
  );
}

function Permissions({ checks }: { readonly checks: VerificationFieldsFragment['checks'] }) {
  return (
    <DataTable
      label="Permissions"
      rows={worstFirst(checks)}
      rowId={({ action }) => action}
      wrapLines
      header={<SectionHeader variant="h2" counter={allowedCount(checks)}>Permissions</SectionHeader>}
      empty="No permission was tried."
      columns={[
        { id: 'result', header: 'Result', width: 230, phoneLine: 2, cell: (check) => <Status kind={checkResult(check).kind}>{checkResult(check).text}</Status> },
        {
          id: 'action',
          header: 'Permission',
          phoneLine: 1,
          cell: ({ action, required }) => (
            <span>
              <span className="esscm-mono">{action}</span>
              {required ? null : <span className="esscm-tertiary esscm-small"> optional</span>}
            </span>
          ),
        },
        { id: 'purpose', header: 'Needed to', phoneLine: 3, cell: ({ purpose }) => purpose },
        { id: 'tried', header: 'Tried on', phoneLine: 3, cell: ({ triedOn }) => <span className="esscm-secondary">{triedOn ?? '–'}</span> },
        { id: 'time', header: 'Time', width: 96, phoneLine: 3, cell: ({ durationMs }) => (durationMs == null ? '–' : formatDuration(durationMs)) },
      ]}
    />
  );
}

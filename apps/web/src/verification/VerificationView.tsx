import type { ReactNode } from 'react';
import { formatAccount, formatPrincipal } from '../formats/format-account.js';
import { formatDuration } from '../formats/format-duration.js';
import type { VerificationFieldsFragment } from '../gql/graphql.js';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { CopyButton } from '../ui/CopyButton.js';
import { Facts } from '../ui/Facts.js';
import { Panel, Stack } from '../ui/Panel.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { Time } from '../ui/Time.js';
import { totalDurationMs } from './check-words.js';
import { PermissionTable } from './PermissionTable.js';
import { ProblemAlert } from './ProblemAlert.js';
import styles from './VerificationView.module.css';

interface VerificationViewProps {
  readonly report: VerificationFieldsFragment;
  /** The plugin's name: whose answers these are. */
  readonly who: string;
  readonly verifying: boolean;
  readonly onVerifyAgain: () => void;
  /** What mends a cause by itself, for its alert. */
  readonly remedyOf?: (problem: VerificationFieldsFragment['problems'][number]) => ReactNode;
}

/** What a credential may do: who it is, one alert a cause, then every permission, denied first. */
export function VerificationView({ report, who, verifying, onVerifyAgain, remedyOf }: VerificationViewProps) {
  const took = totalDurationMs(report.checks);
  return (
    <Stack>
      <Panel>
        <div className={styles['strip']}>
          <Facts
            layout="strip"
            facts={[
              { label: 'Signed in as', value: report.principal == null ? null : <span title={report.principal}>{formatPrincipal(report.principal)}</span> },
              { label: 'Account', value: report.account == null ? null : report.account.split(', ').map(formatAccount).join(', ') },
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
          <SpaceBetween size="xs" direction="horizontal">
            {report.missingPolicy == null ? null : <CopyButton text={report.missingPolicy}>Copy the missing policy</CopyButton>}
            <Button iconName="refresh" loading={verifying} onClick={onVerifyAgain}>
              Verify again
            </Button>
          </SpaceBetween>
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
            action={remedyOf?.(problem)}
            kind={report.status === 'FAILED' ? 'error' : 'warning'}
            upstream={{ call: problem.actions[0], status: problem.upstreamStatus, code: problem.upstreamCode, message: problem.upstreamMessage, requestId: problem.requestId }}
          />
        ))}
        {report.problems.length === 0 && report.status === 'VERIFIED' ? <Alert type="success">Everything ESSCM needs is allowed.</Alert> : null}
      </div>
      {report.checks.length === 0 ? null : <PermissionTable checks={report.checks} />}
    </Stack>
  );
}

import { formatDuration } from '../formats/format-duration.js';
import type { CheckFieldsFragment } from '../gql/graphql.js';
import { DataTable } from '../ui/DataTable.js';
import { SectionHeader } from '../ui/SectionHeader.js';
import { Status } from '../ui/Status.js';
import { allowedCount, checkResult, worstFirst } from './check-words.js';

interface PermissionTableProps {
  readonly checks: readonly CheckFieldsFragment[];
  /** More rows are on their way: these stay in the order in which they came, so that none jumps. */
  readonly running?: boolean;
}

/** Every permission that was tried, denied first, and which registry where there are several. */
export function PermissionTable({ checks, running = false }: PermissionTableProps) {
  const several = checks.some(({ registry }) => registry != null);
  return (
    <DataTable
      label="Permissions"
      rows={running ? checks : worstFirst(checks)}
      rowId={({ action, registry }) => `${registry ?? ''} ${action}`}
      wrapLines
      header={
        <SectionHeader variant="h2" counter={allowedCount(checks)}>
          Permissions
        </SectionHeader>
      }
      empty={running ? <Status kind="running">Trying the first permission</Status> : 'No permission was tried.'}
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
        ...(several ? [{ id: 'registry', header: 'Registry', phoneLine: 3 as const, cell: ({ registry }: CheckFieldsFragment) => registry ?? '–' }] : []),
        { id: 'tried', header: 'Tried on', phoneLine: 3, cell: ({ triedOn }) => <span className="esscm-secondary">{triedOn ?? '–'}</span> },
        { id: 'time', header: 'Time', width: 96, phoneLine: 3, cell: ({ durationMs }) => (durationMs == null ? '–' : formatDuration(durationMs)) },
      ]}
    />
  );
}

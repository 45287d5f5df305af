import type { CheckFieldsFragment } from '../gql/graphql.js';
import { LiveRegion } from '../ui/LiveRegion.js';
import { Panel, Stack } from '../ui/Panel.js';
import { Status } from '../ui/Status.js';
import { PermissionTable } from './PermissionTable.js';

/** A verification that runs: its rows appear as they become known. */
export function VerificationRunning({ checks, who }: { readonly checks: readonly CheckFieldsFragment[]; readonly who: string }) {
  return (
    <Stack>
      <Panel>
        <Status kind="running">Trying every permission against {who}</Status>
      </Panel>
      <LiveRegion text={checks.length === 0 ? 'Verifying' : `${checks.length} permissions tried`} />
      <PermissionTable checks={checks} running />
    </Stack>
  );
}

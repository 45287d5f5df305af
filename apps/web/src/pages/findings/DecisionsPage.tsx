import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { formatCount } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { DecisionsDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { Done } from '../../triage/Done.js';
import { endOfDay, dayIn } from '../../triage/expiry.js';
import { useWithdraw, type Withdrawable } from '../../triage/use-withdraw.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { RemovableChip } from '../../ui/RemovableChip.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Segments } from '../../ui/Segments.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue, useCursorPage } from '../use-address-state.js';
import { decisionColumns } from './decision-columns.js';

const soonDays = 30;
const views = [
  { id: 'holding', text: 'Holding' },
  { id: 'ended', text: 'Ended' },
] as const;

/** What was decided about findings: what ends soon first, then everything that holds or has ended. */
export function DecisionsPage() {
  usePageLayout({
    crumbs: [
      { text: 'Findings', href: paths.findings() },
      { text: 'Decisions', href: paths.decisions() },
    ],
  });
  const [show, setShow] = useAddressValue('show');
  const [batchId, setBatchId] = useAddressValue('batch');
  const [soon] = useState(() => endOfDay(dayIn(soonDays))?.toISOString() ?? '');
  const { after, page, next, previous } = useCursorPage();
  const { withdraw, busy, said, problem, dismiss } = useWithdraw();
  const [dismissed, setDismissed] = useState('');
  const ended = show === 'ended';
  const result = useQuery(DecisionsDocument, { variables: { active: !ended, soon, after: after ?? null, batchId: batchId === '' ? null : batchId }, fetchPolicy: 'cache-and-network' });
  const takeBack = (what: Withdrawable): void => {
    setDismissed('');
    void withdraw(what);
  };
  const columns = decisionColumns({ busy, onWithdraw: (id) => takeBack({ id }), batchLinks: batchId === '' });
  return (
    <QueryView result={result}>
      {({ ending, decisions }, refreshing) => {
        const first = ending.edges.map(({ node }) => node).toSorted((left, right) => Date.parse(left.expiresAt ?? '') - Date.parse(right.expiresAt ?? ''));
        return (
          <>
            <PageHeader
              name="Decisions"
              facts="What was decided about findings, by whom, why, and until when."
              withoutPrimary
              actions={batchId === '' ? [] : [{ id: 'withdraw', text: 'Withdraw all of them', loading: busy, disabled: decisions.edges.every(({ node }) => node.endedAt != null), onClick: () => takeBack({ batchId }) }]}
            />
            <Stack>
              <Notice problem={problem} onDismiss={dismiss} />
              <Done text={said === dismissed ? '' : said} onDismiss={() => setDismissed(said)} />
              {ended || first.length === 0 ? null : (
                <DataTable
                  label={`Ending within ${soonDays} days`}
                  wrapLines
                  rows={first}
                  rowId={({ id }) => id}
                  header={
                    <SectionHeader variant="h2" counter={`(${formatCount(first.length)}${ending.pageInfo.hasNextPage ? '+' : ''})`} description="Their findings are open again afterwards.">
                      Ending within {soonDays} days
                    </SectionHeader>
                  }
                  empty={null}
                  columns={columns}
                />
              )}
              <DataTable
                label={ended ? 'Ended decisions' : 'Decisions that hold'}
                wrapLines
                rows={decisions.edges.map(({ node }) => node)}
                rowId={({ id }) => id}
                header={<SectionHeader variant="h2">{ended ? 'Ended decisions' : 'Decisions that hold'}</SectionHeader>}
                filter={
                  <SpaceBetween direction="horizontal" size="m" alignItems="center">
                    <Segments label="Show" selected={ended ? 'ended' : 'holding'} options={views} onChange={(id) => setShow(id === 'ended' ? id : '')} />
                    {batchId === '' ? null : <RemovableChip label="Decisions" value="made together" onRemove={() => setBatchId('')} />}
                  </SpaceBetween>
                }
                pager={{ page, hasNext: decisions.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(decisions.pageInfo.endCursor ?? '') }}
                empty={
                  batchId !== '' ? (
                    <EmptyState compact title="No match" text={ended ? 'None of these decisions has ended.' : 'None of these decisions holds any more.'} actions={<LinkButton to={paths.decisions()}>Show all decisions</LinkButton>} />
                  ) : ended ? (
                    <EmptyState compact title="No decision has ended" text="Decisions that expired, were replaced or withdrawn are kept here." />
                  ) : (
                    <EmptyState compact title="No decision holds" text="Set the state of a finding, and it is listed here until it expires or is withdrawn." actions={<LinkButton to={paths.findings({ group: 'none' })}>Show findings</LinkButton>} />
                  )
                }
                columns={columns}
              />
            </Stack>
          </>
        );
      }}
    </QueryView>
  );
}

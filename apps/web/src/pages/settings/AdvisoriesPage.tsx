import { useMutation, useQuery, useSubscription } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { formatCount } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { AdvisoriesDocument, AdvisoryProgressDocument, UpdateAdvisoriesDocument, type AdvisorySourceRowFragment } from '../../gql/graphql.js';
import { useLive } from '../../graphql/connection-state.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { Status } from '../../ui/Status.js';
import { TextButton } from '../../ui/TextButton.js';
import { Time } from '../../ui/Time.js';
import { QueryView } from '../QueryView.js';
import { SettingsTabs } from './SettingsTabs.js';
import { sourceName, sourceStatus } from './source-words.js';

const pollMs = 5_000;

/** Where advisories come from, how old they are, and a way to fetch them now. */
export function AdvisoriesPage() {
  usePageLayout({});
  const result = useQuery(AdvisoriesDocument, { fetchPolicy: 'cache-and-network' });
  const [update, { loading }] = useMutation(UpdateAdvisoriesDocument);
  const [problem, setProblem] = useState<string>();
  const live = useLive();
  const sources = (result.data ?? result.previousData)?.advisorySources ?? [];
  const { refetch } = result;
  // Events land in the client's cache under the source's name; the list is asked for again only when a source is new.
  useSubscription(AdvisoryProgressDocument, {
    ignoreResults: true,
    onData: ({ data }) => {
      const name = data.data?.advisoryProgress.name;
      if (name !== undefined && !sources.some((source) => source.name === name)) void refetch();
    },
    onError: () => undefined,
  });
  useEffect(() => {
    if (live) return undefined;
    const timer = setInterval(() => void refetch().catch(() => undefined), pollMs);
    return () => clearInterval(timer);
  }, [live, refetch]);
  const updateNow = async (names: readonly string[] | null): Promise<void> => {
    const outcome = await outcomeOf(update({ variables: { names: names === null ? null : [...names] } }));
    setProblem('problem' in outcome ? outcome.problem : undefined);
  };
  return (
    <QueryView result={result}>
      {({ advisorySources }) => (
        <>
          <PageHeader name="Settings" facts="Yours, and those of this installation." actions={advisorySources.length === 0 ? [] : [{ id: 'update', text: 'Update advisories', loading, onClick: () => void updateNow(null) }]} />
          <SettingsTabs selected="advisories">
            <Stack>
              <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
              <DataTable
                label="Advisory sources"
                rows={advisorySources.toSorted((one, other) => sourceName(one.name).localeCompare(sourceName(other.name), 'en'))}
                rowId={({ name }) => name}
                wrapLines
                empty={<EmptyState compact title="No advisories needed yet" text="Sources appear with the first scanned image: only what images need is fetched, and kept current from then on." />}
                columns={[
                  { id: 'name', header: 'Source', width: '17%', phoneLine: 1, cell: ({ name }) => <span className="esscm-strong">{sourceName(name)}</span> },
                  { id: 'state', header: 'State', phoneLine: 2, cell: (source) => <SourceState source={source} /> },
                  { id: 'checked', header: 'Checked', width: 104, phoneLine: 3, cell: ({ checkedAt }) => (checkedAt == null ? 'Never' : <Time instant={checkedAt} />) },
                  { id: 'records', header: 'Records', width: 104, phoneLine: 3, cell: ({ feeds }) => (feeds.length === 0 ? <span className="esscm-secondary">None held</span> : <>{formatCount(feeds.reduce((sum, { records }) => sum + records, 0))}<span className="esscm-phone-only"> records</span></>) },
                  { id: 'newest', header: 'Newest record', width: 140, phoneLine: 0, cell: ({ feeds }) => <Time instant={feeds.flatMap(({ newestRecord }) => newestRecord ?? []).toSorted().at(-1)} /> },
                  { id: 'next', header: 'Next', width: 132, phoneLine: 0, cell: ({ nextAttemptAt, state }) => (state === 'FETCHING' ? '–' : new Date(nextAttemptAt) < new Date() ? 'due now' : <Time instant={nextAttemptAt} form="event" />) },
                  { id: 'licence', header: 'Terms', width: 150, phoneLine: 0, cell: ({ feeds }) => <span className="esscm-secondary">{[...new Set(feeds.map(({ licence }) => licence))].join(', ') || '–'}</span> },
                  { id: 'update', header: 'Actions', width: 92, phoneLine: 3, cell: ({ name, state }) => <TextButton ariaLabel={`Update ${sourceName(name)}`} busy={state === 'FETCHING'} onClick={() => void updateNow([name])}>Update</TextButton> },
                ]}
              />
            </Stack>
          </SettingsTabs>
        </>
      )}
    </QueryView>
  );
}

function SourceState({ source }: { readonly source: AdvisorySourceRowFragment }) {
  const { kind, text } = sourceStatus(source);
  return (
    <>
      <Status kind={kind}>{text}</Status>
      {source.failure == null ? null : (
        <div className="esscm-small esscm-secondary">
          {source.failure.message} {source.failure.remedy ?? ''}
        </div>
      )}
    </>
  );
}

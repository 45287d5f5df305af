import { useQuery } from '@apollo/client/react';
import { formatDigest } from '../../formats/format-digest.js';
import { formatSpan } from '../../formats/format-duration.js';
import { ImageHistoryDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { ScanNews, ScanStatus } from '../../scans/ScanParts.js';
import { triggerText } from '../../scans/scan-words.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Time } from '../../ui/Time.js';
import { QueryView } from '../QueryView.js';
import { useCursorPage } from '../use-address-state.js';

/** Every scan of the image: which digest the tag led to, and what came of it. */
export function HistoryTab({ imageId }: { readonly imageId: string }) {
  const { after, page, next, previous } = useCursorPage();
  const result = useQuery(ImageHistoryDocument, { variables: { id: imageId, first: 25, after: after ?? null }, fetchPolicy: 'cache-and-network' });
  return (
    <QueryView result={result}>
      {({ scans }, refreshing) => {
        const rows = scans.edges.map(({ node }) => node);
        return (
          <DataTable
            label="History"
            rows={rows}
            rowId={({ id }) => id}
            header={
              <SectionHeader variant="h2" description="Scans of this image, newest first. A changed digest means that the tag was pushed again.">
                History
              </SectionHeader>
            }
            pager={{ page, hasNext: scans.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(scans.pageInfo.endCursor ?? '') }}
            empty={<EmptyState compact title="No scans" text="This image has not been scanned." />}
            columns={[
              { id: 'started', header: 'Started', width: 140, phoneLine: 1, cell: ({ id, startedAt, createdAt }) => <AppLink to={paths.scan(id)}><Time instant={startedAt ?? createdAt} form="event" /></AppLink> },
              { id: 'status', header: 'Status', width: 130, phoneLine: 1, cell: (scan) => <ScanStatus scan={scan} /> },
              {
                id: 'digest',
                header: 'Digest',
                width: 250,
                phoneLine: 2,
                cell: ({ digest, id }) => (
                  <span className="esscm-mono" title={digest ?? ''}>
                    {digest == null ? '–' : formatDigest(digest)}
                    {isNewDigest(rows, id) ? <span className="esscm-small esscm-secondary"> changed</span> : null}
                  </span>
                ),
              },
              { id: 'result', header: 'Result', phoneLine: 3, cell: (scan) => <ScanNews scan={scan} /> },
              { id: 'trigger', header: 'Started by', width: 130, phoneLine: 0, cell: ({ trigger }) => <span className="esscm-secondary">{triggerText(trigger)}</span> },
              { id: 'took', header: 'Took', width: 100, phoneLine: 0, cell: ({ startedAt, endedAt }) => (startedAt == null ? '–' : formatSpan(startedAt, endedAt)) },
            ]}
          />
        );
      }}
    </QueryView>
  );
}

/** Whether the scan found another digest than the one before it; of the last row of a page that is not known. */
function isNewDigest(rows: readonly { readonly id: string; readonly digest?: string | null }[], id: string): boolean {
  const index = rows.findIndex((row) => row.id === id);
  const digest = rows[index]?.digest;
  const before = rows.slice(index + 1).find((row) => row.digest != null)?.digest;
  return digest != null && before != null && digest !== before;
}

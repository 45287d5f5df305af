import { useQuery } from '@apollo/client/react';
import { fixAddress } from '../../findings/FixList.js';
import { fixCounts, fixPlace, fixTitle } from '../../findings/fix-words.js';
import { rankFixes } from '../../findings/rank-fixes.js';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { FixesDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { ExploitedBadge, SeverityCells } from '../../ui/Severity.js';
import { QueryView } from '../QueryView.js';

const shownAtMost = 100;

/** Changes that remove most risk, over every image: packages to upgrade and base images to build anew on. */
export function FixesPage() {
  usePageLayout({ contentType: 'table', crumbs: [{ text: 'Findings', href: paths.findings() }, { text: 'Fixes', href: paths.fixes() }] });
  const result = useQuery(FixesDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <QueryView result={result}>
      {({ topFixes, baseFixes, overview: { imageCount, scannedImageCount } }) => {
        const fixes = rankFixes(topFixes, baseFixes);
        return (
          <DataTable
            frame="page"
            label="Fixes"
            rows={fixes.slice(0, shownAtMost)}
            rowId={(fix) => ('packageKey' in fix ? fix.packageKey : fix.baseLayer)}
            header={
              <PageHeader
                name="Fixes"
                facts={
                  <>
                    <span>Exploited first, then by what each removes. A base image and a package in it count the same findings.</span>
                    <span>{scannedImageCount === imageCount ? `From ${formatQuantity(imageCount, 'image')}.` : `From ${formatCount(scannedImageCount)} of ${formatQuantity(imageCount, 'image')}; the others have no result.`}</span>
                  </>
                }
              />
            }
            footer={fixes.length <= shownAtMost ? undefined : <span className="esscm-secondary">The first {shownAtMost} are shown.</span>}
            empty={<EmptyState title="Nothing to upgrade to" text={scannedImageCount === 0 ? 'Fixes appear after the first scan.' : 'No finding has a fixed version yet.'} />}
            columns={[
              {
                id: 'change',
                header: 'Change',
                width: '40%',
                minWidth: 260,
                phoneLine: 1,
                cell: (fix) => (
                  <>
                    <AppLink to={fixAddress(fix)}>{fixTitle(fix)}</AppLink> {fix.exploitedCount > 0 ? <ExploitedBadge /> : null}
                  </>
                ),
              },
              { id: 'where', header: 'Where', phoneLine: 2, cell: (fix) => <span className="esscm-secondary">{fixPlace(fix, false)}</span> },
              { id: 'severities', header: 'Findings', width: 220, phoneLine: 3, cell: (fix) => <SeverityCells counts={fixCounts(fix)} /> },
              { id: 'removes', header: 'Removes', width: 130, phoneLine: 3, cell: (fix) => <><span className="esscm-phone-only">removes </span>{'packageKey' in fix ? '' : 'up to '}{formatCount(fix.findingCount)}</> },
            ]}
          />
        );
      }}
    </QueryView>
  );
}

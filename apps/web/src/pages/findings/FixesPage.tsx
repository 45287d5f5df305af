import { useQuery } from '@apollo/client/react';
import { fixAddress } from '../../findings/fix-address.js';
import { FixPlace } from '../../findings/FixPlace.js';
import { fixCounts, fixTitle } from '../../findings/fix-words.js';
import { countFixes, rankFixes } from '../../findings/rank-fixes.js';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { FixesDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { ExploitedBadge, SeverityCells } from '../../ui/Severity.js';
import { RemovableChip } from '../../ui/RemovableChip.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { WithMark } from '../../ui/WithMark.js';
import { useAddressValue } from '../use-address-state.js';
import { imageSuffix } from '../../scans/image-suffix.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { QueryView } from '../QueryView.js';

const shownAtMost = 100;

/** Changes that remove most risk, over every image: packages to upgrade and base images to build anew on. */
export function FixesPage() {
  usePageLayout({ contentType: 'table', crumbs: [{ text: 'Findings', href: paths.findings() }, { text: 'Fixes', href: paths.fixes() }] });
  const [imageId, setImage] = useAddressValue('image');
  const one = imageId === '' ? undefined : imageId;
  const result = useQuery(FixesDocument, { variables: { imageId: one ?? null, one: imageId, ofOne: one !== undefined }, fetchPolicy: 'cache-and-network' });
  return (
    <QueryView result={result}>
      {({ topFixes, baseFixes, image, overview: { imageCount, scannedImageCount } }) => {
        if (one !== undefined && image == null) return <NotFoundPage what="image" />;
        const fixes = rankFixes(topFixes, baseFixes);
        const total = countFixes(topFixes, baseFixes);
        const shown = fixes.slice(0, shownAtMost);
        return (
          <DataTable
            frame="page"
            label="Fixes"
            rows={shown}
            rowId={(fix) => ('packageKey' in fix ? fix.packageKey : fix.baseLayer)}
            header={
              <PageHeader
                name="Fixes"
                counter={`(${formatCount(total)})`}
                facts={
                  <>
                    <span>Exploited first, then by what each removes. A base image and a package in it count the same findings.</span>
                    <span>{one !== undefined ? 'Of one image.' : scannedImageCount === imageCount ? `From ${formatQuantity(imageCount, 'image')}.` : `From ${formatCount(scannedImageCount)} of ${formatQuantity(imageCount, 'image')}; the others have no result.`}</span>
                  </>
                }
              />
            }
            filter={
              one === undefined ? undefined : (
                <Toolbar>
                  <RemovableChip label="Image" value={image == null ? '…' : `${image.repository}${imageSuffix(image)}`} onRemove={() => setImage('')} />
                </Toolbar>
              )
            }
            footer={total <= shown.length ? undefined : <span className="esscm-secondary">The first {formatCount(shown.length)} of {formatCount(total)} are shown.</span>}
            empty={<EmptyState title="Nothing to upgrade to" text={one === undefined && scannedImageCount === 0 ? 'Fixes appear after the first scan.' : 'No finding has a fixed version yet.'} />}
            columns={[
              {
                id: 'change',
                header: 'Change',
                width: '34%',
                minWidth: 220,
                clips: true,
                phoneLine: 1,
                cell: (fix) => (
                  <WithMark mark={fix.exploitedCount > 0 ? <ExploitedBadge /> : null}>
                    <AppLink to={fixAddress(fix, { imageId: one, group: 'vulnerability' })}>{fixTitle(fix)}</AppLink>
                  </WithMark>
                ),
              },
              { id: 'where', header: 'Where', width: '28%', minWidth: 140, clips: true, phoneLine: 2, cell: (fix) => <span className="esscm-secondary"><FixPlace fix={fix} imageId={one} /></span> },
              { id: 'severities', header: 'Findings', width: 270, phoneLine: 3, cell: (fix) => <SeverityCells counts={fixCounts(fix)} /> },
              { id: 'removes', header: 'Removes', width: 116, phoneLine: 3, cell: (fix) => <><span className="esscm-phone-only">removes </span>{'packageKey' in fix ? '' : 'up to '}{formatCount(fix.findingCount)}</> },
            ]}
          />
        );
      }}
    </QueryView>
  );
}

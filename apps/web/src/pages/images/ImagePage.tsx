import { useQuery } from '@apollo/client/react';
import { lazy, Suspense } from 'react';
import { useNavigate, useParams } from 'react-router';
import { formatCount } from '../../formats/format-count.js';
import { formatLongDigest } from '../../formats/format-digest.js';
import { formatSize } from '../../formats/format-size.js';
import { resultCounts } from '../../findings/result-counts.js';
import { usePageLayout } from '../../frame/layout.js';
import { ImageDocument } from '../../gql/graphql.js';
import { paths, type ImageTab } from '../../paths.js';
import { imageSuffix } from '../../scans/image-suffix.js';
import { isActive } from '../../scans/scan-words.js';
import { useScanActions } from '../../scans/use-scan-actions.js';
import { useScanUpdates } from '../../scans/use-scan-updates.js';
import { Chip } from '../../ui/Chip.js';
import { CopyText } from '../../ui/CopyText.js';
import { Freshness } from '../../ui/Freshness.js';
import { ImageName } from '../../ui/ImageName.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { PageSkeleton } from '../../ui/Skeleton.js';
import { TabRow } from '../../ui/TabRow.js';
import { Time } from '../../ui/Time.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { QueryView } from '../QueryView.js';
import type { ImageDetails } from './image-details.js';
import { imageState, type ImageState } from './image-state.js';
import { ImageStatus, NoResult } from './ImageStatus.js';
import { StaleResult } from './StaleResult.js';
import { SummaryTab } from './SummaryTab.js';

/** Tabs load when they are opened; most visits see one or two of them. */
const VulnerabilitiesTab = lazy(async () => ({ default: (await import('./VulnerabilitiesTab.js')).VulnerabilitiesTab }));
const ComponentsTab = lazy(async () => ({ default: (await import('./ComponentsTab.js')).ComponentsTab }));
const LayersTab = lazy(async () => ({ default: (await import('./LayersTab.js')).LayersTab }));
const LicencesTab = lazy(async () => ({ default: (await import('./LicencesTab.js')).LicencesTab }));
const DependenciesTab = lazy(async () => ({ default: (await import('./DependenciesTab.js')).DependenciesTab }));
const ReferrersTab = lazy(async () => ({ default: (await import('./ReferrersTab.js')).ReferrersTab }));
const HistoryTab = lazy(async () => ({ default: (await import('./HistoryTab.js')).HistoryTab }));

const chips: Readonly<Partial<Record<ImageState, readonly ['plain' | 'warning' | 'error', string]>>> = {
  'not-scanned': ['plain', 'Not scanned'],
  cancelled: ['plain', 'Scan cancelled'],
  'failed-first': ['error', 'Scan failed'],
  failed: ['error', 'Last scan failed'],
  partial: ['warning', 'Partial result'],
  scanning: ['plain', 'Scanning'],
  rescanning: ['plain', 'Scanning again'],
};

const tabNames: Readonly<Record<ImageTab, string>> = {
  summary: 'Summary',
  vulnerabilities: 'Vulnerabilities',
  components: 'Components',
  layers: 'Layers',
  licences: 'Licences',
  dependencies: 'Dependencies',
  referrers: 'Referrers',
  history: 'History',
};

function isImageTab(tab: string): tab is ImageTab {
  return tab in tabNames;
}

/** One image: what is inside it, and how we know. */
export function ImagePage() {
  const { id = '', tab = 'summary' } = useParams();
  const result = useQuery(ImageDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const image = (result.data ?? result.previousData)?.image;
  const scan = image?.latestScan;
  useScanUpdates({ ids: scan == null ? [] : [scan.id], active: scan != null && isActive(scan.state), refetch: result.refetch });
  usePageLayout({
    crumbs: [
      { text: 'Images', href: paths.images() },
      { text: image?.repository ?? '…', href: paths.images(image == null ? {} : { search: image.repository }) },
      { text: image == null ? '…' : imageSuffix(image).replace(/^[:@]/, ''), href: paths.image(id) },
    ],
  });
  return (
    <QueryView result={result}>
      {(data) => (data.image == null || !isImageTab(tab) ? <NotFoundPage what={isImageTab(tab) ? 'image' : 'page'} /> : <Image image={data.image} tab={tab} onChanged={() => void result.refetch()} />)}
    </QueryView>
  );
}

function Image({ image, tab, onChanged }: { readonly image: ImageDetails; readonly tab: ImageTab; readonly onChanged: () => void }) {
  const navigate = useNavigate();
  const actions = useScanActions();
  const state = imageState(image);
  const { content } = image;
  const chip = chips[state];
  const scanning = state === 'scanning' || state === 'rescanning';
  const scan = (): void => void actions.scanImage(image.id).then(onChanged);
  return (
    <>
      <PageHeader
        name={`${image.repository}${imageSuffix(image)}`}
        title={
          <>
            <ImageName repository={image.repository} suffix={imageSuffix(image)} /> {image.connection.sample ? <Chip kind="accent">Sample</Chip> : null}
          </>
        }
        facts={
          <>
            {content == null ? null : (
              <CopyText text={content.digest} label="digest">
                {formatLongDigest(content.digest)}
              </CopyText>
            )}
            {(content?.platform ?? image.platform) == null ? null : <span>{content?.platform ?? image.platform}</span>}
            {content == null ? null : <span>{formatSize(content.sizeBytes)}</span>}
            {image.scannedAt == null ? null : (
              <span>
                Scanned <Time instant={image.scannedAt} />
              </span>
            )}
            {content?.matching?.advisoriesAt == null ? null : <Freshness at={content.matching.advisoriesAt} />}
            {chip === undefined ? null : <Chip kind={chip[0]}>{chip[1]}</Chip>}
          </>
        }
        actions={[
          ...(content == null
            ? []
            : [
                { id: 'compare', text: 'Compare', to: paths.compare(image.id, undefined, undefined, image.repository) },
                { id: 'download', text: 'Download', items: [...content.downloads, ...(content.matching == null ? [] : content.vexDownloads)].map(({ format, label, path }) => ({ id: format, text: label, href: path })) },
              ]),
          { id: 'scan', text: content == null ? 'Scan now' : 'Scan again', loading: actions.busy, disabled: scanning, onClick: scan },
        ]}
      />
      <Stack>
        <Notice problem={actions.problem} onDismiss={actions.dismiss} />
        <ImageStatus image={image} state={state} />
        {content?.matching?.advisoriesAt == null || image.connection.sample ? null : <StaleResult advisoriesAt={content.matching.advisoriesAt} />}
        {content == null ? (
          <NoResult image={image} state={state} onScan={scan} busy={actions.busy} />
        ) : (
          <TabRow<ImageTab>
            label="Image"
            frame="page"
            selected={tab}
            onSelect={(next) => void navigate(paths.image(image.id, next), { preventScrollReset: true })}
            tabs={Object.entries(tabNames).flatMap(([name, label]) => (isImageTab(name) ? [{ id: name, label, count: tabCount(name, content) }] : []))}
          >
            {tab === 'summary' ? <SummaryTab image={image} content={content} /> : null}
            <Suspense fallback={<PageSkeleton />}>
              {tab === 'vulnerabilities' ? <VulnerabilitiesTab image={image} content={content} /> : null}
              {tab === 'components' ? <ComponentsTab image={image} content={content} /> : null}
              {tab === 'layers' ? <LayersTab image={image} content={content} /> : null}
              {tab === 'licences' ? <LicencesTab imageId={image.id} /> : null}
              {tab === 'dependencies' ? <DependenciesTab imageId={image.id} /> : null}
              {tab === 'referrers' ? <ReferrersTab image={image} /> : null}
              {tab === 'history' ? <HistoryTab imageId={image.id} /> : null}
            </Suspense>
          </TabRow>
        )}
      </Stack>
    </>
  );
}

function tabCount(tab: ImageTab, content: NonNullable<ImageDetails['content']>): string | undefined {
  if (tab === 'vulnerabilities') {
    const said = resultCounts(content);
    return said.kind === 'none' || content.matching == null ? undefined : `${said.atLeast ? '≥ ' : ''}${formatCount(content.matching.counts.total)}`;
  }
  if (tab === 'components') return formatCount(content.componentCount);
  return tab === 'layers' ? formatCount(content.layers.length) : undefined;
}

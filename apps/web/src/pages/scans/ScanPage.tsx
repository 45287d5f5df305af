import { useQuery } from '@apollo/client/react';
import { useNavigate, useParams } from 'react-router';
import { formatQuantity } from '../../formats/format-count.js';
import { formatLongDigest } from '../../formats/format-digest.js';
import { formatSpan } from '../../formats/format-duration.js';
import { formatSize } from '../../formats/format-size.js';
import { usePageLayout } from '../../frame/layout.js';
import { ScanDocument, type ScanQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { imageSuffix } from '../../scans/image-suffix.js';
import { ImageLink, ScanNews, ScanStages, ScanStatus } from '../../scans/ScanParts.js';
import { isActive, triggerText } from '../../scans/scan-words.js';
import { useScanActions } from '../../scans/use-scan-actions.js';
import { useScanUpdates } from '../../scans/use-scan-updates.js';
import { AppLink } from '../../ui/AppLink.js';
import { CopyText } from '../../ui/CopyText.js';
import { DataTable } from '../../ui/DataTable.js';
import { Facts } from '../../ui/Facts.js';
import { ImageName } from '../../ui/ImageName.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Columns, Panel, Stack } from '../../ui/Panel.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Status } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { ProblemAlert } from '../../verification/ProblemAlert.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { QueryView } from '../QueryView.js';
import { ScanLog } from './ScanLog.js';
import styles from './ScanPage.module.css';
import { stageRows } from './stage-rows.js';
import { useScanLog } from './use-scan-log.js';

/** Lines shown with a failure. */
const lastLines = 5;

type ScanDetails = NonNullable<ScanQuery['scan']>;

/** One scan from start to end. */
export function ScanPage() {
  const { id = '' } = useParams();
  const result = useQuery(ScanDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const scan = (result.data ?? result.previousData)?.scan;
  useScanUpdates({ ids: [id], active: scan != null && isActive(scan.state), refetch: result.refetch });
  usePageLayout({
    crumbs: [
      { text: 'Scans', href: paths.scans() },
      { text: scan == null ? '…' : `${scan.image.repository}${imageSuffix(scan.image)}`, href: paths.scan(id) },
    ],
  });
  return <QueryView result={result}>{(data) => (data.scan == null ? <NotFoundPage what="scan" /> : <Scan scan={data.scan} log={data.scanLog} />)}</QueryView>;
}

function Scan({ scan, log }: { readonly scan: ScanDetails; readonly log: ScanQuery['scanLog'] }) {
  const actions = useScanActions();
  const lines = useScanLog(scan.id, log, isActive(scan.state));
  const { image, failure, diagnostics, progress } = scan;
  const who = image.connection.plugin.name;
  const navigate = useNavigate();
  const retry = async (): Promise<void> => {
    const next = await actions.retry(scan.id);
    if (next !== undefined && next.id !== scan.id) await navigate(paths.scan(next.id));
  };
  return (
    <>
      <PageHeader
        name={`Scan of ${image.repository}${imageSuffix(image)}`}
        title={
          <>
            Scan of <ImageName repository={image.repository} suffix={imageSuffix(image)} />
          </>
        }
        facts={
          <>
            <ScanStatus scan={scan} withStage />
            <span>
              Started <Time instant={scan.startedAt ?? scan.createdAt} form="event" />
            </span>
            {scan.startedAt == null ? null : <span>{isActive(scan.state) ? `for ${formatSpan(scan.startedAt, scan.endedAt)}` : `took ${formatSpan(scan.startedAt, scan.endedAt)}`}</span>}
          </>
        }
        actions={[
          ...(isActive(scan.state) ? [{ id: 'cancel', text: 'Cancel scan', loading: actions.busy, onClick: () => void actions.cancel(scan.id) }] : []),
          ...(scan.state === 'FAILED' || scan.state === 'CANCELLED' ? [{ id: 'retry', text: 'Retry', loading: actions.busy, onClick: () => void retry() }] : []),
          { id: 'image', text: 'Show image', to: paths.image(image.id) },
        ]}
      />
      <Stack>
        <Notice problem={actions.problem} onDismiss={actions.dismiss} />
        {failure == null ? null : (
          <ProblemAlert heading={failure.heading} message={failure.message} remedy={failure.remedy} remedySnippet={failure.remedySnippet} who={who} upstream={{ code: failure.upstreamCode, message: failure.upstreamMessage, requestId: failure.requestId }} />
        )}
        {scan.state === 'FAILED' && lines.length > 0 ? <LastLines lines={lines.slice(-lastLines)} /> : null}
        <Columns>
          <Panel title="Stages">
            <div className={styles['track']}>
              <ScanStages scan={scan} /> <ScanNews scan={scan} />
            </div>
            <ol className={styles['stages']}>
              {stageRows(scan, new Date()).map(({ name, kind, word, took }) => (
                <li key={name} className={styles['stage']}>
                  <span className="esscm-strong">{name}</span>
                  <Status kind={kind}>{word}</Status>
                  <span className={styles['time']}>{took ?? ''}</span>
                </li>
              ))}
            </ol>
          </Panel>
          <Panel title="Facts">
            <Facts
              facts={[
                { label: 'Image', value: <ImageLink image={image} /> },
                { label: 'Connection', value: <AppLink to={paths.connection(image.connection.id)}>{image.connection.name}</AppLink> },
                { label: 'Digest', value: scan.digest == null ? null : <CopyText text={scan.digest} label="digest">{formatLongDigest(scan.digest)}</CopyText> },
                { label: 'Layers', value: progress.layersTotal === 0 ? null : `${progress.layersDone} of ${progress.layersTotal} read, ${progress.layersCached} reused` },
                { label: 'Downloaded', value: Number(progress.bytesTotal) === 0 ? null : formatSize(progress.bytesDone) },
                { label: 'Components', value: scan.componentCount == null ? null : formatQuantity(scan.componentCount, 'component') },
                { label: 'Started by', value: triggerText(scan.trigger) },
                { label: 'Attempt', value: String(scan.attempt) },
                { label: 'Reference', value: <CopyText text={scan.id} label="reference" /> },
              ]}
            />
          </Panel>
        </Columns>
        {diagnostics.length === 0 ? null : (
          <DataTable
            label="Diagnostics"
            rows={diagnostics.slice(0, 100)}
            rowId={(diagnostic) => `${diagnostic.code} ${diagnostic.path ?? ''} ${diagnostic.message}`}
            wrapLines
            header={<SectionHeader variant="h2" counter={`(${diagnostics.length})`} description="What could not be read, and why.">Diagnostics</SectionHeader>}
            empty={null}
            columns={[
              { id: 'severity', header: 'Severity', width: 120, phoneLine: 2, cell: ({ severity }) => <Status kind={severity === 'error' ? 'failed' : severity === 'warning' ? 'partial' : 'note'}>{severity.charAt(0).toUpperCase() + severity.slice(1)}</Status> },
              { id: 'message', header: 'What', phoneLine: 1, cell: ({ message }) => message },
              { id: 'path', header: 'Where', width: '30%', phoneLine: 3, cell: ({ path }) => <span className="esscm-mono">{path ?? '–'}</span> },
              { id: 'code', header: 'Code', width: 200, phoneLine: 3, cell: ({ code }) => <span className="esscm-mono esscm-secondary">{code}</span> },
            ]}
          />
        )}
        <ScanLog key={scan.id} lines={lines} active={isActive(scan.state)} fileName={`${scan.id}.log`} />
      </Stack>
    </>
  );
}

/** What came just before a failure; the whole log stands below. */
function LastLines({ lines }: { readonly lines: ScanQuery['scanLog'] }) {
  return (
    <Panel title="Before it failed">
      <ol className={styles['last']}>
        {lines.map(({ position, at, text }) => (
          <li key={position}>
            <Time instant={at} form="event" /> {text}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

import { formatQuantity } from '../../formats/format-count.js';
import { paths } from '../../paths.js';
import { stageLabel } from '../../scans/scan-words.js';
import { ScanNews, ScanStages, ScanStatus } from '../../scans/ScanParts.js';
import { Alert } from '../../ui/Alert.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Panel } from '../../ui/Panel.js';
import { Prose } from '../../ui/Prose.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { Time } from '../../ui/Time.js';
import { ProblemAlert } from '../../verification/ProblemAlert.js';
import type { ImageDetails } from './image-details.js';
import type { ImageState } from './image-state.js';
import styles from './ImageStatus.module.css';

/** What stands above an image's result: a scan under way, a failure, or what is missing. */
export function ImageStatus({ image, state }: { readonly image: ImageDetails; readonly state: ImageState }) {
  const scan = image.latestScan;
  if (scan == null) return null;
  if (state === 'scanning' || state === 'rescanning') {
    return (
      <Panel>
        <div className={styles['line']} role="status">
          <ScanStatus scan={scan} withStage />
          <ScanStages scan={scan} />
          <ScanNews scan={scan} />
          <AppLink to={paths.scan(scan.id)}>Scan details</AppLink>
          {state === 'rescanning' ? <span className="esscm-secondary">The result below stays until the new one is complete.</span> : null}
        </div>
      </Panel>
    );
  }
  if (state === 'failed' || state === 'failed-first') {
    const failure = scan.failure;
    return (
      <>
        <ProblemAlert
          heading={failure?.heading ?? 'The scan failed'}
          message={failure?.message ?? 'No reason was recorded.'}
          remedy={failure?.remedy}
          remedySnippet={failure?.remedySnippet}
          who={image.connection.plugin.name}
          upstream={{ code: failure?.upstreamCode, message: failure?.upstreamMessage, requestId: failure?.requestId }}
        />
        <div className={styles['line']}>
          <ScanStages scan={scan} />
          <span>{stageLabel(scan)}</span>
          <AppLink to={paths.scan(scan.id)}>Scan details</AppLink>
        </div>
        {state === 'failed' ? (
          <p className={styles['below']}>
            Below is the last good result, of <Time instant={image.scannedAt} />. It is still matched against new advisories.
          </p>
        ) : null}
      </>
    );
  }
  if (state === 'partial') {
    return (
      <Alert type="warning" header={`${formatQuantity(scan.diagnostics.length, 'part')} of this image could not be read, so components may be missing`} action={<AppLink to={paths.scan(scan.id)}>Scan details</AppLink>}>
        <ul className={styles['list']}>
          {scan.diagnostics.slice(0, 5).map((diagnostic) => (
            <li key={`${diagnostic.code} ${diagnostic.path ?? ''} ${diagnostic.message}`}>
              <Prose text={diagnostic.message} /> {diagnostic.path == null ? null : <span className="esscm-mono">{diagnostic.path}</span>}
            </li>
          ))}
        </ul>
      </Alert>
    );
  }
  return null;
}

interface NoResultProps {
  readonly image: ImageDetails;
  readonly state: ImageState;
  readonly onScan: () => void;
  readonly busy: boolean;
}

/** Instead of tabs while there is no result. Makes no statement about what is inside. */
export function NoResult({ image, state, onScan, busy }: NoResultProps) {
  const scanNow = (
    <Button variant="primary" loading={busy} onClick={onScan}>
      Scan now
    </Button>
  );
  const { listRepositories, listTags } = image.connection.variant.capabilities;
  return (
    <div className={styles['box']}>
      {state === 'scanning' ? (
        <EmptyState title="The first scan is under way" text="The result appears here as soon as it is complete. You can leave this page." />
      ) : state === 'failed-first' ? (
        <EmptyState title="No result yet" text="The first scan failed. There is no statement about what is inside this image." actions={scanNow} />
      ) : (
        <EmptyState
          title="Not scanned yet"
          text="ESSCM knows this image from the registry but has not read its layers. There is no statement about what is inside."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {scanNow}
              {listRepositories && listTags ? <LinkButton to={paths.connection(image.connection.id, 'rules', image.repository)}>Scan every new tag of this repository</LinkButton> : null}
            </SpaceBetween>
          }
        />
      )}
    </div>
  );
}

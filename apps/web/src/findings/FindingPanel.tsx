import { useQuery } from '@apollo/client/react';
import type { ComponentProps } from 'react';
import { formatShare, formatTopShare } from '../formats/format-share.js';
import { formatDay } from '../formats/format-time.js';
import { SidePanel } from '../frame/layout.js';
import { FindingDetailDocument, type FindingDetailQuery } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { ImageLink } from '../scans/ScanParts.js';
import { FindingHistory } from '../triage/FindingHistory.js';
import { FindingState } from '../triage/FindingState.js';
import { stateWords } from '../triage/triage-words.js';
import { AppLink } from '../ui/AppLink.js';
import { Chip } from '../ui/Chip.js';
import { CopyText } from '../ui/CopyText.js';
import { Facts } from '../ui/Facts.js';
import { LinkButton } from '../ui/LinkButton.js';
import { ExploitedBadge, SeverityMark } from '../ui/Severity.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { Spinner } from '../ui/Spinner.js';
import { Stepper } from '../ui/Stepper.js';
import styles from './FindingPanel.module.css';
import { remedyText } from './fix-text.js';
import { severityLevel } from './severity.js';

type Detail = NonNullable<FindingDetailQuery['finding']>;

interface FindingPanelProps {
  readonly id: string;
  /** For the heading while the rest is on its way. */
  readonly name: string;
  /** The way to the findings beside it, when it stands in a list. */
  readonly stepper: ComponentProps<typeof Stepper> | undefined;
  readonly onClose: () => void;
}

/** One finding: what it is, the one thing to do, and the proof that it matched. */
export function FindingPanel({ id, name, stepper, onClose }: FindingPanelProps) {
  const { data, loading } = useQuery(FindingDetailDocument, { variables: { id } });
  return (
    <SidePanel header={data?.finding?.vulnerabilityId ?? name} rowLink={`a[href*="finding=${encodeURIComponent(id)}"]`} onClose={onClose}>
      {stepper === undefined ? null : <Stepper {...stepper} />}
      {data === undefined ? (
        loading ? (
          <Spinner />
        ) : (
          <p>This finding could not be loaded.</p>
        )
      ) : data.finding === null ? (
        <p>This finding is gone: the image holds another result by now.</p>
      ) : (
        <FindingProof key={data.finding.id} finding={data.finding} />
      )}
    </SidePanel>
  );
}

function FindingProof({ finding }: { readonly finding: Detail }) {
  const { severity, exploited, score, epss, epssPercentile, summary, packageName, alsoFixedIn, image } = finding;
  return (
    <>
      <div className={styles['badges']}>
        <SeverityMark level={severityLevel(severity)} />
        {exploited == null ? null : <ExploitedBadge title={`Known to be exploited since ${exploited.since}`} />}
        {finding.state === 'UNTRIAGED' ? null : <Chip kind="accent">{stateWords[finding.state]}</Chip>}
        {score == null ? null : <Chip>CVSS {score.toFixed(1)}</Chip>}
        {epss == null ? null : <Chip>EPSS {formatShare(epss)}{epssPercentile == null ? '' : `, ${formatTopShare(epssPercentile)}`}</Chip>}
      </div>
      {summary === '' ? null : <p className={styles['summary']}>{summary}</p>}
      <div className={finding.fixVersion == null ? styles['waiting'] : styles['remedy']}>
        <b>{remedyText({ fixState: finding.fixState, fixVersion: finding.fixVersion ?? null }, packageName)}</b>
        {alsoFixedIn.length === 0 ? null : <span>Also fixed in {alsoFixedIn.join(', ')}.</span>}
      </div>
      <h3 className={styles['heading']}>Why it matched</h3>
      <dl className={styles['proof']}>
        <dt>Found</dt>
        <dd>
          <CopyText text={finding.packageUrl} label="package URL" />
        </dd>
        <dt>At</dt>
        <dd>
          {finding.locations.slice(0, 3).map(({ path, layerIndex }) => (
            <span key={`${layerIndex} ${path}`} className={`esscm-mono ${styles['block'] ?? ''}`}>
              {path}
            </span>
          ))}
          {finding.layerIndex == null ? null : (
            <small>
              <AppLink to={paths.image(image.id, 'layers', { layer: String(finding.layerIndex) })}>Layer {finding.layerIndex + 1}</AppLink>
              {finding.instruction == null ? '' : `, ${finding.instruction.slice(0, 160)}`}
            </small>
          )}
        </dd>
        <dt>Advisory says</dt>
        <dd>
          {finding.evidence.map(({ recordId, source, ecosystem, reason, packageName: asked, lookedUpBy }) => (
            <span key={`${source} ${recordId} ${ecosystem}`} className={styles['block']}>
              <span>{reason}</span>
              <small>
                {recordId} from {source}, {ecosystem}
                {lookedUpBy === 'package' ? '' : `, about the ${lookedUpBy} ${asked}`}
              </small>
            </span>
          ))}
        </dd>
        <dt>So</dt>
        <dd>
          {finding.packageVersion} is affected. <Chip kind="accent">{confidenceWords[finding.confidence] ?? finding.confidence}</Chip>
          {finding.notes.map((note) => (
            <small key={note}>{note}</small>
          ))}
        </dd>
      </dl>
      <h3 className={styles['heading']}>Severity by source</h3>
      {finding.ratings.length === 0 && <p className="esscm-small esscm-secondary">No source that names it has rated it yet.</p>}
      <ul className={styles['ratings']}>
        {finding.ratings.map(({ source, severity: level, score: points, vector }, index) => (
          <li key={`${source} ${vector ?? ''}`} title={vector ?? ''}>
            <span className="esscm-secondary">{source}</span>
            <SeverityMark level={severityLevel(level)}>{points == null ? undefined : `${level.charAt(0)}${level.slice(1).toLowerCase()}, ${points.toFixed(1)}`}</SeverityMark>
            <span className="esscm-small esscm-secondary">{index === 0 ? 'used' : ''}</span>
          </li>
        ))}
        {exploited == null ? null : (
          <li>
            <span className="esscm-secondary">CISA</span>
            <span>
              Exploited, since {formatDay(new Date(exploited.since))}
              {exploited.ransomware ? ', by ransomware' : ''}
            </span>
          </li>
        )}
      </ul>
      <h3 className={styles['heading']}>State</h3>
      <FindingState finding={finding} />
      <h3 className={styles['heading']}>History</h3>
      <FindingHistory finding={finding} />
      <Facts
        facts={[
          { label: 'Image', value: <ImageLink image={image} /> },
          { label: 'First seen', value: formatDay(new Date(finding.firstSeenAt)) },
          { label: 'Also known as', value: finding.identifiers.filter((other) => other !== finding.vulnerabilityId).join(', ') },
        ]}
      />
      <div className={styles['actions']}>
        <SpaceBetween direction="horizontal" size="xs">
          <LinkButton to={paths.vulnerability(finding.vulnerabilityId)}>Show every image with it</LinkButton>
        </SpaceBetween>
      </div>
    </>
  );
}

const confidenceWords: Readonly<Record<string, string>> = { high: 'Exact package match', medium: 'Likely match', low: 'Uncertain match' };

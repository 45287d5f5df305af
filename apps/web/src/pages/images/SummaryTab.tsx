import type { ReactNode } from 'react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { formatSpan } from '../../formats/format-duration.js';
import { formatSize } from '../../formats/format-size.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { Facts } from '../../ui/Facts.js';
import { Columns, Panel, Stack } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import { FindingSummary } from './FindingSummary.js';
import { layerInstruction, largestLayers } from './layers.js';
import type { ImageDetails } from './image-details.js';
import styles from './SummaryTab.module.css';

interface SummaryTabProps {
  readonly image: ImageDetails;
  readonly content: NonNullable<ImageDetails['content']>;
}

/** What is inside, where it belongs, and how we know. */
export function SummaryTab({ image, content }: SummaryTabProps) {
  const most = Math.max(1, ...content.ecosystems.map(({ count }) => count));
  const scan = image.latestScan;
  const cached = scan != null && scan.progress.layersCached > 0 ? `, ${scan.progress.layersCached} of ${content.layers.length} layers reused` : '';
  return (
    <Columns>
      <Stack>
        <FindingSummary image={image} content={content} />
        <Panel title={formatQuantity(content.componentCount, 'component')} description={content.partial ? 'At least: parts of this image could not be read.' : 'By package type'}>
          {content.ecosystems.length === 0 ? (
            <span className="esscm-secondary">{content.partial ? 'None was found in what could be read.' : 'No package manager left a trace in this image.'}</span>
          ) : (
            <ul className={styles['rows']}>
              {[...content.ecosystems]
                .sort((left, right) => right.count - left.count)
                .map(({ ecosystem, count }) => (
                  <li key={ecosystem} className={styles['row']}>
                    <AppLink to={paths.image(image.id, 'components', { ecosystem })}>{formatEcosystem(ecosystem)}</AppLink>
                    <b>{formatCount(count)}</b>
                    <span className={styles['track']} aria-hidden="true">
                      <span className={styles['fill']} style={{ inlineSize: `${Math.max(0.6, (count / most) * 100)}%` }} />
                    </span>
                  </li>
                ))}
            </ul>
          )}
        </Panel>
        <Panel title="Largest layers" description="What the image spends its size on">
          <Facts
            facts={largestLayers(content.layers, 5).map((layer) => ({
              label: formatSize(layer.sizeBytes),
              value: <AppLink to={paths.image(image.id, 'layers', { layer: String(layer.index) })}>{layerInstruction(layer.createdBy).slice(0, 120)}</AppLink>,
            }))}
          />
        </Panel>
      </Stack>
      <Stack>
        <Panel title="Contents">
          <Facts
            facts={[
              { label: 'System', value: content.distributionName ?? 'Not known' },
              { label: 'Base image', value: baseText(content.base) },
              { label: 'Platform', value: content.platform },
              { label: 'Size', value: `${formatSize(content.sizeBytes)} in ${formatQuantity(content.layers.length, 'layer')}` },
              { label: 'Built', value: content.created == null ? null : <Time instant={content.created} /> },
            ]}
          />
        </Panel>
        <Panel title="Where it belongs">
          <Facts
            facts={[
              {
                label: 'Project',
                value: (
                  <AppLink to={paths.project(image.projectVersion.projectId, image.projectVersion.id)}>
                    {image.projectVersion.projectName} {image.projectVersion.version}
                  </AppLink>
                ),
              },
              { label: 'Connection', value: <AppLink to={paths.connection(image.connection.id)}>{image.connection.name}</AppLink> },
              { label: 'Address', value: <span className="esscm-mono">{image.name}</span> },
              { label: 'Follows', value: image.pinnedDigest == null ? 'The tag, at each scan' : 'One digest' },
            ]}
          />
        </Panel>
        <Panel title="How we know">
          <Facts
            facts={[
              {
                label: 'Catalogued',
                value: (
                  <>
                    <Time instant={content.cataloguedAt} />
                    {cached}
                  </>
                ),
              },
              {
                label: 'Matched',
                value:
                  content.matching == null ? (
                    'Not yet'
                  ) : (
                    <>
                      <Time instant={content.matching.matchedAt} />
                      {content.matching.advisoriesAt == null ? ', without advisories' : <>, advisories of <Time instant={content.matching.advisoriesAt} /></>}
                    </>
                  ),
              },
              { label: 'Last scan', value: scan?.startedAt == null ? null : <AppLink to={paths.scan(scan.id)}>{`took ${formatSpan(scan.startedAt, scan.endedAt)}`}</AppLink> },
              { label: 'Read from', value: formatQuantity(content.layers.length, 'layer') },
              { label: 'Manifest', value: <span className="esscm-mono">{content.mediaType}</span> },
            ]}
          />
        </Panel>
      </Stack>
    </Columns>
  );
}

/** Its name and how much of the image is its own; null where nothing tells. */
function baseText(base: SummaryTabProps['content']['base']): ReactNode {
  if (base == null) return null;
  const layers = base.layerCount == null ? undefined : `the first ${base.layerCount === 1 ? 'layer' : formatQuantity(base.layerCount, 'layer')}`;
  if (base.name == null) return `Not named, ${layers ?? ''}`;
  return (
    <>
      <span className="esscm-mono">{base.name}</span>
      {layers === undefined ? '' : `, ${layers}`}
    </>
  );
}

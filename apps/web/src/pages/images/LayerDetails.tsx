import { FixCell } from '../../findings/FixCell.js';
import { severityLevel } from '../../findings/severity.js';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatDigest } from '../../formats/format-digest.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { formatSize } from '../../formats/format-size.js';
import type { ImageHiddenComponentsQuery, ImageLayerQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { CodeBlock } from '../../ui/CodeBlock.js';
import { ExploitedBadge, SeverityMark } from '../../ui/Severity.js';
import { findingsByComponent } from './findings-by-component.js';
import type { ImageDetails } from './image-details.js';
import { layerInstruction } from './layers.js';
import styles from './LayersTab.module.css';

type Content = NonNullable<ImageDetails['content']>;

/** What a layer hides of those below it. */
export type HiddenByLayer = NonNullable<NonNullable<NonNullable<ImageHiddenComponentsQuery['image']>['content']>['hiddenComponents']>[number];

interface LayerDetailsProps {
  readonly image: ImageDetails;
  readonly layer: Content['layers'][number];
  /** What the layer consists of. */
  readonly content: NonNullable<NonNullable<ImageLayerQuery['image']>['content']>;
  readonly matching: Content['matching'];
  /** Undefined where it hides nothing, or nobody knows. */
  readonly hidden: HiddenByLayer | undefined;
}

/** One build instruction: the components it brought in that have findings, with each finding and its fix; or the components by name. */
export function LayerDetails({ image, layer, content, matching, hidden }: LayerDetailsProps) {
  const groups = findingsByComponent(content.findings.edges.map(({ node }) => node));
  const withFindings = content.layerFindings.find(({ layerIndex }) => layerIndex === layer.index)?.componentCount ?? 0;
  const without = layer.componentCount - withFindings;
  const componentsOfLayer = paths.image(image.id, 'components', { layer: String(layer.index) });
  return (
    <>
      <div className={styles['head']} style={{ padding: 0 }}>
        <h2>Layer {layer.index + 1}</h2>
        <span className="esscm-mono esscm-secondary" title={layer.digest}>
          {formatDigest(layer.digest)}
        </span>
        <span className="esscm-secondary esscm-small">
          {formatSize(layer.sizeBytes)}, {formatQuantity(layer.componentCount, 'component')}
        </span>
      </div>
      <div className={styles['code']}>
        <CodeBlock text={layerInstruction(layer.createdBy)} label="build instruction" />
      </div>
      {layer.componentCount === 0 ? (
        <span className="esscm-secondary">No component of the final image comes from this layer.</span>
      ) : groups.length === 0 ? (
        <>
          <p className="esscm-secondary">{matching == null || matching.state === 'UNMATCHED' ? 'Nothing is known of its vulnerabilities: no advisories were matched.' : 'No finding is known in this layer.'}</p>
          <ul className={styles['rows']}>
            {content.components.edges.map(({ node }) => (
              <li key={node.id}>
                <span>
                  <span className="esscm-strong">{node.name}</span> <span className="esscm-mono esscm-secondary">{node.version}</span>
                </span>
                <span className="esscm-secondary">{formatEcosystem(node.ecosystem)}</span>
              </li>
            ))}
          </ul>
          <div className={styles['more']}>
            <AppLink to={componentsOfLayer}>Show {formatQuantity(layer.componentCount, 'component')} of this layer</AppLink>
          </div>
        </>
      ) : (
        <>
          <ul className={styles['components']}>
            {groups.map(({ key, name, version, ecosystem, findings }) => (
              <li key={key}>
                <div className={styles['component']}>
                  <span>
                    <span className="esscm-strong">{name}</span> <span className="esscm-mono esscm-secondary">{version}</span>
                  </span>
                  <span className="esscm-secondary">{formatEcosystem(ecosystem)}</span>
                </div>
                <ul className={styles['findings']}>
                  {findings.map((finding) => (
                    <li key={finding.id}>
                      <SeverityMark level={severityLevel(finding.severity)} />
                      <span>
                        <AppLink to={paths.image(image.id, 'vulnerabilities', { finding: finding.id })}>{finding.vulnerabilityId}</AppLink> {finding.exploited == null ? null : <ExploitedBadge />}
                      </span>
                      <span className="esscm-secondary">
                        {finding.fixVersion == null ? '' : 'fixed in '}
                        <FixCell fixState={finding.fixState} fixVersion={finding.fixVersion ?? null} />
                      </span>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          <div className={styles['more']}>
            {content.findings.pageInfo.hasNextPage ? <p className="esscm-secondary">The worst {content.findings.edges.length} findings are shown.</p> : null}
            <AppLink to={componentsOfLayer}>{without > 0 ? `Show all ${formatQuantity(layer.componentCount, 'component')}, ${formatQuantity(without, 'component')} without findings` : `Show ${formatQuantity(layer.componentCount, 'component')} of this layer`}</AppLink>
          </div>
        </>
      )}
      {hidden === undefined ? null : <Hidden image={image} hidden={hidden} />}
    </>
  );
}

/** What still lies in the image for whoever unpacks it, and is in no other list. */
function Hidden({ image, hidden }: Pick<LayerDetailsProps, 'image'> & { readonly hidden: HiddenByLayer }) {
  const more = hidden.componentCount - hidden.components.length;
  return (
    <section className={styles['hidden']}>
      <h3>Hides {formatQuantity(hidden.componentCount, 'component')} of lower layers</h3>
      <p className="esscm-secondary">Deleted or replaced here, so they are no part of the image as it runs and have no findings. Their files still lie in the lower layer.</p>
      <ul className={styles['rows']}>
        {hidden.components.map(({ name, version, packageUrl, path, layerIndex }) => (
          <li key={`${packageUrl} ${path}`}>
            <span title={path}>
              <span className="esscm-strong">{name}</span> <span className="esscm-mono esscm-secondary">{version}</span>
            </span>
            <AppLink to={paths.image(image.id, 'layers', { layer: String(layerIndex) })}>of layer {layerIndex + 1}</AppLink>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="esscm-secondary">and {formatCount(more)} more</p> : null}
    </section>
  );
}

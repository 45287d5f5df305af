import { SidePanel } from '../../frame/layout.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { formatQuantity } from '../../formats/format-count.js';
import type { ComponentFieldsFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { CopyText } from '../../ui/CopyText.js';
import { Facts } from '../../ui/Facts.js';
import styles from './ComponentPanel.module.css';
import type { ImageDetails } from './image-details.js';
import { layerInstruction } from './layers.js';

interface ComponentPanelProps {
  readonly component: ComponentFieldsFragment;
  readonly image: ImageDetails;
  readonly layers: NonNullable<ImageDetails['content']>['layers'];
  readonly onClose: () => void;
}

const locationsShown = 20;

/** One component: what it is called, and the files that prove it. */
export function ComponentPanel({ component, image, layers, onClose }: ComponentPanelProps) {
  const { name, version, description, packageUrl, locations, licences, sourceName, sourceVersion } = component;
  return (
    <SidePanel header={`${name} ${version}`.trim()} onClose={onClose}>
      {description == null || description === '' ? null : <p className={styles['text']}>{description}</p>}
      <section className={styles['section']}>
        <h3>Package</h3>
        <Facts
          facts={[
            { label: 'Package URL', value: <CopyText text={packageUrl} label="package URL" /> },
            { label: 'Elsewhere', value: <AppLink to={paths.components({ search: packageUrl.split(/[?#]/)[0] ?? packageUrl })}>Other images with this version</AppLink> },
            { label: 'Needed by', value: <AppLink to={paths.image(image.id, 'dependencies', { component: component.id })}>Show dependencies</AppLink> },
            { label: 'Type', value: formatEcosystem(component.ecosystem) },
            { label: 'Supplier', value: component.supplier },
            { label: 'Source', value: sourceName == null ? null : `${sourceName} ${sourceVersion ?? ''}`.trim() },
          ]}
        />
      </section>
      <section className={styles['section']}>
        <h3>{licences.length === 0 ? 'No licence declared' : formatQuantity(licences.length, 'licence')}</h3>
        {licences.map(({ declared, spdxExpression }) => (
          <div key={declared} className={styles['licence']}>
            {spdxExpression ?? declared}
            {spdxExpression == null || spdxExpression === declared ? null : <span className="esscm-secondary">, declared as {declared}</span>}
          </div>
        ))}
      </section>
      <section className={styles['section']}>
        <h3>Found in {formatQuantity(locations.length, 'place')}</h3>
        <ul className={styles['proof']}>
          {locations.slice(0, locationsShown).map(({ path, layerIndex, layerDiffId }) => (
            <li key={`${layerDiffId} ${path}`}>
              <span className="esscm-mono">{path}</span>
              <small>
                <AppLink to={paths.image(image.id, 'layers', { layer: String(layerIndex) })}>Layer {layerIndex + 1}</AppLink>, {layerInstruction(layers.find(({ index }) => index === layerIndex)?.createdBy).slice(0, 160)}
              </small>
            </li>
          ))}
        </ul>
        {locations.length > locationsShown ? <p className="esscm-secondary">and {locations.length - locationsShown} more, all in the SBOM</p> : null}
      </section>
    </SidePanel>
  );
}

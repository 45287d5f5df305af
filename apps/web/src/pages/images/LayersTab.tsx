import { useQuery } from '@apollo/client/react';
import { formatQuantity } from '../../formats/format-count.js';
import { formatDigest } from '../../formats/format-digest.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { formatSize } from '../../formats/format-size.js';
import { ImageComponentsDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { CodeBlock } from '../../ui/CodeBlock.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail } from '../use-address-state.js';
import type { ImageDetails } from './image-details.js';
import { layerInstruction } from './layers.js';
import styles from './LayersTab.module.css';

interface LayersTabProps {
  readonly image: ImageDetails;
  readonly content: NonNullable<ImageDetails['content']>;
}

type Layer = LayersTabProps['content']['layers'][number];

const componentsShown = 20;

/** The build instructions oldest first, and what the chosen one brought in. */
export function LayersTab({ image, content: { layers } }: LayersTabProps) {
  const [chosen, setChosen] = useAddressDetail('layer');
  const layer = layers.find(({ index }) => String(index) === chosen) ?? layers.find(({ componentCount }) => componentCount > 0) ?? layers[0];
  return (
    <div className={styles['layout']}>
      <div className={styles['left']}>
        <div className={styles['head']}>
          <h2>Build instructions</h2>
          <span className="esscm-secondary esscm-small">{formatQuantity(layers.length, 'layer')}, oldest first</span>
        </div>
        <ol className={styles['list']}>
          {layers.map((item) => (
            <li key={item.index} className={styles['item']}>
              <button type="button" className={styles['button']} aria-pressed={item.index === layer?.index} onClick={() => setChosen(String(item.index))}>
                <span className={styles['number']}>{item.index + 1}</span>
                <span>
                  <span className={styles['instruction']}>{layerInstruction(item.createdBy)}</span>
                  <span className={styles['note']}>{item.componentCount === 0 ? 'no components' : formatQuantity(item.componentCount, 'component')}</span>
                </span>
                <span className={styles['size']}>{formatSize(item.sizeBytes)}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
      <div className={styles['right']}>{layer === undefined ? 'This image has no layers.' : <LayerDetails key={layer.index} image={image} layer={layer} />}</div>
    </div>
  );
}

function LayerDetails({ image, layer }: { readonly image: ImageDetails; readonly layer: Layer }) {
  const result = useQuery(ImageComponentsDocument, {
    variables: { id: image.id, first: componentsShown, after: null, search: null, ecosystem: null, layerIndex: layer.index, licence: null },
    skip: layer.componentCount === 0,
  });
  return (
    <>
      <div className={styles['head']} style={{ padding: 0 }}>
        <h2>Layer {layer.index + 1}</h2>
        <span className="esscm-mono esscm-secondary" title={layer.digest}>
          {formatDigest(layer.digest)}
        </span>
        <span className="esscm-secondary esscm-small">{formatSize(layer.sizeBytes)}</span>
      </div>
      <div className={styles['code']}>
        <CodeBlock text={layerInstruction(layer.createdBy)} label="build instruction" />
      </div>
      {layer.componentCount === 0 ? (
        <span className="esscm-secondary">No component of the final image comes from this layer.</span>
      ) : (
        <QueryView result={result}>
          {(data) => (
            <>
              <ul className={styles['rows']}>
                {data.image?.content?.components.edges.map(({ node }) => (
                  <li key={node.id}>
                    <span>
                      <span className="esscm-strong">{node.name}</span> <span className="esscm-mono esscm-secondary">{node.version}</span>
                    </span>
                    <span className="esscm-secondary">{formatEcosystem(node.ecosystem)}</span>
                  </li>
                ))}
              </ul>
              <div className={styles['more']}>
                <AppLink to={paths.image(image.id, 'components', { layer: String(layer.index) })}>Show {formatQuantity(layer.componentCount, 'component')} of this layer</AppLink>
              </div>
            </>
          )}
        </QueryView>
      )}
    </>
  );
}

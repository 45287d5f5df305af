import { useQuery } from '@apollo/client/react';
import { useRef } from 'react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatSize } from '../../formats/format-size.js';
import { ImageHiddenComponentsDocument, ImageLayerDocument, type ImageLayerQuery } from '../../gql/graphql.js';
import { severityNumbers } from '../../findings/severity.js';
import { Chip } from '../../ui/Chip.js';
import { SeverityCells } from '../../ui/Severity.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail } from '../use-address-state.js';
import type { ImageDetails } from './image-details.js';
import { hidesText } from './hides-text.js';
import { LayerDetails, type HiddenByLayer } from './LayerDetails.js';
import { layerInstruction } from './layers.js';
import styles from './LayersTab.module.css';

interface LayersTabProps {
  readonly image: ImageDetails;
  readonly content: NonNullable<ImageDetails['content']>;
}

type LayerFindings = NonNullable<NonNullable<ImageLayerQuery['image']>['content']>['layerFindings'][number];

/** The build instructions oldest first, each with the findings it brings in, and what the chosen one consists of. */
export function LayersTab({ image, content: { layers, base, matching } }: LayersTabProps) {
  const [chosen, setChosen] = useAddressDetail('layer');
  const layer = layers.find(({ index }) => String(index) === chosen) ?? layers.find(({ componentCount }) => componentCount > 0) ?? layers[0];
  const result = useQuery(ImageLayerDocument, { variables: { id: image.id, layerIndex: layer?.index ?? 0 }, skip: layer === undefined });
  // Of every layer: what is known of one chosen before is good for the next.
  const known = (result.data ?? result.previousData)?.image?.content?.layerFindings;
  // A question of its own, as it may take seconds for an image of many layers, and nobody waits for it.
  const hidden = useQuery(ImageHiddenComponentsDocument, { variables: { id: image.id }, skip: layers.length < 2 }).data?.image?.content?.hiddenComponents ?? [];
  const baseLayers = base?.layerCount ?? 0;
  const list = useRef<HTMLDivElement>(null);
  const details = useRef<HTMLDivElement>(null);
  const choose = (index: number): void => {
    setChosen(String(index));
    // Where there is no room beside the list, what was chosen stands below all layers.
    if (details.current !== null && list.current !== null && details.current.offsetTop > list.current.offsetTop) details.current.scrollIntoView();
  };
  return (
    <div className={styles['layout']}>
      <div ref={list} className={styles['left']}>
        <div className={styles['head']}>
          <h2>Build instructions</h2>
          <span className="esscm-secondary esscm-small">{formatQuantity(layers.length, 'layer')}, oldest first</span>
          {baseLayers === 0 ? null : <Chip>{formatCount(baseLayers)} from the base image</Chip>}
        </div>
        <ol className={styles['list']}>
          {layers.map((item) => (
            <li key={item.index} className={styles['item']}>
              <button type="button" className={styles['button']} aria-pressed={item.index === layer?.index} onClick={() => choose(item.index)}>
                <span className={styles['number']}>{item.index + 1}</span>
                <span className={styles['what']}>
                  <span className={styles['instruction']}>{layerInstruction(item.createdBy)}</span>
                  <span className={styles['note']}>
                    {item.componentCount === 0 ? 'no components' : formatQuantity(item.componentCount, 'component')}
                    {hidesNote(hidden.find(({ layerIndex }) => layerIndex === item.index))}
                    {item.index < baseLayers ? `, from ${base?.name ?? 'the base image'}` : ''}
                  </span>
                </span>
                <span className={styles['size']}>{formatSize(item.sizeBytes)}</span>
                <span className={styles['cells']}>{cellsOf(known, item.index, matching)}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
      <div ref={details} className={styles['right']}>
        <div className={styles['details']}>
          {layer === undefined ? 'This image has no layers.' : <ChosenLayer key={layer.index} image={image} layer={layer} matching={matching} hidden={hidden.find(({ layerIndex }) => layerIndex === layer.index)} />}
        </div>
      </div>
    </div>
  );
}

/** Asks for itself what the list asks for, which is one request: the list keeps what it had, and here nothing of another layer may be seen. */
function ChosenLayer({ image, layer, matching, hidden }: Pick<LayersTabProps, 'image'> & Pick<Parameters<typeof LayerDetails>[0], 'layer' | 'matching' | 'hidden'>) {
  const result = useQuery(ImageLayerDocument, { variables: { id: image.id, layerIndex: layer.index } });
  return <QueryView result={result}>{(data) => (data.image?.content == null ? null : <LayerDetails image={image} layer={layer} content={data.image.content} matching={matching} hidden={hidden} />)}</QueryView>;
}

/** Beside how much the layer brings. */
function hidesNote(hidden: HiddenByLayer | undefined): string {
  return hidden === undefined ? '' : `, ${hidesText(hidden)}`;
}

/** What a layer brings in; nothing where it is not known yet, and words where there is none. */
function cellsOf(known: readonly LayerFindings[] | undefined, index: number, matching: LayersTabProps['content']['matching']) {
  if (known === undefined || matching == null || matching.state === 'UNMATCHED') return null;
  const found = known.find(({ layerIndex }) => layerIndex === index);
  return found === undefined ? <span className="esscm-secondary">none known</span> : <SeverityCells counts={severityNumbers(found.counts)} atLeast={matching.state === 'PARTIAL'} />;
}

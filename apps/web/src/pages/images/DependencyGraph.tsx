import { formatCount } from '../../formats/format-count.js';
import type { ImageDependenciesQuery, NeighbourFieldsFragment } from '../../gql/graphql.js';
import { GraphLink } from '../../ui/GraphLink.js';
import styles from './DependencyGraph.module.css';
import { boxSize, layOut } from './dependency-layout.js';

/** The end of a name stays: names of one family begin alike. */
const tailLength = 7;

type Around = NonNullable<NonNullable<NonNullable<ImageDependenciesQuery['image']>['content']>['dependencies']>;

/** The component in the middle, what needs it on the left, what it needs on the right. A box leads to its own picture. */
export function DependencyGraph({ around, addressOf }: { readonly around: Around; readonly addressOf: (id: string) => string }) {
  const layout = layOut<NeighbourFieldsFragment>({ items: around.requiredBy, count: around.directRequiredByCount }, around.component, { items: around.dependsOn, count: around.directDependsOnCount });
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label="Dependency graph; the table below holds the same">
      <div className={styles['canvas']} style={{ inlineSize: layout.width, blockSize: layout.height + (layout.hiddenLeft + layout.hiddenRight > 0 ? 28 : 0) }}>
        <svg width={layout.width} height={layout.height} className={`esscm-stroke ${styles['lines'] ?? ''}`} aria-hidden="true">
          {layout.lines.map(({ key, path }) => (
            <path key={key} d={path} />
          ))}
        </svg>
        {layout.boxes.map(({ item, side, x, y }) => (
          <div key={`${side} ${item.id}`} className={styles['place']} style={{ insetInlineStart: x, insetBlockStart: y, inlineSize: boxSize.width, blockSize: boxSize.height }}>
            <GraphLink to={side === 'middle' ? undefined : addressOf(item.id)} label={`${item.name} ${item.version}`}>
              <span className="esscm-visually-hidden">{item.name}</span>
              <span className={styles['name']} aria-hidden="true">
                <span className={styles['head']}>{item.name.slice(0, -tailLength)}</span>
                <span>{item.name.slice(-tailLength)}</span>
              </span>
              <span className={styles['version']}>{item.version}</span>
            </GraphLink>
          </div>
        ))}
        {layout.hiddenLeft === 0 ? null : <span className={styles['more']}>and {formatCount(layout.hiddenLeft)} more</span>}
        {layout.hiddenRight === 0 ? null : <span className={`${styles['more'] ?? ''} ${styles['right'] ?? ''}`}>and {formatCount(layout.hiddenRight)} more</span>}
      </div>
    </div>
  );
}

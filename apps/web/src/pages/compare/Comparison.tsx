import { formatCount } from '../../formats/format-count.js';
import { formatDigest } from '../../formats/format-digest.js';
import { formatSize } from '../../formats/format-size.js';
import type { ComparedImageFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { ImageLink } from '../../scans/ScanParts.js';
import { AppLink } from '../../ui/AppLink.js';
import { Chip } from '../../ui/Chip.js';
import { CopyLink } from '../../ui/CopyLink.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { PageHeader } from '../../ui/PageHeader.js';
import type { PagerProps } from '../../ui/Pager.js';
import { Stack } from '../../ui/Panel.js';
import { Segments } from '../../ui/Segments.js';
import { Tile, TileRow } from '../../ui/Tile.js';
import { Time } from '../../ui/Time.js';
import { changedCount, countsText } from './change-words.js';
import { ChangedComponents } from './ChangedComponents.js';
import { ChangedLayers, ChangedLicences } from './ChangedParts.js';
import type { ComparedImages } from './compared-images.js';
import styles from './compare.module.css';

export type CompareView = 'components' | 'layers' | 'licences';

interface ComparisonProps {
  readonly comparison: ComparedImages;
  readonly view: CompareView;
  readonly onView: (view: CompareView) => void;
  readonly kind: string;
  readonly onKind: (kind: string) => void;
  readonly pager: PagerProps;
}

/** Both sides, the figures, and the changes of one kind. */
export function Comparison({ comparison, view, onView, kind, onKind, pager }: ComparisonProps) {
  const { from, to, componentCounts, layers } = comparison;
  const shared = layers.filter(({ fromIndex, toIndex }) => fromIndex != null && toIndex != null).length;
  const difference = Number(to.content?.sizeBytes ?? 0) - Number(from.content?.sizeBytes ?? 0);
  const partial = from.content?.partial === true || to.content?.partial === true;
  const choice = (
    <Segments
      label="What to compare"
      selected={view}
      options={[
        { id: 'components', text: 'Components' },
        { id: 'layers', text: 'Layers' },
        { id: 'licences', text: 'Licences' },
      ]}
      onChange={onView}
    />
  );
  return (
    <>
      <PageHeader
        name="Compare images"
        facts={
          <>
            <span>{platformText(comparison)}</span>
            <CopyLink />
          </>
        }
      />
      <Stack>
        <div className={styles['sides']}>
          <Side label="From" side="from" image={from} other={to} />
          <LinkButton to={paths.compare(to.id, from.id, view === 'components' ? undefined : view)} ariaLabel="Swap the two images">
            ⇄
          </LinkButton>
          <Side label="To" side="to" image={to} other={from} />
        </div>
        <TileRow>
          <Tile label="Components changed" value={`${partial ? '≥ ' : ''}${formatCount(changedCount(componentCounts))}`} note={countsText(componentCounts)} />
          <Tile label="Components the same" value={formatCount(componentCounts.unchanged)} note={`of ${formatCount(to.content?.componentCount ?? 0)} in the later image`} />
          <Tile label="Size" value={`${difference > 0 ? '+' : difference < 0 ? '−' : '±'}${formatSize(Math.abs(difference))}`} note={`${formatSize(from.content?.sizeBytes)} before, ${formatSize(to.content?.sizeBytes)} after`} />
          <Tile label="Layers the same" value={`${shared} of ${layers.filter(({ toIndex }) => toIndex != null).length}`} note={shared === 0 ? 'Built on different bases' : 'Not downloaded twice'} />
        </TileRow>
        {view === 'components' && comparison.components != null ? <ChangedComponents comparison={comparison} components={comparison.components} kind={kind} onKind={onKind} choice={choice} pager={pager} /> : null}
        {view === 'layers' ? <ChangedLayers layers={layers} choice={choice} /> : null}
        {view === 'licences' && comparison.licences != null ? <ChangedLicences comparison={comparison} licences={comparison.licences} choice={choice} /> : null}
      </Stack>
    </>
  );
}

/** The same platform once; two when they differ, which is worth a second look. */
function platformText({ from, to }: ComparedImages): string {
  const [one, other] = [from.content?.platform ?? '', to.content?.platform ?? ''];
  return one === other ? `${one}, what each image holds now` : `${one} against ${other}: different platforms differ in every package`;
}

function Side({ label, side, image, other }: { readonly label: string; readonly side: 'from' | 'to'; readonly image: ComparedImageFragment; readonly other: ComparedImageFragment }) {
  const { content } = image;
  const [from, to] = side === 'from' ? [image.id, other.id] : [other.id, image.id];
  return (
    <section className={styles['side']} aria-label={label}>
      <div className={styles['label']}>{label}</div>
      <div className={styles['name']}>
        <ImageLink image={image} /> <AppLink to={`${paths.compare(from, to)}&choose=${side}`} ariaLabel={`Change the image under ${label}`}>Change</AppLink>
      </div>
      <div className={styles['facts']}>
        <span className="esscm-mono" title={content?.digest ?? ''}>{formatDigest(content?.digest ?? '')}</span>
        <span>{formatSize(content?.sizeBytes)}</span>
        <span>
          scanned <Time instant={image.scannedAt} />
        </span>
        {content?.partial === true ? <Chip kind="warning">Partial result</Chip> : null}
      </div>
    </section>
  );
}

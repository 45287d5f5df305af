import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatDigest } from '../../formats/format-digest.js';
import { formatSize } from '../../formats/format-size.js';
import { formatTime } from '../../formats/format-time.js';
import { FindingCounts } from '../../findings/FindingCounts.js';
import type { ComparedImageFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { ImageLink } from '../../scans/ScanParts.js';
import { Alert } from '../../ui/Alert.js';
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
import { comparisonCsvAddress, type ChangeFilter } from './change-filter.js';
import { ChangedFindings } from './ChangedFindings.js';
import { ChangedFindingsTile } from './ChangedFindingsTile.js';
import { ChangedLayers, ChangedLicences } from './ChangedParts.js';
import type { ComparedImages } from './compared-images.js';
import styles from './compare.module.css';

export type CompareView = 'components' | 'findings' | 'layers' | 'licences';

interface ComparisonProps {
  readonly comparison: ComparedImages;
  readonly view: CompareView;
  readonly onView: (view: CompareView) => void;
  readonly kind: string;
  readonly onKind: (kind: string) => void;
  readonly findingFilter: ChangeFilter;
  readonly onFindingFilter: (filter: ChangeFilter) => void;
  readonly pager: PagerProps;
}

/** Both sides, the figures, and the changes of one kind. */
export function Comparison({ comparison, view, onView, kind, onKind, findingFilter, onFindingFilter, pager }: ComparisonProps) {
  const { from, to, componentCounts, layers } = comparison;
  const difference = Number(to.content?.sizeBytes ?? 0) - Number(from.content?.sizeBytes ?? 0);
  const partial = from.content?.partial === true || to.content?.partial === true;
  const unjudged = unjudgedTexts(comparison);
  const findingsAddress = (changes: string) => paths.compare(from.id, to.id, 'findings', undefined, changes);
  const choice = (
    <Segments
      label="What to compare"
      selected={view}
      options={[
        { id: 'components', text: 'Components' },
        { id: 'findings', text: 'Findings' },
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
            <span>{advisoriesText(from.content?.matching?.advisoriesAt, to.content?.matching?.advisoriesAt)}</span>
            <CopyLink />
          </>
        }
        actions={comparison.findingCounts == null ? [] : [{ id: 'csv', text: 'Export findings', onClick: () => window.location.assign(comparisonCsvAddress(from.id, to.id, findingFilter)) }]}
        withoutPrimary
      />
      <Stack>
        <div className={styles['sides']}>
          <Side label="From" side="from" image={from} other={to} />
          <LinkButton to={paths.compare(to.id, from.id, view === 'components' ? undefined : view)} ariaLabel="Swap the two images">
            ⇄
          </LinkButton>
          <Side label="To" side="to" image={to} other={from} />
        </div>
        {unjudged.length === 0 ? null : (
          <Alert type="warning" header="Findings cannot be compared">
            {unjudged.map((side) => `${side}.`).join(' ')} That a finding is missing on one side would mean nothing. Components, layers and licences are compared below.
          </Alert>
        )}
        <TileRow>
          <ChangedFindingsTile label="Findings fixed" sign="−" tone="good" totals={comparison.findingCounts?.fixed} addressOf={findingsAddress('fixed')} />
          <ChangedFindingsTile label="Findings new" sign="+" tone="bad" totals={comparison.findingCounts?.introduced} addressOf={findingsAddress('introduced')} />
          <ChangedFindingsTile label="Findings unchanged" sign="" tone="plain" totals={comparison.findingCounts?.unchanged} addressOf={findingsAddress('unchanged')} />
          <Tile label="Components changed" value={`${partial ? '≥ ' : ''}${formatCount(changedCount(componentCounts))}`} note={`${countsText(componentCounts)}; ${formatCount(componentCounts.unchanged)} the same`} />
          <Tile label="Size" value={`${difference > 0 ? '+' : difference < 0 ? '−' : '±'}${formatSize(Math.abs(difference))}`} note={layersText(layers)} />
        </TileRow>
        {view === 'components' && comparison.components != null ? <ChangedComponents comparison={comparison} components={comparison.components} kind={kind} onKind={onKind} choice={choice} pager={pager} /> : null}
        {view === 'findings' ? <ChangedFindings comparison={comparison} choice={choice} pager={pager} filter={findingFilter} onFilter={onFindingFilter} /> : null}
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

/** What each side was held against, which makes a difference of its own where it is not the same. */
function advisoriesText(from: string | null | undefined, to: string | null | undefined): string {
  if (from == null || to == null) return '';
  const [one, other] = [formatTime(from), formatTime(to)];
  return from === to ? `both matched against advisories of ${one}` : `matched against advisories of ${one} and of ${other}`;
}

/** Why findings cannot be compared: each side that was not judged. */
function unjudgedTexts({ from, to, findingCounts }: ComparedImages): readonly string[] {
  if (findingCounts != null) return [];
  return ([['The earlier image', from], ['The later image', to]] as const)
    .filter(([, { content }]) => (content?.matching?.state ?? 'UNMATCHED') === 'UNMATCHED')
    .map(([side, { content }]) => (content?.matching == null ? `${side} has not been matched against advisories yet` : `There are no advisories for what is in ${side.toLowerCase()}`));
}

/** "9 of 14 layers are the same". */
function layersText(layers: ComparedImages['layers']): string {
  const shared = layers.filter(({ fromIndex, toIndex }) => fromIndex != null && toIndex != null).length;
  const total = layers.filter(({ toIndex }) => toIndex != null).length;
  return shared === 0 ? 'No layer is the same' : `${formatCount(shared)} of ${formatQuantity(total, 'layer')} ${total === 1 ? 'is' : 'are'} the same`;
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
        {content?.matching?.state === 'PARTIAL' ? <Chip kind="warning">Judged in part</Chip> : null}
      </div>
      <div className={styles['counts']}>
        <FindingCounts content={content} to={paths.image(image.id, 'vulnerabilities')} />
      </div>
    </section>
  );
}

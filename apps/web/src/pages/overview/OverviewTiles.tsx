import { formatCount, formatQuantity } from '../../formats/format-count.js';
import type { OverviewQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { Tile, TileRow } from '../../ui/Tile.js';
import { Time } from '../../ui/Time.js';

interface OverviewTilesProps {
  readonly overview: OverviewQuery['overview'];
  readonly totals: OverviewQuery['findings']['totals'];
}

/** Four figures, each opening what it counts. Where nothing is scanned there is no figure. */
export function OverviewTiles({ overview, totals }: OverviewTilesProps) {
  const { imageCount, scannedImageCount, partialImageCount, failedScanCount, oldestResultAt } = overview;
  const { total } = totals.counts;
  const known = scannedImageCount > 0;
  const unscanned = imageCount - scannedImageCount;
  const notes = [
    ...(unscanned > 0 ? [`${formatCount(unscanned)} without a result`] : []),
    ...(partialImageCount > 0 ? [`${formatCount(partialImageCount)} partial`] : []),
    ...(failedScanCount > 0 ? [`${formatCount(failedScanCount)} failed`] : []),
  ];
  return (
    <TileRow>
      <Tile
        label="Known exploited"
        value={known ? <AppLink to={paths.findings({ exploited: 'yes' })} {...(totals.exploitedCount > 0 && { tone: 'critical' })}>{formatCount(totals.exploitedCount)}</AppLink> : 'No result'}
        note={known ? `of ${formatQuantity(total, 'finding')}` : 'Nothing is scanned yet'}
      />
      <Tile
        label="Images scanned"
        value={<AppLink to={paths.images()} tone="ink">{`${formatCount(scannedImageCount)} of ${formatCount(imageCount)}`}</AppLink>}
        note={imageCount === 0 ? 'No image is chosen yet' : notes.length === 0 ? 'Every image was read whole' : notes.join(', ')}
      />
      <Tile
        label="Fixable now"
        value={known ? <AppLink to={paths.findings({ fix: 'available' })} tone="ink">{formatCount(totals.fixableCount)}</AppLink> : 'No result'}
        note={!known ? 'Nothing is scanned yet' : total === 0 ? 'No finding is known' : `${Math.round((totals.fixableCount / total) * 100)} % of findings`}
      />
      <Tile label="Oldest result" value={oldestResultAt == null ? 'No result' : <Time instant={oldestResultAt} form="age" />} note={oldestResultAt == null ? 'No image is scanned yet' : <Time instant={oldestResultAt} />} />
    </TileRow>
  );
}

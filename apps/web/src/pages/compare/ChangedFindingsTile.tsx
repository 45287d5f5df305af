import { formatCount } from '../../formats/format-count.js';
import type { ChangeTotalsFragment } from '../../gql/graphql.js';
import { severityNumbers } from '../../findings/severity.js';
import { AppLink } from '../../ui/AppLink.js';
import { severityText } from '../../ui/Severity.js';
import { Tile } from '../../ui/Tile.js';
import styles from './compare.module.css';

interface ChangedFindingsTileProps {
  readonly label: string;
  readonly sign: string;
  readonly tone: 'good' | 'bad' | 'plain';
  /** Null where one of the images was not judged: then there is no number. */
  readonly totals: ChangeTotalsFragment | null | undefined;
  readonly addressOf: string;
}

/** How many findings are of one kind of change, with their severities; leads to them. */
export function ChangedFindingsTile({ label, sign, tone, totals, addressOf }: ChangedFindingsTileProps) {
  if (totals == null) return <Tile label={label} value="No result" note="An image was not judged" />;
  const { counts, exploitedCount } = totals;
  const shown = `${counts.total === 0 ? '' : sign}${formatCount(counts.total)}`;
  return (
    <Tile
      label={label}
      value={
        <AppLink to={addressOf} tone="ink">
          <span className={counts.total === 0 ? undefined : styles[tone]}>{shown}</span>
        </AppLink>
      }
      note={`${counts.total === 0 ? 'None' : severityText(severityNumbers(counts))}${exploitedCount === 0 ? '' : `; ${formatCount(exploitedCount)} exploited`}`}
    />
  );
}

import { severityNumbers } from '../findings/severity.js';
import { formatCount } from '../formats/format-count.js';
import type { FindingAgeRowFragment } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { AppLink } from '../ui/AppLink.js';
import { SeverityMark, severityText, severityWord, type SeverityLevel } from '../ui/Severity.js';
import { ageText } from './age-text.js';
import { axisValues } from './scale.js';
import { ChartPanel } from './ChartPanel.js';
import styles from './charts.module.css';

const shown: readonly SeverityLevel[] = ['critical', 'high', 'medium', 'low'];

/** Open findings by how long ago they were first seen: a bar for each age, its parts the severities; the number opens them. */
export function AgeChart({ ages }: { readonly ages: readonly FindingAgeRowFragment[] }) {
  const scale = axisValues(Math.max(...ages.map(({ counts }) => counts.total)));
  const most = scale[0] ?? 1;
  const rest = (counts: FindingAgeRowFragment['counts']) => counts.total - shown.reduce((sum, level) => sum + (severityNumbers(counts)[level] ?? 0), 0);
  return (
    <ChartPanel
      name="ages"
      title="Age of open findings"
      description="Since they were first seen in an image"
      table={{
        label: 'Open findings by age',
        head: ['Age', ...shown.map(severityWord), 'Other', 'All'],
        rows: ages.map((age) => [ageText(age), ...shown.map((level) => formatCount(severityNumbers(age.counts)[level] ?? 0)), formatCount(rest(age.counts)), <AddressedCount key="all" age={age} />]),
      }}
    >
      <ul className={styles['bars']}>
        {ages.map((age) => (
          <li key={age.fromDays}>
            <span>{ageText(age)}</span>
            <AddressedCount age={age} />
            <span className={styles['track']} role="img" aria-label={severityText(severityNumbers(age.counts))} title={severityText(severityNumbers(age.counts))}>
              {[...shown, 'rest' as const].map((level) => {
                const count = level === 'rest' ? rest(age.counts) : (severityNumbers(age.counts)[level] ?? 0);
                return count === 0 ? null : <span key={level} className={styles[`${level}Fill`]} style={{ inlineSize: `${(count / most) * 100}%` }} />;
              })}
            </span>
          </li>
        ))}
        <li aria-hidden="true">
          <span className="esscm-secondary esscm-small">Findings</span>
          <span />
          <span className={styles['barScale']}>
            {[0, scale[Math.floor(scale.length / 2)] ?? 0, most].filter((value, index, values) => values.indexOf(value) === index).map((value) => (
              <span key={value} style={{ insetInlineStart: `${(value / most) * 100}%`, translate: `-${(value / most) * 100}%` }}>
                {formatCount(value)}
              </span>
            ))}
          </span>
        </li>
      </ul>
      <ul className={styles['legend']} aria-hidden="true">
        {shown.map((level) => (
          <li key={level}>
            <SeverityMark level={level} />
          </li>
        ))}
        {ages.some(({ counts }) => rest(counts) > 0) ? (
          <li>
            <span className={styles['legendKey']} /> Other
          </li>
        ) : null}
      </ul>
    </ChartPanel>
  );
}

function AddressedCount({ age }: { readonly age: FindingAgeRowFragment }) {
  const { fromDays, toDays, counts } = age;
  if (counts.total === 0) return <span className="esscm-secondary">0</span>;
  const to = paths.findings({ group: 'none', state: 'open', ...(toDays != null && { since: String(toDays) }), ...(fromDays > 0 && { before: String(fromDays) }) });
  return (
    <AppLink to={to} ariaLabel={`${formatCount(counts.total)} open findings, ${ageText(age).toLowerCase()}`}>
      {formatCount(counts.total)}
    </AppLink>
  );
}

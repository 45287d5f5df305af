import { useState } from 'react';
import { formatCount } from '../../formats/format-count.js';
import { formatDay } from '../../formats/format-time.js';
import type { OverviewQuery } from '../../gql/graphql.js';
import { Panel } from '../../ui/Panel.js';
import { SeverityMark, severityWord } from '../../ui/Severity.js';
import { TextButton } from '../../ui/TextButton.js';
import styles from './Trend.module.css';
import { trendChart, type TrendLevel } from './trend-lines.js';

const shown: readonly TrendLevel[] = ['critical', 'high', 'medium', 'low'];

/** Findings by severity over two weeks, as lines or as the same numbers in a table. */
export function Trend({ days }: { readonly days: OverviewQuery['findingTrend'] }) {
  const [table, setTable] = useState(false);
  const chart = trendChart(days);
  const last = days.at(-1);
  const dayText = (day: string | undefined): string => (day === undefined ? '' : formatDay(new Date(`${day}T12:00:00Z`)));
  return (
    <Panel title="Trend" description="Findings by severity, 14 days" aside={<TextButton onClick={() => setTable(!table)}>{table ? 'Show as lines' : 'Show as table'}</TextButton>}>
      {table ? (
        <div className={styles['scroll']} tabIndex={0} role="region" aria-label="Findings by day">
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">Day</th>
                {shown.map((level) => (
                  <th key={level} scope="col">
                    {severityWord(level)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...days].reverse().map((day) => (
                <tr key={day.day}>
                  <th scope="row">{dayText(day.day)}</th>
                  {shown.map((level) => (
                    <td key={level}>{formatCount(day[level])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <>
          <svg className={`esscm-stroke ${styles['chart'] ?? ''}`} viewBox={`0 -4 ${chart.width + 4} ${chart.height + 8}`} preserveAspectRatio="none" role="img" aria-label={`From ${dayText(days[0]?.day)} to ${dayText(last?.day)}: ${shown.map((level) => `${severityWord(level).toLowerCase()} from ${days[0]?.[level] ?? 0} to ${last?.[level] ?? 0}`).join(', ')}`}>
            {chart.guides.map(({ value, y }) => (
              <line key={value} x1="0" x2={chart.width} y1={y} y2={y} className={styles['guide']} />
            ))}
            {chart.lines.map(({ level, path, points }) => (
              <g key={level} className={styles[level]}>
                <path d={path} className={styles['line']} />
                {points.length === 1 ? <circle cx={points[0]?.x} cy={points[0]?.y} r="3" /> : null}
              </g>
            ))}
          </svg>
          <div className={styles['axis']} aria-hidden="true">
            <span>{dayText(days[0]?.day)}</span>
            <span>{days.length > 2 ? dayText(days[Math.floor(days.length / 2)]?.day) : ''}</span>
            <span>{dayText(last?.day)}</span>
          </div>
          {days.length === 1 ? <p className="esscm-secondary esscm-small">The first day on record. The lines grow day by day.</p> : null}
          <ul className={styles['legend']}>
            {shown.map((level) => (
              <li key={level}>
                <SeverityMark level={level}>
                  {formatCount(last?.[level] ?? 0)} {severityWord(level).toLowerCase()}
                </SeverityMark>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

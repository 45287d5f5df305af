import type { ReactNode } from 'react';
import { formatCount } from '../formats/format-count.js';
import { formatDay } from '../formats/format-time.js';
import { SeverityMark, severityWord } from '../ui/Severity.js';
import { ChartPanel } from './ChartPanel.js';
import styles from './charts.module.css';
import { trendChart, type TrendChart, type TrendDay, type TrendLevel } from './trend-lines.js';

const shown: readonly TrendLevel[] = ['critical', 'high', 'medium', 'low'];

interface TrendProps<Day extends TrendDay> {
  readonly description: string;
  /** Oldest first; at least one. */
  readonly days: readonly Day[];
  /** One more column of the table. */
  readonly further?: { readonly head: string; readonly cell: (day: Day) => ReactNode };
  /** What qualifies the numbers, below the lines. */
  readonly note?: ReactNode;
}

/** Findings by severity over days, as lines or as the same numbers in a table. */
export function Trend<Day extends TrendDay>({ description, days, further, note }: TrendProps<Day>) {
  const chart = trendChart(days);
  const last = days.at(-1);
  const dayText = (day: string | undefined): string => (day === undefined ? '' : formatDay(new Date(`${day}T12:00:00Z`)));
  return (
    <ChartPanel
      name="trend"
      title="Trend"
      description={description}
      table={{
        label: 'Findings by day',
        head: ['Day', ...shown.map(severityWord), ...(further === undefined ? [] : [further.head])],
        rows: days.toReversed().map((day) => [dayText(day.day), ...shown.map((level) => formatCount(day[level])), ...(further === undefined ? [] : [further.cell(day)])]),
      }}
    >
      <div className={styles['plot']} role="img" aria-label={`From ${dayText(days[0]?.day)} to ${dayText(last?.day)}: ${shown.map((level) => `${severityWord(level).toLowerCase()} from ${formatCount(days[0]?.[level] ?? 0)} to ${formatCount(last?.[level] ?? 0)}`).join(', ')}`}>
        <span className={styles['unit']}>Findings</span>
        <ValueAxis guides={chart.guides} height={chart.height} />
        <svg className={`esscm-stroke ${styles['chart'] ?? ''}`} viewBox={`0 0 ${chart.width} ${chart.height}`} preserveAspectRatio="none" aria-hidden="true">
          {chart.guides.map(({ value, y }) => (
            <line key={value} x1="0" x2={chart.width} y1={y} y2={y} className={styles['guide']} />
          ))}
          {chart.lines.map(({ level, path, points }) => (
            <g key={level} className={styles[level]}>
              <path d={path} className={styles['line']} />
              {/* A line of no length with round ends: a circle would be stretched with the chart. */}
              {points.length === 1 ? <path d={`M${points[0]?.x} ${points[0]?.y}h0`} className={styles['dot']} /> : null}
            </g>
          ))}
        </svg>
        <span className={styles['names']}>
          {chart.names.map(({ level, y }) => (
            <span key={level} className={styles[`${level}Text`]} style={{ insetBlockStart: share(y, chart.height) }}>
              {severityWord(level).charAt(0)}
            </span>
          ))}
        </span>
        <span className={styles['days']}>
          {chart.days.map(({ day, x }) => (
            <span key={day} style={{ insetInlineStart: share(x, chart.width), translate: `-${share(x, chart.width)}` }}>
              {dayText(day)}
            </span>
          ))}
        </span>
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
      {note === undefined ? null : <p className="esscm-secondary esscm-small">{note}</p>}
    </ChartPanel>
  );
}

function ValueAxis({ guides, height }: { readonly guides: TrendChart['guides']; readonly height: number }) {
  return (
    <span className={styles['values']}>
      {/* The longest number makes the room; each then stands at its line. */}
      <span className={styles['room']}>{formatCount(guides[0]?.value ?? 0)}</span>
      {guides.map(({ value, y }) => (
        <span key={value} style={{ insetBlockStart: share(y, height) }}>
          {formatCount(value)}
        </span>
      ))}
    </span>
  );
}

function share(part: number, whole: number): string {
  return `${(part / whole) * 100}%`;
}

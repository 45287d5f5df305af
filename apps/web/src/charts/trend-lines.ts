import { axisValues } from './scale.js';

/** A day of the chart; `YYYY-MM-DD`. */
export interface TrendDay {
  readonly day: string;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

export type TrendLevel = 'critical' | 'high' | 'medium' | 'low';

/** Where a day's value stands, in pixels from the top left. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** The lines of the chart. */
export interface TrendChart {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly { readonly level: TrendLevel; readonly points: readonly Point[]; readonly path: string }[];
  /** Values of the horizontal guides, highest first. */
  readonly guides: readonly { readonly value: number; readonly y: number }[];
  /** Where each line is named, beside its end, from the top down and never one over another. */
  readonly names: readonly { readonly level: TrendLevel; readonly y: number }[];
  /** The days that are named below: the first, one near the middle, the last. */
  readonly days: readonly { readonly day: string; readonly x: number }[];
}

const size = { width: 420, height: 150 } as const;
const levels: readonly TrendLevel[] = ['critical', 'high', 'medium', 'low'];
const dayMs = 86_400_000;
const nameHeight = 14;

/** Lines over days on one linear scale from zero, so that a small number looks small. Days that are missing leave room, not a zero. */
export function trendChart(days: readonly TrendDay[]): TrendChart {
  const first = time(days[0]);
  const span = Math.max(dayMs, time(days.at(-1)) - first);
  const values = axisValues(Math.max(...days.flatMap((day) => levels.map((level) => day[level]))));
  const y = (value: number): number => round(size.height - (value / (values[0] ?? 1)) * size.height);
  const x = (day: TrendDay): number => (days.length === 1 ? size.width : round(((time(day) - first) / span) * size.width));
  const lines = levels.map((level) => {
    const points = days.map((day) => ({ x: x(day), y: y(day[level]) }));
    return { level, points, path: points.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join('') };
  });
  return {
    ...size,
    lines,
    guides: values.map((value) => ({ value, y: y(value) })),
    names: apart(lines.map(({ level, points }) => ({ level, y: points.at(-1)?.y ?? size.height }))),
    days: [...new Set([0, Math.floor(days.length / 2), days.length - 1])].flatMap((index) => days[index] ?? []).map((day) => ({ day: day.day, x: x(day) })),
  };
}

/** Moves names up until none lies over the one below it; of those at one height the worst is on top. */
function apart(names: TrendChart['names']): TrendChart['names'] {
  let below = size.height + nameHeight;
  return names
    .toReversed()
    .toSorted((one, other) => other.y - one.y)
    .map(({ level, y }) => ({ level, y: (below = Math.min(y, below - nameHeight)) }))
    .toReversed();
}

function time(day: TrendDay | undefined): number {
  return day === undefined ? 0 : Date.parse(`${day.day}T00:00:00Z`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

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
}

const size = { width: 420, height: 150 } as const;
const levels: readonly TrendLevel[] = ['critical', 'high', 'medium', 'low'];
const dayMs = 86_400_000;

/** Lines over days on one linear scale from zero, so that a small number looks small. Days that are missing leave room, not a zero. */
export function trendChart(days: readonly TrendDay[]): TrendChart {
  const first = time(days[0]);
  const span = Math.max(dayMs, time(days.at(-1)) - first);
  const top = niceTop(Math.max(1, ...days.flatMap((day) => levels.map((level) => day[level]))));
  const y = (value: number): number => round(size.height - (value / top) * size.height);
  return {
    ...size,
    lines: levels.map((level) => {
      const points = days.map((day) => ({ x: days.length === 1 ? size.width : round(((time(day) - first) / span) * size.width), y: y(day[level]) }));
      return { level, points, path: points.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join('') };
    }),
    guides: [top, top / 2, 0].map((value) => ({ value, y: y(value) })),
  };
}

function time(day: TrendDay | undefined): number {
  return day === undefined ? 0 : Date.parse(`${day.day}T00:00:00Z`);
}

/** The next of 2, 4, 10, 20, 40, 100 …: half of it is a whole number too. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [2, 4, 10].map((step) => step * power).find((candidate) => candidate >= value) ?? 10 * power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

import { percent, quietShare } from '../machine-use.js';

/** One goal of the performance notes with what was measured; `undefined` where it was not. */
export interface MeasuredGoal {
  readonly goal: string;
  readonly what: string;
  readonly figure: number | undefined;
  readonly unit: string;
  readonly most?: number;
  readonly least?: number;
  readonly aim: number | undefined;
  /** Of wall time, which says nothing when the machine was busy: the share of the cores that others used meanwhile. */
  readonly othersShare?: number;
}

type Verdict = 'reached' | 'aim reached' | 'MISSED' | 'not measured' | 'machine busy';

/** Whether the figure is what the goal asks for. */
function verdictOf({ figure, most, least, aim, othersShare = 0 }: MeasuredGoal): Verdict {
  if (figure === undefined) return 'not measured';
  const meets = (bound: number | undefined): boolean => bound === undefined || (most === undefined ? figure >= bound : figure <= bound);
  if (othersShare > quietShare) return 'machine busy';
  if (!meets(most ?? least)) return 'MISSED';
  return aim !== undefined && meets(aim) ? 'aim reached' : 'reached';
}

/** The goals as rows of a Markdown table, to be kept as they are printed. */
export function goalTable(goals: readonly MeasuredGoal[]): string {
  const rows = goals.map((goal) => {
    const { what, figure, unit, most, least, aim, othersShare } = goal;
    const bound = most === undefined ? `≥ ${least ?? ''}` : `≤ ${most}`;
    return [goal.goal, what, figure === undefined ? 'n/a' : `${rounded(figure)}${unit}`, bound, aim === undefined ? '–' : String(aim), othersShare === undefined ? '' : percent(othersShare), verdictOf(goal)];
  });
  return markdownTable(['goal', 'what', 'figure', 'must', 'aim', 'others', ''], rows);
}

export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function rounded(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure >= 10 ? figure.toFixed(1) : figure.toFixed(2);
}

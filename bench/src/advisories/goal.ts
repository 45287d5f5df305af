/** A figure, and what it has to be. */
export interface Goal {
  readonly goal: string;
  readonly figure: number;
  readonly least?: number;
  readonly most?: number;
  readonly aim?: number;
}

/** Goals with their figures; the run fails when one is missed. */
export function printGoals(goals: readonly Goal[]): void {
  console.table(
    goals.map(({ goal, figure, least, most, aim }) => {
      const isReached = (least === undefined || figure >= least) && (most === undefined || figure <= most);
      if (!isReached) process.exitCode = 1;
      return { goal, figure, must: least === undefined ? `at most ${most ?? ''}` : `at least ${least}`, aim: aim ?? '–', reached: isReached ? 'yes' : 'NO' };
    }),
  );
}

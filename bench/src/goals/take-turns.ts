import { median, type Cost } from '../measure.js';

export type Contestant = (layout: string) => Promise<Cost>;

/** What each contestant cost, round by round. */
export type Taken = ReadonlyMap<string, readonly Cost[]>;

/** One run of each to warm up, then round by round. */
export async function takeTurns(contestants: Readonly<Record<string, Contestant>>, layout: string, rounds: number): Promise<Taken> {
  const costs = new Map<string, Cost[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(contestants)) {
      const cost = await run(layout);
      console.error(`${layout}, round ${round}: ${name} ${cost.cpuSeconds.toFixed(2)} s of CPU, ${cost.peakMegabytes.toFixed(0)} MB`);
      if (round > 0) costs.get(name)?.push(cost);
    }
  }
  return costs;
}

/** Median of the ratios of each round. */
export function ratio(taken: Taken, one: string, other: string, figure: keyof Cost): number {
  return median(ofRounds(taken, one, other, (cost, against) => cost[figure] / against[figure]));
}

/** Share of the cores that others used while the two took a turn, in the middle one of the rounds, as their ratio is. */
export function othersDuring(taken: Taken, one: string, other: string): number {
  return median(ofRounds(taken, one, other, (cost, against) => Math.max(cost.othersShare, against.othersShare)));
}

function ofRounds(taken: Taken, one: string, other: string, judge: (cost: Cost, against: Cost) => number): readonly number[] {
  const others = taken.get(other) ?? [];
  return (taken.get(one) ?? []).flatMap((cost, round) => {
    const against = others[round];
    return against === undefined ? [] : [judge(cost, against)];
  });
}

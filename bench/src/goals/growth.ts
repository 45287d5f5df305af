import { measure, median, type Cost } from '../measure.js';
import { esscm } from '../command.js';
import type { MeasuredGoal } from './report.js';
import { ratio, takeTurns, type Contestant, type Taken } from './take-turns.js';

/** So many that both images are read in the same way, whatever the command would choose. */
const threads = 2;

/**
 * What memory does when an image grows (P7): `few` and eight times as much of the same, by as many threads, by none, and as the
 * command chooses. The goal is about the first: a small image may well be read in another way, with less.
 */
export async function measureGrowth(few: string, many: string, document: string, rounds: number): Promise<Taken> {
  const scan = (image: string, options: readonly string[]): Contestant => () => measure(esscm, ['scan', `oci:${image}`, ...options, '--format', 'cyclonedx-json', '--output', document]);
  const by = (count: number) => ['--threads', String(count)];
  const contestants = { few: scan(few, by(threads)), many: scan(many, by(threads)), 'few, none': scan(few, by(0)), 'many, none': scan(many, by(0)), 'few, chosen': scan(few, []), 'many, chosen': scan(many, []) };
  return takeTurns(contestants, few, rounds);
}

export function growthGoal(taken: Taken): MeasuredGoal {
  return { goal: 'P7', what: `peak memory of eight times as much of the same ÷ once, ${threads} threads each`, figure: ratio(taken, 'many', 'few', 'peakMegabytes'), unit: ' ×', most: 1.25, aim: 1.1 };
}

/** A sentence on all ways of reading, so that the ratio of the goal does not stand alone. */
export function describeGrowth(taken: Taken): string {
  const peak = (name: string): string => median((taken.get(name) ?? []).map(({ peakMegabytes }: Cost) => peakMegabytes)).toFixed(0);
  const pair = (few: string, many: string): string => `${peak(few)} and ${peak(many)} MB (${ratio(taken, many, few, 'peakMegabytes').toFixed(2)} ×)`;
  return `Peak memory of one layer and of eight times as much of the same: ${pair('few', 'many')} by ${threads} threads, ${pair('few, none', 'many, none')} on the main thread alone, ${pair('few, chosen', 'many, chosen')} as the command chooses by itself.`;
}

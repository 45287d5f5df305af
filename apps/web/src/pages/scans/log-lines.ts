import type { ScanLogFactsFragment, ScanLogLevel } from '../../gql/graphql.js';
import { stageName } from '../../scans/scan-words.js';

/** Which lines are shown: all, those that say that something is missing or failed, or failures alone. */
export type LogView = 'all' | 'warnings' | 'errors';

const shown: Readonly<Record<LogView, ReadonlySet<ScanLogLevel>>> = {
  all: new Set(['INFO', 'WARNING', 'ERROR']),
  warnings: new Set(['WARNING', 'ERROR']),
  errors: new Set(['ERROR']),
};

/** Lines of both lists in their order, each once: an answer and events overlap. */
export function mergedLines(before: readonly ScanLogFactsFragment[], more: readonly ScanLogFactsFragment[]): readonly ScanLogFactsFragment[] {
  const known = new Set(before.map(({ position }) => position));
  const added = more.filter(({ position }) => !known.has(position));
  return added.length === 0 ? before : [...before, ...added].toSorted((left, right) => left.position - right.position);
}

export function linesOf(lines: readonly ScanLogFactsFragment[], view: LogView): readonly ScanLogFactsFragment[] {
  return lines.filter(({ level }) => shown[view].has(level));
}

/** The lines as a file: time in UTC, level, stage and text, one line each. */
export function logText(lines: readonly ScanLogFactsFragment[]): string {
  return lines.map(({ at, level, stage, text }) => `${at} ${level.toLowerCase().padEnd(7)} ${(stage == null ? '' : stageName(stage)).padEnd(9)} ${text}\n`).join('');
}

/** What a screen reader is told while lines come in: how many, and the last of them. */
export function newsText(lines: readonly ScanLogFactsFragment[]): string {
  const last = lines.at(-1);
  return last === undefined ? '' : `Line ${last.position}: ${last.text}`;
}

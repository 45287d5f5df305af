import cvss from 'ae-cvss-calculator';
import type { SeverityStatement } from '../advisories/advisory-record.js';

// The package is a bundle whose names Node cannot see; they are on its default export.
const { Cvss2, Cvss3P0, Cvss3P1, Cvss4P0 } = cvss;

/** Highest first; `unknown` is no rating, not a low one. */
export const severityLevels = ['critical', 'high', 'medium', 'low', 'negligible', 'none', 'unknown'] as const;
/** A severity all sources can be compared by. */
export type SeverityLevel = (typeof severityLevels)[number];

/** A rating, read. */
export interface Rating {
  readonly level: SeverityLevel;
  /** Who says so, and how: `Debian urgency`, `GHSA-… CVSS 3.1`. */
  readonly source: string;
  readonly score?: number;
  readonly vector?: string;
}

const words: Readonly<Record<string, SeverityLevel>> = {
  critical: 'critical', important: 'high', high: 'high', moderate: 'medium', medium: 'medium', low: 'low', negligible: 'negligible', unimportant: 'negligible', none: 'none',
};

/** The level of a word such as MODERATE; `unknown` for others. */
export function levelOfWord(word: string): SeverityLevel {
  return words[word.toLowerCase()] ?? 'unknown';
}

/** Reads a statement; undefined when it is neither a known word nor a valid vector. */
export function readStatement(statement: SeverityStatement, recordId: string): Rating | undefined {
  if (!statement.type.startsWith('CVSS')) {
    const level = levelOfWord(statement.score);
    return level === 'unknown' ? undefined : { level, source: statement.type === 'word' ? recordId : `${recordId} ${statement.type} priority` };
  }
  const scored = scoreOf(statement.score);
  return scored === undefined ? undefined : { level: levelOfScore(scored.score, scored.version), source: `${recordId} CVSS ${scored.version}`, score: scored.score, vector: statement.score };
}

/** Smaller is preferred: CVSS 4, 3.1, 3.0, 2, then words. */
export function statementRank(rating: Rating): number {
  if (rating.vector === undefined) return 4;
  if (rating.vector.startsWith('CVSS:4')) return 0;
  if (rating.vector.startsWith('CVSS:3.1')) return 1;
  return rating.vector.startsWith('CVSS:3') ? 2 : 3;
}

const scores = new Map<string, { score: number; version: string } | undefined>();

function scoreOf(vector: string): { score: number; version: string } | undefined {
  if (scores.has(vector)) return scores.get(vector);
  if (scores.size > 20_000) scores.clear();
  const scored = calculate(vector);
  scores.set(vector, scored);
  return scored;
}

function calculate(vector: string): { score: number; version: string } | undefined {
  try {
    if (vector.startsWith('CVSS:4.0/')) return scored(new Cvss4P0(vector), '4.0');
    if (vector.startsWith('CVSS:3.1/')) return scored(new Cvss3P1(vector), '3.1');
    if (vector.startsWith('CVSS:3.0/')) return scored(new Cvss3P0(vector), '3.0');
    return scored(new Cvss2(vector), '2.0');
  } catch {
    return undefined;
  }
}

/** A vector that lacks base metrics has no score; the calculator would call it 0. */
function scored(vector: InstanceType<typeof Cvss2 | typeof Cvss3P0 | typeof Cvss3P1 | typeof Cvss4P0>, version: string): { score: number; version: string } | undefined {
  return vector.isBaseFullyDefined() ? checked(vector.calculateScores().overall, version) : undefined;
}

function checked(score: number, version: string): { score: number; version: string } | undefined {
  return Number.isFinite(score) && score >= 0 && score <= 10 ? { score, version } : undefined;
}

/** The band of a score in its version of CVSS. */
export function levelOfScore(score: number, version: string): SeverityLevel {
  if (version === '2.0') return score < 4 ? 'low' : score < 7 ? 'medium' : 'high';
  if (score === 0) return 'none';
  return score < 4 ? 'low' : score < 7 ? 'medium' : score < 9 ? 'high' : 'critical';
}

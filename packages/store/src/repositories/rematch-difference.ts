import type { ComponentGroupChange, FindingChanges, FindingEventKind, FindingInput } from '../finding-records.js';
import { severities } from '../finding-records.js';
import { storableText } from '../storable-text.js';
import { changesOf, hiddenAs } from './finding-events.js';

/** What is stored of a finding, as far as another match may change it. */
export interface StoredFinding {
  readonly vulnerability: string;
  readonly packageKey: string;
  /** Place among `severities`. */
  readonly severity: number;
  readonly hidden: boolean;
  readonly exploited: boolean;
  readonly fixVersion: string | null;
  readonly fixState: string;
  readonly fingerprint: string;
}

/** Something that happens to a finding of every image that shows it. */
interface FindingHappening {
  readonly kind: FindingEventKind;
  readonly vulnerability: string;
  readonly packageKey: string;
  readonly severity: number;
  readonly fixVersion: string | null;
  readonly changes: FindingChanges | null;
}

/** By how much the counts of a content change, in the order of `countColumns`. */
type CountDeltas = readonly number[];

/** Columns of `matchings` that are counted: the severities of what is shown, then the rest. */
export const countColumns = [...severities, 'hidden_count', 'exploited_count', 'fixable_count', 'suppressed_count'] as const;

/** What one component has to lose, change and gain. */
export interface RematchDifference {
  /** Vulnerabilities it no longer has. */
  readonly removed: readonly string[];
  readonly changed: readonly FindingInput[];
  readonly added: readonly FindingInput[];
  readonly happenings: readonly FindingHappening[];
  readonly counts: CountDeltas;
}

/** Holds what a component has against what it is to have. Findings of an equal fingerprint stay as they are. */
export function rematchDifference(before: readonly StoredFinding[], { findings: after, suppressedBy, resolvedBecause = {} }: Omit<ComponentGroupChange, 'places'>): RematchDifference {
  const earlier = new Map(before.map((finding) => [finding.vulnerability, finding]));
  const later = new Map(after.map((finding) => [storableText(finding.vulnerability), finding]));
  const removed = before.filter(({ vulnerability }) => !later.has(vulnerability));
  const added: FindingInput[] = [];
  const changed: FindingInput[] = [];
  const happenings: FindingHappening[] = removed.flatMap((was) => happening(was, undefined).map((happened) => because(happened, resolvedBecause)));
  const counts: number[] = countColumns.map((column) => (column === 'suppressed_count' ? suppressedBy : 0));
  for (const was of removed) count(counts, was, -1);
  for (const [vulnerability, finding] of later) {
    const was = earlier.get(vulnerability);
    if (was?.fingerprint === finding.fingerprint) continue;
    const is = asStored(finding);
    if (was === undefined) added.push(finding);
    else {
      changed.push(finding);
      count(counts, was, -1);
    }
    count(counts, is, 1);
    happenings.push(...happening(was, is, finding.class));
  }
  return { removed: removed.map(({ vulnerability }) => vulnerability), changed, added, happenings, counts };
}

function asStored(finding: FindingInput): StoredFinding {
  return {
    vulnerability: storableText(finding.vulnerability),
    packageKey: storableText(finding.packageKey),
    severity: severities.indexOf(finding.severity),
    hidden: finding.hidden,
    exploited: finding.exploitedSince !== undefined,
    fixVersion: finding.fixVersion === undefined ? null : storableText(finding.fixVersion),
    fixState: finding.fixState,
    fingerprint: finding.fingerprint,
  };
}

function because(happened: FindingHappening, reasons: Readonly<Record<string, string>>): FindingHappening {
  const reason = Object.entries(reasons).find(([vulnerability]) => storableText(vulnerability) === happened.vulnerability)?.[1];
  return reason === undefined ? happened : { ...happened, changes: { reason: [null, storableText(reason)] } };
}

/** Hidden findings are as good as none. */
function happening(was: StoredFinding | undefined, is: StoredFinding | undefined, classNow = ''): FindingHappening[] {
  const had = was !== undefined && !was.hidden;
  const has = is !== undefined && !is.hidden;
  const now = is ?? was;
  if (now === undefined || (!had && !has)) return [];
  const { vulnerability, packageKey, severity, fixVersion } = now;
  if (!had) return [{ kind: 'new', vulnerability, packageKey, severity, fixVersion, changes: null }];
  if (!has) return [{ kind: 'resolved', vulnerability, packageKey, severity, fixVersion, changes: is === undefined ? null : { reason: [null, hiddenAs(classNow)] } }];
  const changes = changesOf(was, is);
  return changes === undefined ? [] : [{ kind: 'changed', vulnerability, packageKey, severity, fixVersion, changes }];
}

function count(counts: number[], finding: StoredFinding, by: 1 | -1): void {
  const add = (column: (typeof countColumns)[number]): void => {
    const place = countColumns.indexOf(column);
    counts[place] = (counts[place] ?? 0) + by;
  };
  if (finding.hidden) {
    add('hidden_count');
    return;
  }
  add(severities[finding.severity] ?? 'unknown');
  if (finding.exploited) add('exploited_count');
  if (finding.fixVersion !== null) add('fixable_count');
}

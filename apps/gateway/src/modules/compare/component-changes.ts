import type { ComponentDifferences, ComponentVersionRecord, PackageFindingChanges } from '@esscm/store';
import { schemeOfPackageType, type VersionKey } from '@esscm/vulnerabilities';

/** What became of a component from one image to another. */
export type ComponentChangeKind = 'ADDED' | 'REMOVED' | 'UPGRADED' | 'DOWNGRADED' | 'CHANGED';

/** A component that two images do not hold in the same versions. Versions are oldest first; an empty list means absent. */
interface ComponentChangeRecord {
  readonly kind: ComponentChangeKind;
  readonly packageKey: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly fromVersions: readonly string[];
  readonly toVersions: readonly string[];
  /** What became of its findings; absent where nothing did, or where nobody can say. */
  readonly findings?: PackageFindingChanges;
}

/** Components that differ, and how many do not. */
export interface ComponentChanges {
  readonly changes: readonly ComponentChangeRecord[];
  readonly unchangedCount: number;
}

interface Versions {
  readonly ecosystem: string;
  readonly name: string;
  readonly versions: Set<string>;
}

const kindOrder: readonly ComponentChangeKind[] = ['DOWNGRADED', 'ADDED', 'CHANGED', 'UPGRADED', 'REMOVED'];

/**
 * Compares components by package, so that a new version is one change and not an end and a beginning. What brings findings in comes
 * first, the worst on top; then what fixes some; then what may add risk, by kind.
 */
export function componentChanges({ from, to, unchangedCount }: ComponentDifferences, findings: readonly PackageFindingChanges[] = []): ComponentChanges {
  const changed = new Map(findings.map((change) => [change.packageKey, change]));
  const before = byPackage(from);
  const after = byPackage(to);
  const changes: ComponentChangeRecord[] = [];
  for (const packageKey of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(packageKey);
    const now = after.get(packageKey);
    const facts = now ?? old;
    if (facts === undefined) continue;
    const { ecosystem, name } = facts;
    const fromVersions = sorted(ecosystem, old);
    const toVersions = sorted(ecosystem, now);
    const change = changed.get(packageKey);
    changes.push({ kind: kindOf(ecosystem, fromVersions, toVersions), packageKey, ecosystem, name, fromVersions, toVersions, ...(change && { findings: change }) });
  }
  const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
  const byFindings = (one: ComponentChangeRecord, other: ComponentChangeRecord): number =>
    (one.findings?.introducedPriority ?? Number.MAX_SAFE_INTEGER) - (other.findings?.introducedPriority ?? Number.MAX_SAFE_INTEGER) ||
    (one.findings?.fixedPriority ?? Number.MAX_SAFE_INTEGER) - (other.findings?.fixedPriority ?? Number.MAX_SAFE_INTEGER);
  changes.sort((one, other) => byFindings(one, other) || kindOrder.indexOf(one.kind) - kindOrder.indexOf(other.kind) || compare(one.name, other.name) || compare(one.packageKey, other.packageKey));
  return { changes, unchangedCount };
}

function byPackage(components: readonly ComponentVersionRecord[]): ReadonlyMap<string, Versions> {
  const packages = new Map<string, Versions>();
  for (const { packageKey, ecosystem, name, version } of components) {
    const known = packages.get(packageKey);
    if (known === undefined) packages.set(packageKey, { ecosystem, name, versions: new Set([version]) });
    else known.versions.add(version);
  }
  return packages;
}

function sorted(ecosystem: string, versions: Versions | undefined): readonly string[] {
  const key = keyOf(ecosystem);
  return [...(versions?.versions ?? [])].toSorted((one, other) => {
    const [left, right] = [key(one) ?? one, key(other) ?? other];
    return left < right ? -1 : Number(left > right);
  });
}

/** Up or down by the newest version on either side; neither when these are the same or cannot be compared. */
function kindOf(ecosystem: string, from: readonly string[], to: readonly string[]): ComponentChangeKind {
  const [old, now] = [from.at(-1), to.at(-1)];
  if (old === undefined) return 'ADDED';
  if (now === undefined) return 'REMOVED';
  const key = keyOf(ecosystem);
  const [left, right] = [key(old), key(now)];
  if (left === undefined || right === undefined || left === right) return 'CHANGED';
  return left < right ? 'UPGRADED' : 'DOWNGRADED';
}

function keyOf(ecosystem: string): (version: string) => VersionKey | undefined {
  const scheme = schemeOfPackageType(ecosystem);
  return (version) => scheme?.parse(version);
}

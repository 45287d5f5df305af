import { decodeEvents } from '../advisories/advisory-record.js';
import type { AdvisoryDatabase } from '../database/advisory-database.js';
import { baseEcosystem, ecosystemRules } from '../ecosystems/ecosystems.js';
import { CandidateFinder } from '../matchers/candidate.js';
import type { Candidate } from '../matchers/candidate.js';

/** What people found out about one match of another scanner. */
export interface MatchLabel {
  readonly image: string;
  readonly name: string;
  readonly version: string;
  /** Every identifier the label gives. */
  readonly vulnerabilities: readonly string[];
  /** Whether the vulnerability really is in the package. */
  readonly isTrue: boolean;
}

/** What the database says where it knows the vulnerability in a package of that name. */
export interface ReplayedLabel {
  readonly label: MatchLabel;
  readonly ecosystem: string;
  readonly reported: boolean;
  /** Why, or why not, record by record. */
  readonly reasons: readonly string[];
}

/** A package that an advisory of a label's vulnerability names. */
interface NamedPackage {
  readonly ecosystem: string;
  readonly name: string;
  readonly events: string;
  readonly record: number;
  readonly id: string;
}

/**
 * Asks about each label in the ecosystems whose advisories name both its vulnerability and its package; labels of which the
 * database knows nothing are left out. Labels do not say of which ecosystem a package is: packages of Enterprise Linux are told
 * by their release, and language packages never have one.
 */
export function replayLabels(database: AdvisoryDatabase, labels: readonly MatchLabel[]): ReplayedLabel[] {
  const finder = new CandidateFinder(database);
  const known = new Map<string, readonly NamedPackage[]>();
  const packagesOf = (vulnerability: string): readonly NamedPackage[] => {
    let found = known.get(vulnerability);
    if (found === undefined) {
      found = database.advisoriesNaming(vulnerability).filter((advisory) => advisory.withdrawn === undefined && advisory.kind === 'vulnerability').flatMap((advisory) => database.rangesOf(advisory).map(({ ecosystem, name, events }) => ({ ecosystem, name, events, record: advisory.advisory, id: advisory.id })));
      known.set(vulnerability, found);
    }
    return found;
  };
  return labels.flatMap((label) => {
    const named = label.vulnerabilities.flatMap(packagesOf).filter((each) => isNamed(each, label));
    const byEcosystem = Map.groupBy(named, (each) => each.ecosystem);
    return [...byEcosystem].map(([ecosystem, records]): ReplayedLabel => {
      const candidates = [...new Set(records.map((each) => each.name))].flatMap((name) => finder.find({ ecosystem, name, version: label.version.replace(/^v(?=\d)/, ''), by: 'package', role: 'own' }, 'affected'));
      const meant = candidates.filter((candidate) => records.some((each) => each.record === candidate.advisory));
      return { label, ecosystem: baseEcosystem(ecosystem), reported: meant.some((candidate) => candidate.affected), reasons: [...new Set(meant.map((candidate) => reasonOf(candidate, records)))] };
    });
  });
}

/** With the ranges the version is outside of. */
function reasonOf({ advisory, affected, reason, lookUp }: Candidate, records: readonly NamedPackage[]): string {
  const ofRecord = records.filter((each) => each.record === advisory && each.name === lookUp.name);
  const ranges = affected ? '' : ` (${ofRecord.map((each) => decodeEvents(each.events).map(({ kind, version }) => `${kind} ${version}`).join(', ')).join('; ')})`;
  return `${ofRecord[0]?.id ?? ''}: ${reason}${ranges}`;
}

function isNamed({ ecosystem, name }: { ecosystem: string; name: string }, label: MatchLabel): boolean {
  const rules = ecosystemRules(ecosystem);
  const release = /[.+]el(\d+)/.exec(label.version)?.[1];
  if (rules.kind === 'distribution' || rules.name === 'Bitnami') return rules.scheme?.name === 'rpm' && release !== undefined && ecosystem === `AlmaLinux:${release}` && name === label.name;
  if (release !== undefined || /[+~:]|-\d+(?:ubuntu|deb|\.fc|\.amzn)|-r\d+$/.test(label.version)) return false;
  // Labels name Java packages by their artifact.
  return name === rules.normaliseName(label.name) || (rules.name === 'Maven' && name.endsWith(`:${label.name}`));
}

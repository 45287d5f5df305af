import type { AdvisoryDatabase } from '../database/advisory-database.js';
import { buildFinding, matchedComponent } from './build-finding.js';
import type { Match } from './build-finding.js';
import { CandidateFinder } from './candidate.js';
import type { Candidate } from './candidate.js';
import { distributionEcosystems, expandEcosystem } from './distribution-ecosystems.js';
import type { DistributionEcosystems } from './distribution-ecosystems.js';
import type { Finding, MatchNotice, MatchResult, SuppressedFinding } from './finding.js';
import { decidingMatches } from './deciding-matches.js';
import { groupByIdentifier, identitiesOf } from './identity.js';
import type { VulnerabilityIdentity } from './identity.js';
import { isOperatingSystemPackage, languageEcosystem, languageLookUps, operatingSystemLookUps } from './look-ups.js';
import type { MatchComponent, MatchDistribution } from './match-input.js';
import { isFromElsewhere } from './package-origin.js';
import { severityLevels } from './severity.js';
import type { SeverityLevel } from './severity.js';
import { supportNotices, supportOfDistribution, supportOfRuntimes } from './support.js';

/** What one image holds. */
export interface MatchInput {
  readonly components: readonly MatchComponent[];
  /** Absent for images without one; packages of an operating system are then not judged. */
  readonly distribution?: MatchDistribution;
  /** `YYYY-MM-DD`, for what is no longer supported; default the day it is. */
  readonly today?: string;
}

/**
 * Holds components against one database. Synchronous, without side effects; keeps parsed versions between images, so use
 * one matcher for many. The database stays the caller's, and open as long as the matcher is used.
 */
export class Matcher {
  readonly #database: AdvisoryDatabase;
  readonly #finder: CandidateFinder;

  constructor(database: AdvisoryDatabase) {
    this.#database = database;
    this.#finder = new CandidateFinder(database);
  }

  match(input: MatchInput): MatchResult {
    return new ImageMatch(this.#database, this.#finder, input).run();
  }
}

/** Holds the components of one image against a database; for more than one image keep a `Matcher`. */
export function matchComponents(input: MatchInput, database: AdvisoryDatabase): MatchResult {
  return new Matcher(database).match(input);
}

class ImageMatch {
  readonly #database: AdvisoryDatabase;
  readonly #finder: CandidateFinder;
  readonly #input: MatchInput;
  readonly #data: DistributionEcosystems | undefined;
  readonly #hasDistributionData: boolean;
  readonly #listsFixesOnly: boolean;
  readonly #asksOneByOne: boolean;
  readonly #byId: ReadonlyMap<string, MatchComponent>;
  readonly #owners: ReadonlySet<string>;
  /** By operating-system package: every vulnerability its distribution speaks of, affected or not. */
  readonly #spokenOf = new Map<string, Set<string>>();
  readonly #notComparable: string[] = [];

  constructor(database: AdvisoryDatabase, finder: CandidateFinder, input: MatchInput) {
    this.#database = database;
    this.#finder = finder;
    this.#input = input;
    this.#byId = new Map(input.components.map((component) => [component.id, component]));
    this.#owners = new Set(input.components.flatMap((component) => component.ownedBy ?? []));
    const data = input.distribution === undefined ? undefined : distributionEcosystems(input.distribution);
    const known = data === undefined ? [] : database.ecosystems();
    this.#data = data && { ...data, complete: data.complete || known.includes(data.completeWith ?? ''), ecosystems: data.ecosystems.flatMap((asked) => expandEcosystem(asked.ecosystem, known).map((ecosystem) => ({ ...asked, ecosystem }))) };
    this.#listsFixesOnly = data?.listsFixesOnly === true || (data?.listsFixesOnly !== undefined && !known.includes(data.listsFixesOnly));
    this.#asksOneByOne = data?.asksOneByOne === true;
    this.#hasDistributionData = this.#data?.ecosystems.some(({ ecosystem, role }) => role === 'own' && database.hasEcosystem(ecosystem)) ?? false;
  }

  run(): MatchResult {
    const findings: Finding[] = [];
    const owned: Finding[] = [];
    const { packages = [], others = [] } = Object.groupBy(this.#input.components, (component) => (isOperatingSystemPackage(component) ? 'packages' : 'others'));
    for (const component of [...packages, ...others]) {
      for (const finding of this.#matchComponent(component)) (component.ownedBy === undefined || finding.class === 'malware' ? findings : owned).push(finding);
    }
    const suppressed: SuppressedFinding[] = [];
    for (const finding of owned) {
      const reason = this.#suppressionReason(finding);
      if (reason === undefined) findings.push(this.#keptThoughOwned(finding));
      else suppressed.push({ finding, by: 'distribution', reason });
    }
    findings.sort(byImportance);
    const today = this.#input.today ?? new Date().toISOString().slice(0, 10);
    const distributionSupport = this.#input.distribution && supportOfDistribution(this.#input.distribution, this.#database, today);
    const runtimeSupport = supportOfRuntimes(this.#input.components, this.#database, today);
    return {
      findings,
      suppressed,
      notices: [...this.#notices(), ...supportNotices(distributionSupport, runtimeSupport, this.#input.components.filter(isOperatingSystemPackage).map((component) => component.id), today)],
      counts: countBySeverity(findings),
      ...(distributionSupport === undefined ? {} : { distributionSupport }),
      ...(runtimeSupport.length === 0 ? {} : { runtimeSupport }),
    };
  }

  #matchComponent(component: MatchComponent): Finding[] {
    const isPackage = isOperatingSystemPackage(component);
    if (isPackage && this.#isFromElsewhere(component)) return [];
    const lookUps = isPackage ? operatingSystemLookUps(component, this.#data?.ecosystems ?? []) : languageLookUps(component);
    const asked = lookUps.filter((lookUp) => this.#database.hasEcosystem(lookUp.ecosystem));
    const candidates = asked.flatMap((lookUp) => this.#finder.find(lookUp, 'affected'));
    if (!isPackage) for (const lookUp of asked) candidates.push(...this.#finder.find(lookUp, 'malware'));
    if (asked.length > 0 && asked.every((lookUp) => !this.#finder.isComparable(lookUp))) this.#notComparable.push(component.id);
    if (isPackage) this.#rememberSpokenOf(component, candidates);
    // Most packages end here, before any advisory is read.
    if (!candidates.some((candidate) => candidate.affected)) return [];
    const judged = this.#current(candidates, asked.length === 1);
    if (!judged.some(({ candidate }) => candidate.affected)) return [];
    return this.#group(component, judged);
  }

  /** With their advisories, the newest copy of each for each question, without what its newest copy withdraws. */
  #current(candidates: readonly Candidate[], areOfOneQuestion: boolean): Match[] {
    const byId = new Map<string, Match>();
    for (const candidate of candidates) {
      const advisory = this.#database.advisory(candidate.advisory);
      if (advisory === undefined) continue;
      const key = areOfOneQuestion ? advisory.id : `${advisory.id}\n${candidate.lookUp.ecosystem}\n${candidate.lookUp.name}`;
      const known = byId.get(key);
      if (known === undefined || known.advisory.modified < advisory.modified) byId.set(key, { advisory, candidate });
    }
    return [...byId.values()].filter(({ advisory, candidate }) => !candidate.affected || this.#database.newestCopy(advisory.id)?.withdrawn === undefined);
  }

  #group(component: MatchComponent, judged: readonly Match[]): Finding[] {
    const matches: Match[] = [];
    const identities: VulnerabilityIdentity[] = [];
    for (const match of judged) {
      for (const identity of identitiesOf(match.advisory)) {
        matches.push(match);
        identities.push(identity);
      }
    }
    const matched = matchedComponent(component);
    const isAhead = isOperatingSystemPackage(component) && isAheadOfAdvisories(this.#input.distribution);
    const findings: Finding[] = [];
    for (const members of groupByIdentifier(identities)) {
      const deciding = decidingMatches(members.flatMap((index) => matches[index] ?? []));
      const affected = deciding.filter((match) => match.candidate.affected);
      if (affected.length === 0) continue;
      const identifiers = new Set(members.flatMap((index) => identities[index]?.identifiers ?? []));
      const finding = buildFinding(matched, affected, [...identifiers], dissenting(deciding, affected), (cve) => this.#database.enrichment(cve));
      findings.push(isAhead ? asOfAnAheadDistribution(finding) : finding);
    }
    return findings;
  }

  #rememberSpokenOf(component: MatchComponent, candidates: readonly Candidate[]): void {
    if (!this.#owners.has(component.id)) return;
    const ids = candidates.flatMap((candidate) => this.#database.advisory(candidate.advisory) ?? []).flatMap(identitiesOf);
    this.#spokenOf.set(component.id, new Set(ids.flatMap((identity) => identity.identifiers)));
  }

  /** A distribution judges what is in its packages: where its data is complete, always; else where it names the vulnerability. */
  #suppressionReason(finding: Finding): string | undefined {
    const owner = this.#byId.get(finding.ownedBy ?? '');
    if (owner === undefined || !isOperatingSystemPackage(owner) || this.#isFromElsewhere(owner) || this.#data === undefined || !this.#hasDistributionData) return undefined;
    const named = this.#spokenOf.get(owner.id);
    const isNamed = finding.identifiers.some((id) => named?.has(id) === true);
    if (isNamed) return `Part of ${owner.name} ${owner.version}, whose distribution speaks of ${finding.id}`;
    return this.#data.complete ? `Part of ${owner.name} ${owner.version}; its distribution, which lists all it knows, does not name ${finding.id}` : undefined;
  }

  #isFromElsewhere(component: MatchComponent): boolean {
    return this.#input.distribution !== undefined && isFromElsewhere(component, this.#input.distribution);
  }

  #keptThoughOwned(finding: Finding): Finding {
    const owner = this.#byId.get(finding.ownedBy ?? '');
    if (owner === undefined) return finding;
    return { ...finding, confidence: finding.confidence === 'high' ? 'medium' : finding.confidence, notes: [...finding.notes, `Part of ${owner.name}; its distribution says nothing of this vulnerability.`] };
  }

  #notices(): MatchNotice[] {
    const notices: MatchNotice[] = [];
    const add = (code: MatchNotice['code'], message: string, componentIds: readonly string[]): void => {
      if (componentIds.length > 0) notices.push({ code, message, componentIds });
    };
    const packages = this.#input.components.filter(isOperatingSystemPackage).map((component) => component.id);
    const { distribution } = this.#input;
    if (distribution === undefined) add('no-distribution', 'The image names no distribution; its system packages were not judged.', packages);
    else if (this.#data === undefined) add('distribution-not-covered', `No source of advisories covers ${distribution.id}; its packages were not judged.`, packages);
    else if (!this.#hasDistributionData) add('no-advisories-for-ecosystem', `The database has no advisories for ${distribution.id} ${distribution.versionId ?? ''}; its packages were not judged.`, packages);
    else if (this.#listsFixesOnly) add('fixes-only', `The advisories for ${distribution.id} ${distribution.versionId ?? ''} tell only of vulnerabilities that are fixed. Those that are not fixed yet are missing here.`, packages);
    else if (this.#asksOneByOne) add('fixes-only', `Vulnerabilities in ${distribution.id} ${distribution.versionId ?? ''} that are not fixed are known as far as their source was asked about them. Others are missing here.`, packages);
    const missing = Map.groupBy(
      this.#input.components.filter((component) => !isOperatingSystemPackage(component) && !this.#database.hasEcosystem(languageEcosystem(component) ?? '')),
      (component) => languageEcosystem(component) ?? component.ecosystem,
    );
    for (const [ecosystem, components] of missing) add('no-advisories-for-ecosystem', `The database has no advisories for ${ecosystem}; its packages were not judged.`, components.map((component) => component.id));
    const elsewhere = this.#data === undefined ? [] : this.#input.components.filter((component) => isOperatingSystemPackage(component) && this.#isFromElsewhere(component));
    add('packages-from-elsewhere', 'Packages that were not built by the distribution were not judged: its advisories say nothing of them.', elsewhere.map((component) => component.id));
    add('version-not-comparable', 'Versions without a place in the order of their ecosystem were only looked for in lists of exact versions.', this.#notComparable);
    return notices;
  }
}

/** Records of the same vulnerability that say the component is not affected, and never that it is. */
function dissenting(deciding: readonly Match[], affected: readonly Match[]): string[] {
  if (deciding.length === affected.length) return [];
  const said = new Set(affected.map((match) => match.advisory.id));
  const dissent = deciding.filter(({ advisory, candidate }) => !candidate.affected && candidate.comparable && !said.has(advisory.id));
  return [...new Set(dissent.map((match) => match.advisory.id))];
}

/** CentOS Stream is what Red Hat's next minor release is made of; nobody publishes advisories for it. */
function isAheadOfAdvisories(distribution: MatchDistribution | undefined): boolean {
  return distribution?.id === 'centos' && /stream/i.test(distribution.prettyName ?? '');
}

function asOfAnAheadDistribution(finding: Finding): Finding {
  return { ...finding, confidence: 'low', notes: [...finding.notes, 'CentOS Stream is built ahead of Red Hat Enterprise Linux, whose advisories these are: the build may have the fix under a version of its own.'] };
}

/** Most severe first, then by id and component. */
export function byImportance(one: Finding, other: Finding): number {
  const [level, otherLevel] = [one.severity.level, other.severity.level];
  return (level === otherLevel ? 0 : severityLevels.indexOf(level) - severityLevels.indexOf(otherLevel)) || compareText(one.id, other.id) || compareText(one.componentId, other.componentId);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Findings that are not hidden, by severity. */
export function countBySeverity(findings: readonly Finding[]): Record<SeverityLevel, number> {
  const counts: Record<SeverityLevel, number> = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
  for (const finding of findings) if (!finding.hidden) counts[finding.severity.level] += 1;
  return counts;
}

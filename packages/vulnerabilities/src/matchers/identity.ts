import type { StoredAdvisory } from '../database/advisory-database.js';

/** Sources that name the CVEs of a notice only as related. For all others `related` is never the same vulnerability. */
const relatedIsUpstream = /^(?:ALSA|ALBA|ALEA|RLSA|RLBA|RLEA|RXSA|RHSA|RHBA|RHEA|DSA|DLA|DTSA|USN|LSN|UBUNTU-CVE|SUSE-|openSUSE-|OESA|MGASA)/i;
/** Notices of fixes and enhancements: vulnerabilities only through the CVEs they name. */
const onlyThroughCves = /^(?:ALBA|ALEA|RLBA|RLEA|RHBA|RHEA|ELBA|ELEA)-/;
const cve = /^CVE-\d{4}-\d{4,}$/;

/** One vulnerability an advisory speaks of: identifiers that mean the same. */
export interface VulnerabilityIdentity {
  readonly identifiers: readonly string[];
}

/** Of advisories that somebody still holds. */
const known = new WeakMap<StoredAdvisory, readonly VulnerabilityIdentity[]>();

/** What an advisory speaks of: a notice of a distribution is one vulnerability for each CVE it names, others are one. */
export function identitiesOf(advisory: StoredAdvisory): readonly VulnerabilityIdentity[] {
  let identities = known.get(advisory);
  if (identities === undefined) known.set(advisory, (identities = readIdentities(advisory)));
  return identities;
}

function readIdentities(advisory: StoredAdvisory): VulnerabilityIdentity[] {
  const upstream = [advisory.id, ...advisory.upstream, ...(relatedIsUpstream.test(advisory.id) ? advisory.related : [])].map(withoutDistribution);
  const cves = [...new Set(upstream.filter((id) => cve.test(id)))];
  if (cves.length > 0 && !cve.test(advisory.id)) return cves.map((id) => ({ identifiers: cves.length === 1 ? [id, ...advisory.aliases] : [id] }));
  if (onlyThroughCves.test(advisory.id)) return [];
  return [{ identifiers: [advisory.id, ...advisory.aliases] }];
}

/** Distributions put their name before the CVE their record is about, and refer to it so from their notices. */
function withoutDistribution(id: string): string {
  return id.replace(/^[A-Z]+-(?=CVE-)/, '');
}

/**
 * CVE if there is exactly one, else a GHSA, else the first of all by name. Records of different vulnerabilities that call each other
 * aliases share several CVEs: the GHSA is then one of `affecting`, the records that say the component is affected, where one is.
 */
export function canonicalIdentifier(identifiers: readonly string[], affecting: readonly string[]): string {
  const [only] = identifiers;
  if (only !== undefined && identifiers.length === 1) return only;
  const cves = identifiers.filter((id) => cve.test(id));
  if (cves.length === 1 && cves[0] !== undefined) return cves[0];
  const sorted = identifiers.toSorted();
  const ghsas = sorted.filter((id) => id.startsWith('GHSA-'));
  return ghsas.find((id) => affecting.includes(id)) ?? ghsas[0] ?? cves.toSorted()[0] ?? sorted[0] ?? '';
}

/** Joins what shares an identifier. Each group holds the indexes of its members, ascending. */
export function groupByIdentifier(identities: readonly VulnerabilityIdentity[]): number[][] {
  if (identities.length === 1) return [[0]];
  const parents = identities.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    for (let parent = parents[at]; parent !== undefined && parent !== at; parent = parents[at]) at = parent;
    return at;
  };
  const first = new Map<string, number>();
  for (const [index, { identifiers }] of identities.entries()) {
    for (const identifier of identifiers) {
      const other = first.get(identifier);
      if (other === undefined) first.set(identifier, index);
      else {
        const [low, high] = [root(index), root(other)].toSorted((a, b) => a - b);
        if (low !== undefined && high !== undefined) parents[high] = low;
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (const index of identities.keys()) {
    const group = groups.get(root(index));
    if (group === undefined) groups.set(root(index), [index]);
    else group.push(index);
  }
  return [...groups.values()];
}

import type { AdvisoryDatabase } from '../../database/advisory-database.js';
import { baseEcosystem, ecosystemRules } from '../../ecosystems/ecosystems.js';
import { amazonExplorer } from '../../matchers/distribution-ecosystems.js';
import { identitiesOf } from '../../matchers/identity.js';
import { recordId } from './record-of-page.js';

const daysBetweenQuestions = 7;
const cve = /^CVE-(\d{4})-(\d{4,})$/;

/**
 * CVEs to ask the explorer about: those that any distribution in the database names for one of `packages`; without them, for any that
 * notices of Amazon Linux name. First the newest that it was never asked about, then those it was asked about longest ago, a week at
 * least. `now` is in milliseconds.
 */
export function vulnerabilitiesToAsk(database: AdvisoryDatabase, packages: ReadonlySet<string> | undefined, now: number, atMost: number): string[] {
  const asked = new Map(database.recordsOf('amazon-explorer').map(({ id, modified }) => [id, Date.parse(modified)]));
  const named = namedForPackages(database, packages);
  const never = [...named].filter((id) => !asked.has(recordId(id))).toSorted(newestFirst);
  const again = [...named]
    .map((id) => ({ id, at: asked.get(recordId(id)) ?? now }))
    .filter(({ at }) => now - at >= daysBetweenQuestions * 86_400_000)
    .toSorted((one, other) => one.at - other.at || newestFirst(one.id, other.id));
  return [...never, ...again.map(({ id }) => id)].slice(0, atMost);
}

function namedForPackages(database: AdvisoryDatabase, packages: ReadonlySet<string> | undefined): Set<string> {
  const distributions = database.ecosystems().filter((name) => ecosystemRules(name).kind === 'distribution' && !name.startsWith(amazonExplorer));
  const names = [...(packages ?? new Set(distributions.filter((name) => baseEcosystem(name) === 'Amazon Linux').flatMap((name) => database.packageNames(name))))];
  const advisories = new Set(names.length === 0 ? [] : distributions.flatMap((name) => database.advisoriesAbout(name, names)));
  const named = new Set<string>();
  for (const id of advisories) {
    const advisory = database.advisory(id);
    for (const { identifiers } of advisory === undefined ? [] : identitiesOf(advisory)) for (const each of identifiers) if (cve.test(each)) named.add(each);
  }
  return named;
}

/** By year and number. */
function newestFirst(one: string, other: string): number {
  const [[, year = '', number = ''], [, otherYear = '', otherNumber = '']] = [cve.exec(one) ?? [], cve.exec(other) ?? []];
  return Number(otherYear) - Number(year) || Number(otherNumber) - Number(number);
}

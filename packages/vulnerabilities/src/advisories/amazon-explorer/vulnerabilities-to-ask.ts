import type { AdvisoryDatabase } from '../../database/advisory-database.js';
import { baseEcosystem, ecosystemRules } from '../../ecosystems/ecosystems.js';
import { amazonExplorer } from '../../matchers/distribution-ecosystems.js';
import { identitiesOf } from '../../matchers/identity.js';
import { recordId } from './record-of-page.js';

const daysBetweenQuestions = 7;
const cveForm = /^CVE-(\d{4})-(\d{4,})$/;

/** A CVE to ask about. */
export interface Question {
  readonly cve: string;
  /** The explorer had a page for it when it was last asked. */
  readonly hadPage: boolean;
}

/**
 * CVEs to ask the explorer about: those that any distribution in the database names for one of `packages`; without them, for any that
 * notices of Amazon Linux name. First the newest that it was never asked about, then those it was asked about longest ago, a week at
 * least. `now` is in milliseconds.
 */
export function vulnerabilitiesToAsk(database: AdvisoryDatabase, packages: ReadonlySet<string> | undefined, now: number, atMost: number): Question[] {
  const asked = new Map(database.recordsOf('amazon-explorer').map(({ id, modified, isWithdrawn }) => [id, { at: Date.parse(modified), hadPage: !isWithdrawn }]));
  const named = namedForPackages(database, packages);
  const never = [...named].filter((id) => !asked.has(recordId(id))).toSorted(newestFirst).map((cve) => ({ cve, hadPage: false }));
  const again = [...named]
    .map((cve) => ({ cve, at: now, hadPage: false, ...asked.get(recordId(cve)) }))
    .filter(({ at }) => now - at >= daysBetweenQuestions * 86_400_000)
    .toSorted((one, other) => one.at - other.at || newestFirst(one.cve, other.cve));
  return [...never, ...again.map(({ cve, hadPage }) => ({ cve, hadPage }))].slice(0, atMost);
}

function namedForPackages(database: AdvisoryDatabase, packages: ReadonlySet<string> | undefined): Set<string> {
  const distributions = database.ecosystems().filter((name) => ecosystemRules(name).kind === 'distribution' && !name.startsWith(amazonExplorer));
  const names = [...(packages ?? new Set(distributions.filter((name) => baseEcosystem(name) === 'Amazon Linux').flatMap((name) => database.packageNames(name))))];
  const advisories = new Set(names.length === 0 ? [] : distributions.flatMap((name) => database.advisoriesAbout(name, names)));
  const named = new Set<string>();
  for (const id of advisories) {
    const advisory = database.advisory(id);
    for (const { identifiers } of advisory === undefined ? [] : identitiesOf(advisory)) for (const each of identifiers) if (cveForm.test(each)) named.add(each);
  }
  return named;
}

/** By year and number. */
function newestFirst(one: string, other: string): number {
  const [[, year = '', number = ''], [, otherYear = '', otherNumber = '']] = [cveForm.exec(one) ?? [], cveForm.exec(other) ?? []];
  return Number(otherYear) - Number(year) || Number(otherNumber) - Number(number);
}

import { CandidateFinder } from '../matchers/candidate.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import type { AdvisoryDatabase } from './advisory-database.js';

interface KnownAnswer {
  readonly ecosystem: string;
  readonly name: string;
  readonly affected: string;
  readonly fixed: string;
  /** Any identifier of the vulnerability. */
  readonly vulnerability: string;
}

/** Old, settled facts, one an ecosystem. A database that has the ecosystem whole and gets one wrong is broken. */
const knownAnswers: readonly KnownAnswer[] = [
  { ecosystem: 'npm', name: 'lodash', affected: '4.17.20', fixed: '4.17.21', vulnerability: 'CVE-2021-23337' },
  { ecosystem: 'PyPI', name: 'pyyaml', affected: '5.3.1', fixed: '5.4', vulnerability: 'CVE-2020-14343' },
  { ecosystem: 'Go', name: 'golang.org/x/net', affected: '0.16.0', fixed: '0.17.0', vulnerability: 'CVE-2023-39325' },
  { ecosystem: 'crates.io', name: 'smallvec', affected: '1.6.0', fixed: '1.6.1', vulnerability: 'CVE-2021-25900' },
  { ecosystem: 'Maven', name: 'org.apache.logging.log4j:log4j-core', affected: '2.14.1', fixed: '2.15.0', vulnerability: 'CVE-2021-44228' },
];

/** A source with fewer records is a part of its ecosystem, chosen by someone. */
const wholeFrom = 1_000;

/** Asks a new database what is known of old. @throws VulnerabilitiesError `database-damaged` naming the first wrong answer. */
export function checkKnownAnswers(database: AdvisoryDatabase): void {
  const whole = new Set(database.sources().filter((source) => source.records >= wholeFrom).map((source) => source.name.replace(/^osv:/, '')));
  const finder = new CandidateFinder(database);
  for (const answer of knownAnswers) {
    if (!whole.has(answer.ecosystem)) continue;
    if (!isAffected(answer, answer.affected) || isAffected(answer, answer.fixed)) {
      throw new VulnerabilitiesError('database-damaged', `The new advisory database gets ${answer.vulnerability} in ${answer.name} wrong.`, 'The database in use stays. Fetch the advisories again; if it stays so, report it.');
    }
  }

  function isAffected({ ecosystem, name, vulnerability }: KnownAnswer, version: string): boolean {
    return finder.find({ ecosystem, name, version, by: 'package', role: 'own' }, 'affected').some((candidate) => {
      const advisory = candidate.affected ? database.advisory(candidate.advisory) : undefined;
      return advisory !== undefined && [advisory.id, ...advisory.aliases].includes(vulnerability);
    });
  }
}

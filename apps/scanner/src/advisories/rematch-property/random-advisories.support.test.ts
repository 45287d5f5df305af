import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { importPaths } from '@esscm/vulnerabilities';
import { packageNames, versions } from './random-images.support.test.js';
import type { Random } from './random.support.test.js';

/** What one advisory says at the moment. */
interface Advisory {
  readonly id: string;
  readonly source: (typeof sourceNames)[number];
  readonly ecosystem: string;
  readonly name: string;
  readonly fixed: string | undefined;
  readonly severity: string | undefined;
  /** Of Debian, `unimportant` hides. */
  readonly urgency: string | undefined;
  /** Hides. */
  readonly informational: boolean;
  readonly withdrawn: boolean;
  readonly aliases: readonly string[];
  readonly summary: string;
}

/** The second is one that may be held and yet say nothing of its ecosystem. */
const sourceNames = ['made', 'osv:PyPI'] as const;
const namesByEcosystem: Readonly<Record<string, readonly string[]>> = {
  'Debian:13': ['acl', 'shells', 'curl'],
  'Debian:12': ['acl', 'shells', 'curl'],
  'Alpine:v3.19': packageNames.apk,
  npm: packageNames.npm,
  PyPI: packageNames.pypi,
};
const ecosystems = Object.keys(namesByEcosystem);
/** Of these there is always a record, about a package no image has; PyPI comes later, and may go. */
const alwaysThere = ecosystems.filter((name) => name !== 'PyPI');
const words = ['LOW', 'MODERATE', 'HIGH', 'CRITICAL', undefined] as const;
const numberOfVulnerabilities = 12;

/** Advisories that change at random, and what is known of exploitation. */
export class RandomAdvisories {
  readonly #random: Random;
  readonly #folder: string;
  readonly #advisories = new Map<string, Advisory>();
  readonly #exploited = new Set<string>();
  readonly #probability = new Map<string, number>();
  /** What was changed last, for who has to find out why a test failed. */
  changes: string[] = [];
  #imports = 0;

  constructor(random: Random, folder: string) {
    this.#random = random;
    this.#folder = folder;
    for (let count = 0; count < 12; count += 1) this.#add(alwaysThere);
  }

  /** Where generations are made. */
  get folder(): string {
    return path.join(this.#folder, 'generations');
  }

  /** Changes a few at once. */
  change(): void {
    this.changes = [];
    for (let count = 1 + this.#random.integer(5); count > 0; count -= 1) this.#changeOne();
  }

  /** Makes a generation of them. */
  async import(): Promise<void> {
    const folders = sourceNames.map((name) => path.join(this.#folder, name));
    for (const folder of folders) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
    }
    for (const [index, ecosystem] of alwaysThere.entries()) await this.#write('made', `CVE-2020-${1000 + index}`, { affected: [{ package: { ecosystem, name: 'nobody-has-it' }, versions: ['9'] }] });
    await this.#write('osv:PyPI', 'CVE-2020-2000', { affected: [{ package: { ecosystem: 'npm', name: 'nobody-has-it' }, versions: ['9'] }] });
    for (const advisory of this.#advisories.values()) await this.#write(advisory.source, advisory.id, osvOf(advisory));
    const kev = path.join(this.#folder, 'known_exploited_vulnerabilities.json');
    const entry = (cveID: string) => ({ cveID, dateAdded: '2026-05-01', dueDate: '2026-05-22', knownRansomwareCampaignUse: 'Known' });
    await writeFile(kev, JSON.stringify({ vulnerabilities: [...this.#exploited].map(entry) }));
    const epss = path.join(this.#folder, 'epss.csv');
    // Never empty: a feed without rows is refused.
    await writeFile(epss, `#model_version:v1,score_date:2026-08-01\ncve,epss,percentile\nCVE-1999-0001,0.1,0.1\n${[...this.#probability].map(([cve, value]) => `${cve},${value},${value}\n`).join('')}`);
    this.#imports += 1;
    const now = new Date(Date.UTC(2026, 0, 1, 0, this.#imports)).toISOString();
    await importPaths(this.folder, [...folders, kev, epss], { signal: AbortSignal.timeout(60_000), now, allowShrink: true });
  }

  #write(source: string, id: string, record: object): Promise<void> {
    return writeFile(path.join(this.#folder, source, `${id}.json`), JSON.stringify({ id, modified: '2026-01-01T00:00:00Z', ...record }));
  }

  #changeOne(): void {
    const kind = this.#random.integer(12);
    const known = [...this.#advisories.values()];
    if (kind < 2 || known.length === 0) return this.#add(ecosystems);
    if (kind === 2) return this.#setExploitation();
    const advisory = this.#random.oneOf(known);
    const { id } = advisory;
    if (kind === 3) {
      this.changes.push(`${id} is removed`);
      this.#advisories.delete(keyOf(advisory));
      return;
    }
    if (kind === 4 && this.#random.happens(20)) return this.#removeEcosystem('PyPI');
    this.#change(advisory);
  }

  #change(advisory: Advisory): void {
    const change = this.#random.oneOf<() => Partial<Advisory>>([
      () => ({ fixed: this.#fixed() }),
      () => ({ fixed: this.#fixed() }),
      () => ({ severity: this.#random.oneOf(words) }),
      () => ({ urgency: this.#random.oneOf(['unimportant', 'low', 'high', undefined]) }),
      () => ({ informational: !advisory.informational }),
      () => ({ withdrawn: !advisory.withdrawn }),
      () => ({ name: this.#random.oneOf(namesByEcosystem[advisory.ecosystem] ?? []) }),
      () => ({ aliases: advisory.aliases.length > 0 ? [] : [this.#vulnerability()] }),
      () => ({ summary: `summary ${this.#random.integer(1000)}` }),
    ])();
    this.changes.push(`${keyOf(advisory)}: ${JSON.stringify(change)}`);
    this.#advisories.set(keyOf(advisory), { ...advisory, ...change });
  }

  #removeEcosystem(ecosystem: string): void {
    this.changes.push(`${ecosystem} is removed`);
    for (const [key, advisory] of this.#advisories) if (advisory.ecosystem === ecosystem) this.#advisories.delete(key);
  }

  #setExploitation(): void {
    const id = this.#vulnerability();
    if (this.#random.happens(50)) this.#probability.set(id, this.#random.integer(100) / 100);
    else if (!this.#exploited.delete(id)) this.#exploited.add(id);
    this.changes.push(`${id}: exploited ${this.#exploited.has(id)}, EPSS ${this.#probability.get(id)}`);
  }

  #add(among: readonly string[]): void {
    const ecosystem = this.#random.oneOf(among);
    const advisory: Advisory = {
      id: this.#random.happens(70) ? this.#vulnerability() : `GHSA-aaaa-bbbb-cc${10 + this.#random.integer(6)}`,
      source: this.#random.oneOf(sourceNames),
      ecosystem,
      name: this.#random.oneOf(namesByEcosystem[ecosystem] ?? []),
      fixed: this.#fixed(),
      severity: this.#random.oneOf(words),
      urgency: undefined,
      informational: this.#random.happens(15),
      withdrawn: false,
      aliases: this.#random.happens(20) ? [this.#vulnerability()] : [],
      summary: '',
    };
    this.changes.push(`${keyOf(advisory)} is added: ${JSON.stringify(advisory)}`);
    this.#advisories.set(keyOf(advisory), advisory);
  }

  #vulnerability(): string {
    return `CVE-2026-${1000 + this.#random.integer(numberOfVulnerabilities)}`;
  }

  /** Above one of the versions there are, or none. */
  #fixed(): string | undefined {
    return this.#random.happens(30) ? undefined : this.#random.oneOf([...versions, '4.0.0']);
  }
}

/** One source has one record of an id. */
function keyOf({ source, id }: Advisory): string {
  return `${source} ${id}`;
}

function osvOf({ ecosystem, name, fixed, severity, urgency, informational, withdrawn, aliases, summary }: Advisory): object {
  const events = [{ introduced: '0' }, ...(fixed === undefined ? [] : [{ fixed }])];
  return {
    summary,
    aliases,
    ...(withdrawn ? { withdrawn: '2026-02-01T00:00:00Z' } : {}),
    ...(severity === undefined ? {} : { database_specific: { severity } }),
    affected: [
      {
        package: { ecosystem, name },
        ranges: [{ type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events }],
        ...(urgency === undefined ? {} : { ecosystem_specific: { urgency } }),
        ...(informational ? { database_specific: { informational: 'notice' } } : {}),
      },
    ],
  };
}

import type { AdvisoryDatabase } from '../database/advisory-database.js';
import { EntryInflater } from '../advisories/osv/entry-inflater.js';
import { operatingSystemsOf } from '../advisories/osv/read-osv-record.js';
import { readZip } from '../advisories/osv/read-zip.js';
import { osvLimits, osvRecordSchema } from '../advisories/osv/schema.js';
import type { OsvAffected, OsvRecord } from '../advisories/osv/schema.js';
import { ecosystemRules } from '../ecosystems/ecosystems.js';
import { CandidateFinder } from '../matchers/candidate.js';
import { compareVersionKeys } from '../versions/version-scheme.js';
import type { VersionKey, VersionScheme } from '../versions/version-scheme.js';

/** One version of one package, and whether its record says that it is affected. */
export interface GoldenProbe {
  readonly record: string;
  readonly ecosystem: string;
  /** Normalised. */
  readonly name: string;
  readonly version: string;
  readonly place: 'below introduced' | 'introduced' | 'below fixed' | 'fixed' | 'last affected' | 'listed';
  readonly affected: boolean;
}

/** What the matcher says of many probes. */
export interface GoldenOutcome {
  readonly records: number;
  readonly ranges: number;
  readonly probes: number;
  readonly disagreements: readonly GoldenProbe[];
}

/** The version directly below another one, by the documentation of each scheme; undefined where there is no way to write it. */
const justBelow: Readonly<Partial<Record<VersionScheme['name'], (version: string) => string | undefined>>> = {
  dpkg: (version) => `${version}~`,
  rpm: (version) => `${version}~`,
  apk: (version) => (version.includes('_') ? undefined : version.replace(/(-r\d+)?$/, '_alpha$1')),
  semver: (version) => (/[-+]/.test(version) ? undefined : `${version}-0`),
  go: (version) => (/[-+]/.test(version) ? undefined : `${version}-0`),
  bitnami: (version) => (version.includes('-') ? undefined : `${version}-rc.1`),
  nuget: (version) => (version.includes('-') ? undefined : `${version}-0`),
  pep440: (version) => (/[a-z+]/i.test(version) ? undefined : `${version}.dev0`),
  maven: (version) => (/[a-z]/i.test(version) ? undefined : `${version}-alpha`),
  rubygems: (version) => (/[a-z]/i.test(version) ? undefined : `${version}.a`),
  composer: (version) => (/[a-z]/i.test(version) ? undefined : `${version}-dev`),
};

type OsvEvents = NonNullable<OsvAffected['ranges']>[number]['events'];

interface Interval {
  readonly from: VersionKey | undefined;
  readonly until: VersionKey | undefined;
  readonly isClosed: boolean;
}

/**
 * Probes around every interval of every package of a record. What is expected is worked out from the record's own text, by
 * asking plainly whether any interval or list holds the version, and not by the code that matches.
 */
export function goldenProbes(record: OsvRecord): { readonly probes: GoldenProbe[]; readonly ranges: number } {
  const probes: GoldenProbe[] = [];
  let ranges = 0;
  const packages = Map.groupBy(record.affected ?? [], (entry) => `${entry.package?.ecosystem ?? ''}\n${entry.package?.name ?? ''}`);
  for (const entries of packages.values()) {
    const named = entries[0]?.package;
    if (named == null) continue;
    const rules = ecosystemRules(named.ecosystem);
    const { scheme, kind, name: base } = rules;
    // SUSE is asked by the binary packages its records list, each with a fix of its own.
    if (scheme === undefined || base === 'SUSE' || base === 'openSUSE') continue;
    // Code that is built for other systems alone is in no image of Linux.
    const ofLinux = entries.filter((entry) => operatingSystemsOf(entry)?.includes('linux') !== false);
    const events = entries.flatMap(eventsOf);
    ranges += events.length;
    const intervals = ofLinux.flatMap(eventsOf).flatMap((list) => intervalsOf(list, scheme));
    // Lists of distributions are covered by their ranges, and are not kept.
    const listed = new Set(ofLinux.flatMap((entry) => (kind === 'distribution' && (entry.ranges ?? []).length > 0 ? [] : (entry.versions ?? []))));
    const seen = new Set<string>();
    const add = (version: string | undefined, place: GoldenProbe['place']): void => {
      if (version === undefined || version === '0' || version === '*' || seen.has(version)) return;
      const key = scheme.parse(version);
      if (key === undefined || scheme.isOutsideRanges?.(key) === true) return;
      seen.add(version);
      probes.push({ record: record.id, ecosystem: named.ecosystem, name: rules.normaliseName(named.name), version, place, affected: listed.has(version) || intervals.some((interval) => holds(interval, key)) });
    };
    const below = justBelow[scheme.name];
    for (const event of events.flat()) {
      if (event.introduced !== undefined && event.introduced !== '0') {
        add(below?.(event.introduced), 'below introduced');
        add(event.introduced, 'introduced');
      } else if (event.fixed !== undefined) {
        add(below?.(event.fixed), 'below fixed');
        add(event.fixed, 'fixed');
      } else add(event.last_affected, 'last affected');
    }
    for (const version of [...listed].slice(0, 3)) add(version, 'listed');
  }
  return { probes, ranges };
}

function eventsOf(entry: OsvAffected): OsvEvents[] {
  const ranges = (entry.ranges ?? []).filter((range) => range.type === 'ECOSYSTEM' || range.type === 'SEMVER').map((range) => range.events);
  // GitHub: where nothing is fixed, the end of what is known to be affected stands beside the range.
  const [, end] = /"last_known_affected_version_range":"< ?([^"]+)"/.exec(JSON.stringify(entry.database_specific) ?? '') ?? [];
  return end === undefined ? ranges : ranges.map((events) => (events.some((event) => event.introduced === undefined) ? events : [...events, { fixed: end }]));
}

/** From each introduction to the next end above it, whatever the order the events are written in. */
function intervalsOf(events: OsvEvents, scheme: VersionScheme): Interval[] {
  const ends = events.flatMap((event) => {
    const version = event.fixed ?? event.last_affected;
    const key = version === undefined ? undefined : scheme.parse(version);
    return key === undefined ? [] : [{ key, isClosed: event.fixed === undefined }];
  });
  if (events.some((event) => event.fixed === '0')) return [];
  return events.flatMap((event) => {
    if (event.introduced === undefined) return [];
    const from = event.introduced === '0' ? undefined : scheme.parse(event.introduced);
    const [end] = ends.filter((each) => from === undefined || compareVersionKeys(each.key, from) > 0 || (each.isClosed && each.key === from)).toSorted((one, other) => compareVersionKeys(one.key, other.key));
    return [{ from, until: end?.key, isClosed: end?.isClosed ?? false }];
  });
}

function holds({ from, until, isClosed }: Interval, key: VersionKey): boolean {
  if (from !== undefined && compareVersionKeys(key, from) < 0) return false;
  if (until === undefined) return true;
  const place = compareVersionKeys(key, until);
  return place < 0 || (isClosed && place === 0);
}

/** Asks the matcher about every probe of the records of some bundles. `database` holds them. */
export function askGoldenProbes(database: AdvisoryDatabase, records: Iterable<OsvRecord>): GoldenOutcome {
  const finder = new CandidateFinder(database);
  const ids = new Map<number, string>();
  const outcome = { records: 0, ranges: 0, probes: 0, disagreements: [] as GoldenProbe[] };
  for (const record of records) {
    // Builds of special interest groups of Rocky Linux are never held against its plain packages.
    if (record.withdrawn != null || record.id.startsWith('RXSA-') || record.id.startsWith('MAL-')) continue;
    const { probes, ranges } = goldenProbes(record);
    outcome.records += 1;
    outcome.ranges += ranges;
    for (const probe of probes) {
      outcome.probes += 1;
      const { ecosystem, name, version } = probe;
      const found = finder.find({ ecosystem, name, version, by: 'package', role: 'own' }, 'affected').some((candidate) => candidate.affected && idOf(candidate.advisory) === probe.record);
      if (found !== probe.affected) outcome.disagreements.push(probe);
    }
  }
  return outcome;

  function idOf(advisory: number): string {
    let id = ids.get(advisory);
    if (id === undefined) ids.set(advisory, (id = database.advisory(advisory)?.id ?? ''));
    return id;
  }
}

/** The records of a bundle, as its source published them; those that do not follow the schema are left out. */
export function* recordsOfBundle(file: string): Generator<OsvRecord> {
  using inflater = new EntryInflater();
  for (const entry of readZip(file)) {
    if (!entry.name.endsWith('.json')) continue;
    const bytes = entry.stored ? entry.data : inflater.unfold(entry.data, osvLimits.recordBytes);
    const parsed = osvRecordSchema.safeParse(JSON.parse(bytes.toString('utf8')));
    if (parsed.success) yield parsed.data;
  }
}

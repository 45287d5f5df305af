import { ecosystemRules } from '../../ecosystems/ecosystems.js';
import { decodeEvents, encodeEvent, encodeEvents } from '../advisory-record.js';
import type { AdvisoryKind, AdvisoryRecord, AffectedDetail, AffectedPackage, SeverityStatement } from '../advisory-record.js';
import type { OsvAffected, OsvRecord } from './schema.js';

/** Turns a checked OSV record into what the database keeps. Commit ranges and entries without a package are left out. */
export function readOsvRecord(record: OsvRecord): AdvisoryRecord {
  const affected = record.affected ?? [];
  const module = moduleOf(record);
  return {
    id: record.id,
    kind: kindOf(record),
    modified: record.modified ?? '',
    published: record.published ?? undefined,
    withdrawn: record.withdrawn ?? undefined,
    summary: (record.summary ?? '').slice(0, 500),
    aliases: trimmed(record.aliases),
    upstream: trimmed(record.upstream),
    related: trimmed(record.related),
    severities: recordSeverities(record),
    affected: readAffected(affected, module),
  };
}

function readAffected(entries: readonly OsvAffected[], module: string | undefined): AffectedPackage[] {
  const packages: AffectedPackage[] = [];
  for (const entry of entries) addAffected(packages, entry, module);
  return packages;
}

const none: readonly string[] = [];

/** Some records have blanks around an identifier (DRUPAL-CORE-2020-006). */
function trimmed(identifiers: readonly string[] | null | undefined): readonly string[] {
  return identifiers == null || identifiers.length === 0 ? none : identifiers.map((identifier) => identifier.trim());
}

/** Rebuilds of Enterprise Linux name the module and its stream in the summary: `Important: nodejs:18 security update`. */
function moduleOf(record: OsvRecord): string | undefined {
  return /^(?:AL|RL|RH)[SBE]A-/.test(record.id) ? /^(?:\w+: )?([\w.+-]+:[\w.+-]+) (?:security|bug|enhancement)/i.exec(record.summary ?? '')?.[1] : undefined;
}

function kindOf(record: OsvRecord): AdvisoryKind {
  if (record.id.startsWith('MAL-')) return 'malware';
  const informational = (record.affected ?? []).some((entry) => typeof property(entry.database_specific, 'informational') === 'string');
  return informational ? 'informational' : 'vulnerability';
}

function recordSeverities(record: OsvRecord): SeverityStatement[] {
  const statements = withoutRepeats(record.severity ?? []);
  const word = property(record.database_specific, 'severity');
  if (typeof word === 'string') return [...statements, { type: 'word', score: word.slice(0, 32) }];
  // Enterprise Linux rebuilds state the rating as the first word of the summary.
  const [, first] = /^(critical|important|moderate|low):/i.exec(record.summary ?? '') ?? [];
  return first === undefined ? statements : [...statements, { type: 'word', score: first }];
}

/** Some sources repeat a rating word for word. */
function withoutRepeats(statements: readonly SeverityStatement[]): SeverityStatement[] {
  return statements.length < 2 ? [...statements] : statements.filter((one, index) => statements.findIndex((other) => other.type === one.type && other.score === one.score) === index);
}

function addAffected(packages: AffectedPackage[], entry: OsvAffected, module: string | undefined): void {
  if (entry.package == null) return;
  const rules = ecosystemRules(entry.package.ecosystem);
  const ranges: string[] = [];
  for (const range of entry.ranges ?? []) {
    const events = range.type === 'ECOSYSTEM' || range.type === 'SEMVER' ? readRange(range.events, entry) : '';
    if (events !== '') ranges.push(events);
  }
  // Lists of distributions grow stale and are covered by the range; those of languages may name more.
  const versions = rules.kind === 'distribution' && ranges.length > 0 ? [] : (entry.versions ?? []);
  if (ranges.length === 0 && versions.length === 0) return;
  const whole: AffectedPackage = {
    ecosystem: entry.package.ecosystem,
    name: rules.normaliseName(entry.package.name),
    ranges,
    versions,
    // `pam:1.5.1` in a summary is a module only where its builds say so.
    detail: readDetail(entry, module !== undefined && ranges.some(namesModule) ? module : undefined),
  };
  const binaries = rules.name === 'SUSE' || rules.name === 'openSUSE' ? fixedBinaries(entry) : [];
  if (binaries.length === 0) packages.push(whole);
  else for (const [name, fixed] of binaries) packages.push({ ...whole, name, ranges: ranges.map((events) => withFix(events, fixed)) });
}

function namesModule(events: string): boolean {
  return events.includes('module');
}

/** The same range with another fixed version. */
function withFix(events: string, version: string): string {
  return encodeEvents(decodeEvents(events).map((event) => (event.kind === 'fixed' ? { kind: 'fixed', version } : event)));
}

/** As `encodeEvents` writes it, in one go: bundles hold millions. */
function readRange(events: NonNullable<OsvAffected['ranges']>[number]['events'], entry: OsvAffected): string {
  let text = '';
  for (const { introduced, fixed, last_affected, limit } of events) {
    if (introduced !== undefined) text += encodeEvent('introduced', introduced, text);
    else if (fixed !== undefined) text += encodeEvent('fixed', fixed, text);
    else if (last_affected !== undefined) text += encodeEvent('last_affected', last_affected, text);
    else if (limit !== undefined) text += encodeEvent('limit', limit, text);
  }
  return text + lastKnown(text, entry);
}

/**
 * GitHub keeps the end of a range outside of it where no fixed version is known (`< 2.1.3`): versions from there on are not said to be
 * affected, and none is said to be fixed.
 */
function lastKnown(events: string, entry: OsvAffected): string {
  if (entry.database_specific == null || !events.startsWith('i') || events.includes('\n')) return '';
  const stated = property(entry.database_specific, 'last_known_affected_version_range');
  const [, operator, version] = /^(<=?) ?(\S{1,512})$/.exec(typeof stated === 'string' ? stated : '') ?? [];
  return version === undefined ? '' : encodeEvent(operator === '<' ? 'limit' : 'last_affected', version, events);
}

function readDetail(entry: OsvAffected, module: string | undefined): AffectedDetail | undefined {
  const isSpecialBuild = entry.package?.purl?.includes('-sig-') === true || typeof property(entry.ecosystem_specific, 'module_name_regex') === 'string';
  // Most entries say nothing more, and there are tens of thousands in a bundle.
  if (entry.severity == null && entry.ecosystem_specific == null && module === undefined && !isSpecialBuild) return undefined;
  const severities = withoutRepeats(entry.severity ?? []);
  const urgency = property(entry.ecosystem_specific, 'urgency');
  const availability = property(entry.ecosystem_specific, 'availability');
  const priority = property(entry.ecosystem_specific, 'ubuntu_priority');
  const stated = typeof priority === 'string' ? [...severities, { type: 'Ubuntu', score: priority }] : severities;
  const operatingSystems = operatingSystemsOf(entry);
  const detail: AffectedDetail = {
    ...(stated.length === 0 ? {} : { severities: stated }),
    ...(typeof urgency === 'string' ? { urgency } : {}),
    ...(typeof availability === 'string' && !/^no subscription/i.test(availability) ? { availability: availability.slice(0, 200) } : {}),
    ...(isSpecialBuild ? { specialBuild: true } : {}),
    ...(module === undefined ? {} : { module }),
    ...(operatingSystems === undefined || operatingSystems.includes('linux') ? {} : { operatingSystems }),
    ...(Array.isArray(property(entry.ecosystem_specific, 'custom_ranges')) ? { customRanges: true } : {}),
  };
  return Object.keys(detail).length === 0 ? undefined : detail;
}

/** Go names the systems its affected code is built for, package by package; undefined when one is built for all. */
export function operatingSystemsOf(entry: OsvAffected): string[] | undefined {
  const imports = property(entry.ecosystem_specific, 'imports');
  if (!Array.isArray(imports) || imports.length === 0) return undefined;
  const systems = imports.map((each: unknown) => property(each, 'goos'));
  if (!systems.every((each) => Array.isArray(each) && each.length > 0)) return undefined;
  return [...new Set(systems.flat().filter((each): each is string => typeof each === 'string' && each.length <= 32))].slice(0, 32);
}

/** SUSE names the source package, and the fixed version of each binary built from it. */
function fixedBinaries(entry: OsvAffected): [string, string][] {
  const binaries = property(entry.ecosystem_specific, 'binaries');
  if (!Array.isArray(binaries)) return [];
  return binaries.slice(0, 5_000).flatMap((pairs: unknown) =>
    typeof pairs === 'object' && pairs !== null
      ? Object.entries(pairs).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && !pair[1].includes('\n') && pair[1].length <= 512)
      : [],
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

import { minorReleaseOf } from '../../matchers/minor-releases.js';
import { versionSchemes } from '../../versions/schemes.js';
import { compareVersionKeys } from '../../versions/version-scheme.js';
import type { VersionKey } from '../../versions/version-scheme.js';
import { encodeEvents } from '../advisory-record.js';
import type { AdvisoryRecord, AffectedPackage, RangeEvent, SeverityStatement, StreamFix, UnfixedState } from '../advisory-record.js';
import { readProducts } from './read-products.js';
import type { StatedPackage } from './read-products.js';
import { vexDocumentSchema } from './schema.js';
import type { VexDocument } from './schema.js';

type Vulnerability = VexDocument['vulnerabilities'][number];

/** One document as a record of what it says of Enterprise Linux. @throws ZodError when it has another form. */
export function readVexDocument(json: unknown): AdvisoryRecord {
  const document = vexDocumentSchema.parse(json);
  const [vulnerability] = document.vulnerabilities;
  if (vulnerability === undefined) throw new TypeError('It is about no vulnerability.');
  return {
    id: vulnerability.cve,
    kind: 'vulnerability',
    modified: document.document.tracking.current_release_date,
    published: vulnerability.release_date ?? undefined,
    withdrawn: undefined,
    summary: (vulnerability.title ?? document.document.title ?? '').slice(0, 500),
    aliases: [],
    upstream: [],
    related: [],
    severities: severitiesOf(vulnerability),
    affected: affectedPackages(vulnerability, readProducts(document)),
  };
}

function severitiesOf({ threats, scores }: Vulnerability): SeverityStatement[] {
  const impact = threats?.find((threat) => threat.category === 'impact')?.details;
  const vector = scores?.find((score) => score.cvss_v3 != null)?.cvss_v3?.vectorString;
  return [...(impact == null ? [] : [{ type: 'word', score: impact.slice(0, 32) }]), ...(vector === undefined ? [] : [{ type: 'CVSS_V3', score: vector }])];
}

function affectedPackages(vulnerability: Vulnerability, products: ReadonlyMap<string, StatedPackage>): AffectedPackage[] {
  const status = vulnerability.product_status;
  const of = (ids: readonly string[] | null | undefined): StatedPackage[] => (ids ?? []).flatMap((id) => products.get(id) ?? []);
  // Sources of a fix have no packages of their own; the packages are named beside them.
  const fixed = of(status?.fixed).filter((each) => !each.isSource);
  const streamFixes = streamFixesOf(fixed.filter((each) => each.stream !== undefined));
  const affected = new Map<string, AffectedPackage>();
  const add = (stated: StatedPackage, events: readonly RangeEvent[], state?: { readonly fixState: UnfixedState; readonly fixNote: string }): void => {
    const key = keyOf(stated);
    if (affected.has(key)) return;
    const ofStreams = streamFixes.get(key);
    affected.set(key, {
      ecosystem: `Red Hat:${stated.product}`,
      name: stated.name,
      ranges: [encodeEvents(events)],
      versions: [],
      detail: { decisive: true, ...(stated.module === undefined ? {} : { module: stated.module }), ...(ofStreams === undefined ? {} : { streamFixes: ofStreams }), ...state },
    });
  };
  const introduced: RangeEvent = { kind: 'introduced', version: '0' };
  const main = Map.groupBy(fixed.filter((each) => each.stream === undefined), keyOf);
  for (const fixes of main.values()) {
    const [stated] = fixes;
    if (stated !== undefined) add(stated, [introduced, ...firstOfMinorReleases(fixes).map((version): RangeEvent => ({ kind: 'fixed', version }))]);
  }
  const states = statesOf(vulnerability);
  for (const id of status?.known_affected ?? []) for (const stated of of([id]).filter((each) => each.stream === undefined)) add(stated, [introduced], states.get(id));
  for (const stated of of(status?.known_not_affected).filter((each) => each.stream === undefined)) add(stated, [introduced, { kind: 'fixed', version: '0' }]);
  // Packages that only streams fix: nothing is said of the main one.
  for (const stated of fixed) add(stated, []);
  return [...affected.values()];
}

function keyOf({ product, name, module }: StatedPackage): string {
  return [product, name, module].join(' ');
}

/** By package: builds of streams, each with the streams that got it. */
function streamFixesOf(fixes: readonly StatedPackage[]): Map<string, StreamFix[]> {
  return new Map(
    [...Map.groupBy(fixes, keyOf)].map(([key, ofPackage]) => {
      const firstOfStream = [...Map.groupBy(ofPackage, (each) => each.stream ?? '')].flatMap(([stream, each]) => firstOfMinorReleases(each).slice(0, 1).map((version) => ({ stream, version })));
      return [key, [...Map.groupBy(firstOfStream, (each) => each.version)].map(([version, each]) => ({ streams: each.map(({ stream }) => stream), version }))];
    }),
  );
}

/** The first build of each minor release that has the fix, ascending: each of its builds for other streams of a module counts too. */
function firstOfMinorReleases(fixes: readonly StatedPackage[]): string[] {
  const first = new Map<number | undefined, { readonly version: string; readonly key: VersionKey }>();
  for (const { version } of fixes) {
    const key = versionSchemes.rpm.parse(version ?? '');
    if (version === undefined || key === undefined) continue;
    const minor = minorReleaseOf(version);
    const known = first.get(minor);
    if (known === undefined || compareVersionKeys(key, known.key) < 0) first.set(minor, { version, key });
  }
  return [...first.values()].toSorted((one, other) => compareVersionKeys(one.key, other.key)).map(({ version }) => version);
}

/** By product id: why there is no fix. */
function statesOf(vulnerability: Vulnerability): Map<string, { readonly fixState: UnfixedState; readonly fixNote: string }> {
  const states = new Map<string, { readonly fixState: UnfixedState; readonly fixNote: string }>();
  for (const { category, details, product_ids: ids } of vulnerability.remediations ?? []) {
    const fixState = category === 'no_fix_planned' ? (details === 'Out of support scope' ? 'end-of-life' : 'will-not-fix') : category === 'none_available' && details === 'Fix deferred' ? 'deferred' : undefined;
    if (fixState !== undefined) for (const id of ids ?? []) states.set(id, { fixState, fixNote: `Red Hat: ${(details ?? '').slice(0, 100)}` });
  }
  return states;
}

import { versionSchemes } from '../../versions/schemes.js';
import { encodeEvents } from '../advisory-record.js';
import type { AdvisoryRecord, AffectedPackage, SeverityStatement, UnfixedState } from '../advisory-record.js';
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
  const affected = new Map<string, AffectedPackage>();
  const add = (stated: StatedPackage, fixed: string | undefined, state: { readonly fixState: UnfixedState; readonly fixNote: string } | undefined): void => {
    const key = [stated.product, stated.name, stated.module].join(' ');
    if (affected.has(key)) return;
    affected.set(key, {
      ecosystem: `Red Hat:${stated.product}`,
      name: stated.name,
      ranges: [encodeEvents([{ kind: 'introduced', version: '0' }, ...(fixed === undefined ? [] : [{ kind: 'fixed', version: fixed } as const])])],
      versions: [],
      detail: { decisive: true, ...(stated.module === undefined ? {} : { module: stated.module }), ...state },
    });
  };
  const of = (ids: readonly string[] | null | undefined): StatedPackage[] => (ids ?? []).flatMap((id) => products.get(id) ?? []);
  const status = vulnerability.product_status;
  // Sources of a fix have no packages of their own; the packages are named beside them.
  for (const stated of earliest(of(status?.fixed).filter((each) => !each.isSource))) add(stated, stated.version, undefined);
  const states = statesOf(vulnerability);
  for (const id of status?.known_affected ?? []) for (const stated of of([id])) add(stated, undefined, states.get(id));
  for (const stated of of(status?.known_not_affected)) add(stated, '0', undefined);
  return [...affected.values()];
}

/** Of the fixes of one package the one that came first: later minor releases state theirs too. */
function earliest(fixes: readonly StatedPackage[]): StatedPackage[] {
  const first = new Map<string, StatedPackage>();
  for (const each of fixes) {
    const key = [each.product, each.name, each.module].join(' ');
    const known = first.get(key);
    const [one, other] = [versionSchemes.rpm.parse(each.version ?? ''), versionSchemes.rpm.parse(known?.version ?? '')];
    if (one !== undefined && (other === undefined || one < other)) first.set(key, each);
  }
  return [...first.values()];
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

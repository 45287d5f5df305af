import type { Finding, MatchResult, SuppressedFinding } from '../matchers/finding.js';
import { byImportance, countBySeverity } from '../matchers/match-components.js';
import type { MatchComponent } from '../matchers/match-input.js';
import { imagePrecision, matchComponentIdentity, matchDistributionIdentity, matchImageIdentity } from './match-identity.js';
import type { VexDocument, VexProduct, VexStatement, VexStatus, VexVerdict } from './vex-document.js';
import { Containment } from './vex-subject.js';
import type { VexSubject } from './vex-subject.js';

/** What came of one document. */
export interface AppliedVexDocument {
  readonly document: VexDocument;
  /** Findings decided by one of its statements. */
  readonly decided: number;
}

/** A match with what authors of VEX documents say of it. */
export interface VexApplication {
  readonly result: MatchResult;
  /** In the order given. */
  readonly documents: readonly AppliedVexDocument[];
}

/** Place of a product in the order of preference; the nearer to this very image, the higher. */
const places = { component: 0, distribution: 1, holder: 2, image: 2 } as const;
const overruledShown = 10;

/** At the same time and nearness the less comfortable word counts. */
const caution: readonly VexStatus[] = ['affected', 'under_investigation', 'fixed', 'not_affected'];

interface Applicable {
  readonly document: VexDocument;
  readonly statement: VexStatement;
  /** Compared in order. */
  readonly nearness: readonly [place: number, version: number];
  readonly words: string;
}

/**
 * Applies statements to findings. For each finding the statement nearest to this image and version decides, the latest
 * of equally near ones, the more cautious of equally late ones. `not_affected` and `fixed` take a finding out of the
 * report, `affected` brings back one that was left to the distribution, and every decision says what it rests on.
 */
export function applyVex(result: MatchResult, documents: readonly VexDocument[], subject: VexSubject): VexApplication {
  const judge = new VexJudge(documents, subject);
  const decided = new Map<VexDocument, number>();
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const judged = (finding: Finding): Finding => {
    const decision = judge.decide(finding);
    if (decision === undefined) return finding;
    decided.set(decision.document, (decided.get(decision.document) ?? 0) + 1);
    return { ...finding, vex: decision.verdict };
  };
  for (const finding of result.findings.map(judged)) {
    const reason = suppressionReason(finding.vex);
    if (reason === undefined) findings.push(finding);
    else suppressed.push({ finding, by: 'vex', reason });
  }
  for (const entry of result.suppressed) {
    const finding = judged(entry.finding);
    if (entry.by === 'distribution' && finding.vex?.status === 'affected') findings.push(finding);
    else suppressed.push({ ...entry, finding });
  }
  findings.sort(byImportance);
  return {
    result: { ...result, findings, suppressed, counts: countBySeverity(findings) },
    documents: documents.map((document) => ({ document, decided: decided.get(document) ?? 0 })),
  };
}

function suppressionReason(verdict: VexVerdict | undefined): string | undefined {
  if (verdict === undefined || (verdict.status !== 'not_affected' && verdict.status !== 'fixed')) return undefined;
  const why = [verdict.justification?.replaceAll('_', ' '), verdict.impact].filter((part) => part !== undefined).join('; ');
  return `${verdict.author} states ${verdict.status.replaceAll('_', ' ')}${why === '' ? '' : `: ${why}`}`;
}

/** What a judge looks at. */
type JudgedFinding = Pick<Finding, 'componentId' | 'identifiers'>;

/** Statements by the vulnerabilities they name, asked finding by finding; made once for an image. */
export class VexJudge {
  readonly #subject: VexSubject;
  readonly #containment: Containment;
  readonly #byVulnerability = new Map<string, { document: VexDocument; statement: VexStatement }[]>();

  constructor(documents: readonly VexDocument[], subject: VexSubject) {
    this.#subject = subject;
    this.#containment = new Containment(subject);
    for (const document of documents) {
      for (const statement of document.statements) {
        for (const id of new Set([statement.vulnerability, ...statement.aliases])) {
          const known = this.#byVulnerability.get(id.toUpperCase());
          if (known === undefined) this.#byVulnerability.set(id.toUpperCase(), [{ document, statement }]);
          else known.push({ document, statement });
        }
      }
    }
  }

  /** Undefined when no statement speaks of the vulnerability in the component. */
  decide(finding: JudgedFinding): { readonly document: VexDocument; readonly statement: VexStatement; readonly verdict: VexVerdict } | undefined {
    const [first, ...others] = this.#preferred(finding);
    if (first === undefined) return undefined;
    const { document, statement } = first;
    const { status, justification, impact, action, notes, timestamp } = statement;
    return {
      document,
      statement,
      verdict: {
        status,
        ...(justification === undefined ? {} : { justification }),
        ...(impact === undefined ? {} : { impact }),
        ...(action === undefined ? {} : { action }),
        ...(notes === undefined ? {} : { notes }),
        author: document.author,
        documentId: document.id,
        location: document.location,
        timestamp,
        reason: `It speaks of ${first.words}.${others.length === 0 ? '' : ` ${preference(first, others[0])}`}`,
        overruled: others.slice(0, overruledShown).map((other) => `${other.document.author}, ${other.statement.timestamp}: ${other.statement.status.replaceAll('_', ' ')}, of ${other.words}`),
      },
    };
  }

  /** Statements that apply and do not decide, in the order of preference. */
  overruled(finding: JudgedFinding): readonly { readonly document: VexDocument; readonly statement: VexStatement; readonly words: string }[] {
    return this.#preferred(finding).slice(1);
  }

  #preferred(finding: JudgedFinding): Applicable[] {
    const component = this.#containment.component(finding.componentId);
    if (component === undefined) return [];
    const seen = new Set<VexStatement>();
    const applicable: Applicable[] = [];
    for (const { document, statement } of finding.identifiers.flatMap((id) => this.#byVulnerability.get(id.toUpperCase()) ?? [])) {
      if (seen.has(statement)) continue;
      seen.add(statement);
      const found = this.#nearest(document, statement, component);
      if (found !== undefined) applicable.push(found);
    }
    return applicable.toSorted(byPreference);
  }

  #nearest(document: VexDocument, statement: VexStatement, component: MatchComponent): Applicable | undefined {
    const { image } = this.#subject;
    if (statement.products.length === 0) {
      if (image === undefined || !document.attachedTo.some((digest) => image.digests.includes(digest))) return undefined;
      return { document, statement, nearness: [places.image + imagePrecision.digest, 0], words: 'the image it is attached to' };
    }
    let best: Applicable | undefined;
    for (const product of statement.products) {
      const fit = this.#fit(product, component);
      if (fit === undefined) continue;
      const candidate = { document, statement, ...fit };
      if (best === undefined || byPreference(candidate, best) < 0) best = candidate;
    }
    return best;
  }

  /** How near one product of a statement is to a component of the image. */
  #fit({ product, subcomponent }: VexProduct, component: MatchComponent): Pick<Applicable, 'nearness' | 'words'> | undefined {
    if (subcomponent === undefined) {
      const own = matchComponentIdentity(product, component);
      if (own !== undefined) return { nearness: [places.component, own], words: nameOf(product) };
      const whole = this.#place(product, component);
      return whole === undefined ? undefined : { nearness: [whole, 0], words: nameOf(product) };
    }
    const part = matchComponentIdentity(subcomponent, component);
    const whole = part === undefined ? undefined : this.#place(product, component);
    if (part === undefined || whole === undefined) return undefined;
    return { nearness: [whole, part], words: `${nameOf(subcomponent)} in ${nameOf(product)}` };
  }

  /** Whether a product is the image, its distribution, or something in it that holds the component. */
  #place(product: VexProduct['product'], component: MatchComponent): number | undefined {
    const { image, distribution } = this.#subject;
    const precision = image === undefined ? undefined : matchImageIdentity(product, image);
    if (precision !== undefined) return places.image + precision;
    const holders = [component, ...this.#containment.holdersOf(component.id)];
    if (holders.some((holder) => matchComponentIdentity(product, holder) !== undefined)) return places.holder;
    return distribution !== undefined && matchDistributionIdentity(product, distribution) ? places.distribution : undefined;
  }
}

function byPreference(one: Applicable, other: Applicable): number {
  return (
    other.nearness[0] - one.nearness[0] ||
    other.nearness[1] - one.nearness[1] ||
    time(other) - time(one) ||
    caution.indexOf(one.statement.status) - caution.indexOf(other.statement.status) ||
    (one.document.id < other.document.id ? -1 : one.document.id > other.document.id ? 1 : 0)
  );
}

function preference(first: Applicable, second: Applicable | undefined): string {
  if (second === undefined || first.nearness[0] !== second.nearness[0] || first.nearness[1] !== second.nearness[1]) return 'Others speak of it less closely.';
  return time(first) === time(second) ? 'Others say the same time something less cautious, or the same.' : 'Others are older.';
}

function time({ statement }: Applicable): number {
  const value = Date.parse(statement.timestamp);
  return Number.isNaN(value) ? 0 : value;
}

function nameOf(identity: VexProduct['product']): string {
  const name = identity.packageUrls[0] ?? identity.name ?? identity.digests[0] ?? identity.cpes[0] ?? 'an unnamed product';
  return identity.versions === undefined ? name : `${name} (${identity.versions})`;
}

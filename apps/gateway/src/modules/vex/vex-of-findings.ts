import { severities, type FindingRecord, type Severity, type TriageDecisionRecord, type VexVerdictRecord } from '@esscm/store';
import { vexJustifications, type VexIdentity, type VexStatement, type VexStatus } from '@esscm/vulnerabilities';

/** A finding with what is known of it. */
export interface KnownFinding {
  readonly finding: Pick<FindingRecord, 'vulnerability' | 'packageUrl' | 'severity' | 'fixVersion'>;
  /** Every identifier. */
  readonly identifiers: readonly string[];
  /** The image it is in. */
  readonly image: VexIdentity;
  readonly decision: Pick<TriageDecisionRecord, 'state' | 'justification' | 'reason' | 'author' | 'createdAt'> | undefined;
  readonly verdict: VexVerdictRecord | undefined;
}

type Said = Omit<VexStatement, 'vulnerability' | 'aliases' | 'products'>;

/** The more cautious first: copies of a package can be judged differently, and a statement names the package. */
const caution: readonly VexStatus[] = ['affected', 'under_investigation', 'fixed', 'not_affected'];

/**
 * What is known of findings, as statements about their images, worst first: what people decided, else what VEX documents said, and
 * `under_investigation` where nobody judged. Findings of several images that are judged alike are one statement. `now` is RFC 3339.
 */
export function vexOfFindings(all: readonly KnownFinding[], now: string): readonly VexStatement[] {
  const byPackage = new Map<string, { readonly known: KnownFinding; readonly said: Said }>();
  for (const known of all) {
    const said = saidOf(known, now);
    const key = JSON.stringify([known.finding.vulnerability, known.finding.packageUrl, known.image.packageUrls[0]]);
    const other = byPackage.get(key);
    if (other === undefined || caution.indexOf(said.status) < caution.indexOf(other.said.status)) byPackage.set(key, { known, said });
  }
  const groups = [...Map.groupBy(byPackage.values(), ({ known, said }) => JSON.stringify([known.finding.vulnerability, said])).values()];
  return groups
    .flatMap((group): { readonly statement: VexStatement; readonly worst: number }[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { vulnerability } = first.known.finding;
      const aliases = [...new Set(group.flatMap(({ known }) => known.identifiers))].filter((id) => id !== vulnerability).toSorted();
      const products = group.map(({ known: { image, finding } }) => ({ product: image, subcomponent: { packageUrls: [finding.packageUrl], digests: [], cpes: [], name: finding.packageUrl, versions: undefined } }));
      const worst = Math.min(...group.map(({ known }) => rank(known.finding.severity)));
      return [{ statement: { vulnerability, aliases, ...first.said, products }, worst }];
    })
    .toSorted((one, other) => one.worst - other.worst || (one.statement.vulnerability < other.statement.vulnerability ? -1 : 1))
    .map(({ statement }) => statement);
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

function saidOf({ finding, decision, verdict }: KnownFinding, now: string): Said {
  if (decision !== undefined) return decided(decision, finding);
  if (verdict !== undefined) return stated(verdict, finding, now);
  return { status: 'under_investigation', notes: finding.fixVersion === undefined ? 'No fix is known.' : `Fixed in ${finding.fixVersion}.`, timestamp: now };
}

function decided({ state, justification, reason, author, createdAt }: NonNullable<KnownFinding['decision']>, { fixVersion }: KnownFinding['finding']): Said {
  const timestamp = createdAt.toISOString();
  const notes = `Decided by ${author}.`;
  switch (state) {
    case 'not_affected':
      return { status: 'not_affected', ...(justification !== undefined && { justification }), impact: reason, notes, timestamp };
    case 'false_positive':
      return { status: 'not_affected', impact: `A false positive: ${reason}`, notes, timestamp };
    case 'fixed':
      return { status: 'fixed', notes: `${notes} ${reason}`, timestamp };
    case 'under_investigation':
      return { status: 'under_investigation', notes: `${notes} ${reason}`, timestamp };
    case 'accepted_risk':
      return { status: 'affected', action: `Accepted: ${reason}`, notes, timestamp };
    case 'affected':
      return { status: 'affected', action: fixVersion === undefined ? 'No fix is known.' : `Update to ${fixVersion}.`, notes: `${notes} ${reason}`, timestamp };
  }
}

function stated({ status, justification, impact, action, statedAt, author, documentName }: VexVerdictRecord, { fixVersion }: KnownFinding['finding'], now: string): Said {
  const word = vexJustifications.find((known) => known === justification);
  const remedy = action ?? (status === 'affected' ? (fixVersion === undefined ? 'No fix is known.' : `Update to ${fixVersion}.`) : undefined);
  return {
    status,
    ...(word !== undefined && { justification: word }),
    ...(impact !== undefined && { impact }),
    ...(remedy !== undefined && { action: remedy }),
    notes: `As ${author} states in ${documentName}.`,
    // As its author wrote it, which may be no time.
    timestamp: Number.isNaN(Date.parse(statedAt)) ? now : new Date(statedAt).toISOString(),
  };
}

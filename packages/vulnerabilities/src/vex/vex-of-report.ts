import { severityLevels } from '../matchers/severity.js';
import { reportedFindings } from '../reports/report.js';
import type { Report, ReportedFinding } from '../reports/report.js';
import { vexImageIdentity } from './image-identity.js';
import type { VexProduct, VexStatement, VexStatus } from './vex-document.js';

/** The more cautious first: two copies of a package can be judged differently, and a statement names the package. */
const caution: readonly VexStatus[] = ['affected', 'under_investigation', 'fixed', 'not_affected'];

/**
 * What is known of the findings of a report, as statements about its image: what authors of VEX documents said is said
 * again, an exception with a justification is `not_affected` and one without is `affected`, and what nobody judged is
 * `under_investigation`. Findings left to the distribution, and hidden ones, are not spoken of. `now` is RFC 3339.
 */
export function vexOfReport(report: Report, now: string): VexStatement[] {
  const image = vexImageIdentity(report.image);
  const judged = reportedFindings(report.result)
    .filter((row) => row.state !== 'hidden' && row.suppressed?.by !== 'distribution')
    .map((row) => ({ row, ...verdictOf(row, now) }));
  const byPackage = new Map<string, (typeof judged)[number]>();
  for (const each of judged) {
    const key = `${each.row.finding.id}\n${each.row.finding.component.packageUrl}`;
    const known = byPackage.get(key);
    if (known === undefined || caution.indexOf(each.verdict.status) < caution.indexOf(known.verdict.status)) byPackage.set(key, each);
  }
  const groups = Map.groupBy([...byPackage.values()], ({ row, verdict }) => JSON.stringify([row.finding.id, verdict]));
  return [...groups.values()]
    .flatMap((group): { statement: VexStatement; place: number }[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { finding } = first.row;
      const aliases = [...new Set(group.flatMap(({ row }) => row.finding.identifiers))].filter((id) => id !== finding.id).toSorted();
      const products: VexProduct[] = group.map(({ row }) => ({
        product: image,
        subcomponent: { packageUrls: [row.finding.component.packageUrl], digests: [], cpes: [], name: row.finding.component.packageUrl, versions: undefined },
      }));
      return [{ statement: { vulnerability: finding.id, aliases, ...first.verdict, products }, place: severityLevels.indexOf(finding.severity.level) }];
    })
    .toSorted((one, other) => one.place - other.place || compare(one.statement.vulnerability, other.statement.vulnerability))
    .map(({ statement }) => statement);
}

type Verdict = Omit<VexStatement, 'vulnerability' | 'aliases' | 'products'>;

function verdictOf({ finding, suppressed }: ReportedFinding, now: string): { verdict: Verdict } {
  if (suppressed?.exception !== undefined) {
    const { justification, reason } = suppressed.exception;
    return { verdict: justification === undefined ? { status: 'affected', action: `Accepted: ${suppressed.reason}`, timestamp: now } : { status: 'not_affected', justification, impact: reason, timestamp: now } };
  }
  if (finding.vex === undefined) {
    const notes = finding.fix.version === undefined ? 'No fix is known.' : `Fixed in ${finding.fix.version}.`;
    return { verdict: { status: 'under_investigation', notes, timestamp: now } };
  }
  const { status, justification, impact, action, author, timestamp } = finding.vex;
  const remedy = action ?? (status === 'affected' ? (finding.fix.version === undefined ? 'No fix is known.' : `Update to ${finding.fix.version}.`) : undefined);
  return {
    verdict: {
      status,
      ...(justification === undefined ? {} : { justification }),
      ...(impact === undefined ? {} : { impact }),
      ...(remedy === undefined ? {} : { action: remedy }),
      notes: `As ${author} states.`,
      timestamp: timestamp === '' ? now : timestamp,
    },
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

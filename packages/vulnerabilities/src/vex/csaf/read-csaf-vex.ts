import { vexJustifications } from '../vex-document.js';
import type { VexDocument, VexJustification, VexProduct, VexStatement, VexStatus } from '../vex-document.js';
import { checkSize, checkVex } from '../vex-reader.js';
import type { VexOrigin } from '../vex-reader.js';
import { CsafProductTree } from './product-tree.js';
import { csafSchema } from './schema.js';
import type { CsafVulnerability } from './schema.js';

/** What each list of products says. `recommended` says nothing of a vulnerability. */
const statuses: readonly (readonly [keyof NonNullable<CsafVulnerability['product_status']>, VexStatus])[] = [
  ['known_not_affected', 'not_affected'],
  ['first_affected', 'affected'],
  ['known_affected', 'affected'],
  ['last_affected', 'affected'],
  ['first_fixed', 'fixed'],
  ['fixed', 'fixed'],
  ['under_investigation', 'under_investigation'],
];

/** Reads a CSAF 2.0 document of the VEX profile, or another that has a status for products. */
export function readCsafVex(json: unknown, origin: VexOrigin): VexDocument {
  const document = checkVex(csafSchema, json, 'CSAF', origin);
  const { tracking } = document.document;
  const tree = new CsafProductTree(document.product_tree);
  const problems: string[] = [];
  const statements = (document.vulnerabilities ?? []).flatMap((vulnerability, index) => readVulnerability(vulnerability, tree, tracking.current_release_date, (why) => problems.push(`Vulnerability ${index + 1}: ${why}`)));
  checkSize(statements, origin);
  return { format: 'csaf', id: tracking.id, author: document.document.publisher.name, version: tracking.version, timestamp: tracking.current_release_date, location: origin.location, attachedTo: origin.attachedTo ?? [], statements, problems };
}

/** Numbers of bug trackers name nothing outside them. */
const isIdentifier = /^[A-Z][A-Z0-9]*-/i;
/** Red Hat puts its rating where an explanation belongs. */
const severityWord = /^(?:low|moderate|important|critical|none)$/i;

interface Details {
  justification?: VexJustification;
  impact?: string;
  action?: string;
}

/** One statement for each status and each set of details: products with the same ones are put together. */
function readVulnerability(vulnerability: CsafVulnerability, tree: CsafProductTree, timestamp: string, problem: (why: string) => void): VexStatement[] {
  const names = [...(vulnerability.cve === undefined ? [] : [vulnerability.cve]), ...(vulnerability.ids ?? []).flatMap((id) => (isIdentifier.test(id.text) ? [id.text] : []))];
  const [name, ...aliases] = names;
  if (name === undefined) {
    problem('it has neither a CVE nor another id');
    return [];
  }
  const details = detailsByProduct(vulnerability, tree);
  const statements: VexStatement[] = [];
  for (const [list, status] of statuses) {
    const groups = new Map<string, { details: Details; products: VexProduct[] }>();
    for (const id of vulnerability.product_status?.[list] ?? []) {
      const product = tree.product(id);
      if (product === undefined) {
        problem(`the product ${id} is not in its tree`);
        continue;
      }
      const own = relevantDetails(details.get(id) ?? {}, status);
      const key = JSON.stringify(own);
      const group = groups.get(key) ?? { details: own, products: [] };
      group.products.push(product);
      groups.set(key, group);
    }
    for (const group of groups.values()) statements.push({ vulnerability: name, aliases, status, ...group.details, timestamp, products: group.products });
  }
  return statements;
}

function detailsByProduct(vulnerability: CsafVulnerability, tree: CsafProductTree): Map<string, Details> {
  const details = new Map<string, Details>();
  const set = (ids: readonly string[], values: Details): void => {
    for (const id of ids) details.set(id, { ...details.get(id), ...values });
  };
  for (const flag of vulnerability.flags ?? []) {
    const justification = vexJustifications.find((known) => known === flag.label);
    if (justification !== undefined) set(tree.expand(flag.product_ids, flag.group_ids), { justification });
  }
  for (const threat of vulnerability.threats ?? []) {
    if (threat.category === 'impact' && !severityWord.test(threat.details)) set(tree.expand(threat.product_ids, threat.group_ids), { impact: threat.details });
  }
  // The last one set stays, so that what helps most comes last.
  const byUse = (vulnerability.remediations ?? []).toSorted((one, other) => remedyRank(one.category) - remedyRank(other.category));
  for (const remedy of byUse) set(tree.expand(remedy.product_ids, remedy.group_ids), { action: remedy.details });
  return details;
}

function relevantDetails(details: Details, status: VexStatus): Details {
  if (status === 'not_affected') return { ...(details.justification === undefined ? {} : { justification: details.justification }), ...(details.impact === undefined ? {} : { impact: details.impact }) };
  return details.action === undefined ? {} : { action: details.action };
}

function remedyRank(category: string): number {
  return ['workaround', 'mitigation', 'none_available', 'no_fix_planned', 'vendor_fix'].indexOf(category);
}

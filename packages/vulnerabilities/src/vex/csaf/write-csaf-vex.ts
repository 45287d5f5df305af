import type { VexIdentity, VexProduct, VexStatement, VexStatus } from '../vex-document.js';
import { commonJustification, contentName, identifierOf } from '../vex-to-write.js';
import type { VexToWrite } from '../vex-to-write.js';

const lists = { not_affected: 'known_not_affected', affected: 'known_affected', fixed: 'fixed', under_investigation: 'under_investigation' } as const satisfies Record<VexStatus, string>;

/** CSAF 2.0 of the VEX profile (https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html#45-profile-5-vex). */
export function writeCsafVex(document: VexToWrite): object {
  const products = new ProductIds();
  const vulnerabilities = [...Map.groupBy(document.statements, (said) => said.vulnerability)].map(([id, statements]) => vulnerability(id, statements, products));
  return {
    document: {
      category: 'csaf_vex',
      csaf_version: '2.0',
      publisher: { category: 'user', name: document.author.name, namespace: document.author.namespace },
      title: document.title,
      tracking: {
        current_release_date: document.timestamp,
        generator: { date: document.timestamp, engine: { name: document.tool.name, version: document.tool.version } },
        id: `${document.tool.name.toUpperCase()}-${contentName(document).slice(0, 16)}`,
        initial_release_date: document.timestamp,
        revision_history: [{ date: document.timestamp, number: '1', summary: 'First version.' }],
        status: 'final',
        version: '1',
      },
    },
    product_tree: products.tree(),
    vulnerabilities,
  };
}

/** Numbers products as they come up, and explains the numbers in the tree. */
class ProductIds {
  readonly #things = new Map<string, { id: string; identity: VexIdentity }>();
  readonly #relationships = new Map<string, { id: string; part: string; whole: string; name: string }>();

  of({ product, subcomponent }: VexProduct): string {
    const whole = this.#thing(product);
    if (subcomponent === undefined) return whole;
    const part = this.#thing(subcomponent);
    const key = `${part} ${whole}`;
    let known = this.#relationships.get(key);
    if (known === undefined) {
      known = { id: `CSAFPID-R${this.#relationships.size + 1}`, part, whole, name: `${identifierOf(subcomponent)} in ${identifierOf(product)}` };
      this.#relationships.set(key, known);
    }
    return known.id;
  }

  tree(): object {
    const relationships = [...this.#relationships.values()].map(({ id, part, whole, name }) => ({ category: 'default_component_of', full_product_name: { name, product_id: id }, product_reference: part, relates_to_product_reference: whole }));
    return { full_product_names: [...this.#things.values()].map(({ id, identity }) => fullProductName(id, identity)), ...(relationships.length === 0 ? {} : { relationships }) };
  }

  #thing(identity: VexIdentity): string {
    const key = identifierOf(identity);
    let known = this.#things.get(key);
    if (known === undefined) {
      known = { id: `CSAFPID-${this.#things.size + 1}`, identity };
      this.#things.set(key, known);
    }
    return known.id;
  }
}

function fullProductName(id: string, identity: VexIdentity): object {
  const [packageUrl] = identity.packageUrls;
  const [cpe] = identity.cpes;
  const digest = identity.digests.find((each) => each.startsWith('sha256:'));
  const helper = {
    ...(cpe === undefined ? {} : { cpe }),
    ...(packageUrl === undefined ? {} : { purl: packageUrl }),
    ...(digest === undefined ? {} : { hashes: [{ file_hashes: [{ algorithm: 'sha256', value: digest.slice('sha256:'.length) }], filename: 'manifest.json' }] }),
  };
  return { name: identity.name ?? identifierOf(identity), product_id: id, ...(Object.keys(helper).length === 0 ? {} : { product_identification_helper: helper }) };
}

function vulnerability(id: string, statements: readonly VexStatement[], products: ProductIds): object {
  const placed = statements.map((said) => ({ said, ids: [...new Set(said.products.map((product) => products.of(product)))] }));
  const byStatus = Map.groupBy(placed, ({ said }) => lists[said.status]);
  const aliases = [...new Set([id, ...statements.flatMap((said) => said.aliases)])].filter((each) => !isCve(each));
  const flags = placed.flatMap(({ said, ids }) => (said.justification === undefined ? [] : [{ label: commonJustification(said.justification), product_ids: ids }]));
  // The profile asks for a reason where a product is not affected, and for an action where it is.
  const threats = placed.flatMap(({ said, ids }) => (said.status !== 'not_affected' || (said.impact === undefined && said.justification !== undefined) ? [] : [{ category: 'impact', details: said.impact ?? 'The author gives no reason.', product_ids: ids }]));
  const remediations = placed.flatMap(({ said, ids }) => (said.status === 'affected' ? [{ category: /^(?:update|upgrade|fixed)/i.test(said.action ?? '') ? 'vendor_fix' : 'none_available', details: said.action ?? 'The author names no action.', product_ids: ids }] : []));
  const notes = [...new Set(statements.flatMap((said) => said.notes ?? []))];
  return {
    ...(isCve(id) ? { cve: id } : {}),
    ...(aliases.length === 0 ? {} : { ids: aliases.map((text) => ({ system_name: systemOf(text), text })) }),
    notes: [{ category: 'general', text: notes.length === 0 ? id : notes.join('\n') }],
    product_status: Object.fromEntries([...byStatus].map(([list, entries]) => [list, [...new Set(entries.flatMap(({ ids }) => ids))]])),
    ...(flags.length === 0 ? {} : { flags }),
    ...(threats.length === 0 ? {} : { threats }),
    ...(remediations.length === 0 ? {} : { remediations }),
  };
}

function isCve(id: string): boolean {
  return /^CVE-\d{4}-\d{4,}$/.test(id);
}

function systemOf(id: string): string {
  return id.startsWith('GHSA-') ? 'GitHub Advisory Database' : 'OSV';
}

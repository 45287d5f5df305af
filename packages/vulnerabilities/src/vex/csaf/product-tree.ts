import type { VexIdentity, VexProduct } from '../vex-document.js';
import { identityOfText, vexIdentity } from '../vex-reader.js';
import { csafBranchSchema } from './schema.js';
import type { CsafDocument, CsafProduct } from './schema.js';

/** Deeper trees than any real one; the rest is left out. */
const maximumDepth = 30;

/** Products of a CSAF document by their id. A component of a product is both: the product, and in it the component. */
export class CsafProductTree {
  readonly #identities = new Map<string, VexIdentity>();
  readonly #relationships = new Map<string, { readonly part: string; readonly whole: string }>();
  readonly #groups = new Map<string, readonly string[]>();

  constructor(tree: CsafDocument['product_tree']) {
    this.#walk(tree?.branches ?? []);
    for (const product of tree?.full_product_names ?? []) this.#identities.set(product.product_id, identityOf(product));
    for (const relationship of tree?.relationships ?? []) {
      const { product_id: id } = relationship.full_product_name;
      this.#relationships.set(id, { part: relationship.product_reference, whole: relationship.relates_to_product_reference });
    }
    for (const group of tree?.product_groups ?? []) this.#groups.set(group.group_id, group.product_ids);
  }

  /** Undefined for an id the tree does not explain. */
  product(id: string): VexProduct | undefined {
    const relationship = this.#relationships.get(id);
    if (relationship === undefined) {
      const product = this.#identities.get(id);
      return product === undefined ? undefined : { product };
    }
    const subcomponent = this.#identities.get(relationship.part);
    const product = this.#identities.get(relationship.whole) ?? this.product(relationship.whole)?.product;
    return product === undefined ? undefined : { product, ...(subcomponent === undefined ? {} : { subcomponent }) };
  }

  /** The ids listed, and those of the groups. */
  expand(ids: readonly string[] | null | undefined, groups: readonly string[] | null | undefined): string[] {
    return [...(ids ?? []), ...(groups ?? []).flatMap((group) => this.#groups.get(group) ?? [])];
  }

  #walk(branches: readonly unknown[]): void {
    let level: readonly unknown[] = branches;
    for (let depth = 0; depth < maximumDepth && level.length > 0; depth += 1) {
      const next: unknown[][] = [];
      for (const candidate of level) {
        const { data: branch } = csafBranchSchema.safeParse(candidate);
        if (branch?.product !== undefined) this.#identities.set(branch.product.product_id, identityOf(branch.product, branch.category === 'product_version_range' ? branch.name : undefined));
        if (branch?.branches != null) next.push(branch.branches);
      }
      level = next.flat();
    }
  }
}

function identityOf(product: CsafProduct, range?: string): VexIdentity {
  const helper = product.product_identification_helper;
  const digests = (helper?.hashes ?? []).flatMap((hash) => hash.file_hashes.flatMap(({ algorithm, value }) => ((algorithm ?? 'sha256') === 'sha256' ? [`sha256:${value.toLowerCase()}`] : [])));
  const identity = vexIdentity({ packageUrls: [helper?.purl, ...(helper?.purls ?? [])], cpes: [helper?.cpe], digests, name: product.name });
  return { ...(identity ?? identityOfText(product.name)), versions: range?.startsWith('vers:') === true ? range : undefined };
}

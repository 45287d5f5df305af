import { streamOfProduct } from '../../matchers/minor-releases.js';
import { parsePackageUrl } from '../../matchers/package-url.js';
import { branchSchema } from './schema.js';
import type { VexDocument } from './schema.js';

/** A package of Enterprise Linux that a statement is about. */
export interface StatedPackage {
  /** `enterprise_linux:9`; `rhel_els:7` for what subscribers of extended support get. */
  readonly product: string;
  /** `eus:9.4` for what only images that stay on a minor release get; absent for the main stream. */
  readonly stream: string | undefined;
  readonly name: string;
  /** `[epoch:]version-release`; absent where the statement is about every version. */
  readonly version: string | undefined;
  /** `name:stream`. */
  readonly module: string | undefined;
  readonly isSource: boolean;
}

const maximumDepth = 16;

/** By product id: the packages of Enterprise Linux in the product tree. Other products and container images are left out. */
export function readProducts(document: VexDocument): ReadonlyMap<string, StatedPackage> {
  const products = new Map<string, Product>();
  const packages = new Map<string, Omit<StatedPackage, keyof Product>>();
  const walk = (branches: readonly unknown[], depth: number): void => {
    if (depth > maximumDepth) throw new RangeError('The product tree is deeper than any real one.');
    for (const each of branches) {
      const branch = branchSchema.parse(each);
      const { cpe, purl } = branch.product?.product_identification_helper ?? {};
      const id = branch.product?.product_id ?? '';
      const product = cpe === undefined ? undefined : productOf(cpe);
      const found = purl === undefined ? undefined : packageOf(purl);
      if (product !== undefined) products.set(id, product);
      if (found !== undefined) packages.set(id, found);
      walk(branch.branches ?? [], depth + 1);
    }
  };
  walk(document.product_tree?.branches ?? [], 0);
  const stated = new Map<string, StatedPackage>();
  for (const { full_product_name, product_reference, relates_to_product_reference } of document.product_tree?.relationships ?? []) {
    const product = products.get(relates_to_product_reference);
    const found = packages.get(product_reference);
    if (product !== undefined && found !== undefined) stated.set(full_product_name.product_id, { ...product, ...found });
  }
  return stated;
}

type Product = Pick<StatedPackage, 'product' | 'stream'>;

/** Repositories and minor releases of the main stream are one product: a fix reaches every image that takes updates. */
function productOf(cpe: string): Product | undefined {
  const [, major] = /^cpe:\/[ao]:redhat:enterprise_linux:(\d+)(?:\.\d+)?(?::|$)/.exec(cpe) ?? [];
  if (major !== undefined) return { product: `enterprise_linux:${major}`, stream: undefined };
  const stream = streamOfProduct(cpe);
  if (stream !== undefined) return { product: stream.replace(/^\w+:(\d+)\..*/, 'enterprise_linux:$1'), stream };
  const [, extended] = /^cpe:\/[ao]:redhat:rhel_els:(\d+)(?::|$)/.exec(cpe) ?? [];
  return extended === undefined ? undefined : { product: `rhel_els:${extended}`, stream: undefined };
}

function packageOf(purl: string): Omit<StatedPackage, keyof Product> | undefined {
  const parts = parsePackageUrl(purl);
  if (parts?.type !== 'rpm' || /-debug(?:info|source)$/.test(parts.name)) return undefined;
  const epoch = parts.qualifiers.get('epoch');
  const [module, stream] = parts.qualifiers.get('rpmmod')?.split(':') ?? [];
  return {
    name: parts.name,
    version: parts.version === '' ? undefined : `${epoch ?? '0'}:${parts.version}`,
    module: module === undefined || stream === undefined ? undefined : `${module}:${stream}`,
    isSource: parts.qualifiers.get('arch') === 'src',
  };
}

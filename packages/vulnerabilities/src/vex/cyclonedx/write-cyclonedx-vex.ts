import type { VexIdentity, VexProduct, VexStatement } from '../vex-document.js';
import { contentName, identifierOf } from '../vex-to-write.js';
import type { VexToWrite } from '../vex-to-write.js';
import { cycloneDxAnalysis } from './cyclonedx-analysis.js';

/**
 * CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json). One product is what the document describes, with what else is named as its
 * components; several are components, each with its own parts inside.
 */
export function writeCycloneDxVex(document: VexToWrite): object {
  const name = contentName(document);
  const products = Map.groupBy(document.statements.flatMap((said) => said.products), ({ product }) => identifierOf(product));
  const [first] = products.values();
  const root = products.size === 1 ? first?.[0]?.product : undefined;
  const components = root === undefined ? [...products.values()].flatMap(whole) : partsOf(first ?? []).map((part) => component(part, 'library', identifierOf(part)));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${name.slice(0, 8)}-${name.slice(8, 12)}-8${name.slice(13, 16)}-a${name.slice(17, 20)}-${name.slice(20, 32)}`,
    version: 1,
    metadata: {
      timestamp: document.timestamp,
      tools: { components: [{ type: 'application', name: document.tool.name, version: document.tool.version }] },
      authors: [{ name: document.author.name }],
      ...(root === undefined ? {} : { component: component(root, 'container', identifierOf(root)) }),
    },
    ...(components.length === 0 ? {} : { components }),
    vulnerabilities: document.statements.map((said) => vulnerability(said, root !== undefined)),
  };
}

/** One of several products with its parts inside it. */
function whole(entries: readonly VexProduct[]): object[] {
  const [first] = entries;
  if (first === undefined) return [];
  const parts = partsOf(entries);
  const inside = parts.map((part) => component(part, 'library', partReference({ product: first.product, subcomponent: part })));
  return [{ ...component(first.product, 'container', identifierOf(first.product)), ...(inside.length === 0 ? {} : { components: inside }) }];
}

/** Each part once. */
function partsOf(entries: readonly VexProduct[]): VexIdentity[] {
  return [...new Map(entries.flatMap(({ product, subcomponent }) => (subcomponent === undefined || identifierOf(subcomponent) === identifierOf(product) ? [] : [[identifierOf(subcomponent), subcomponent] as const]))).values()];
}

/** References are unique in a document, and the same part can be in several products. */
function partReference({ product, subcomponent }: VexProduct): string {
  return subcomponent === undefined ? identifierOf(product) : `${identifierOf(product)}#${identifierOf(subcomponent)}`;
}

function component(identity: VexIdentity, type: 'container' | 'library', reference: string): object {
  const [packageUrl] = identity.packageUrls;
  const digest = identity.digests.find((each) => each.startsWith('sha256:'));
  return {
    type,
    'bom-ref': reference,
    name: identity.name ?? identifierOf(identity),
    ...(packageUrl === undefined ? {} : { purl: packageUrl }),
    ...(digest === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: digest.slice('sha256:'.length) }] }),
  };
}

function vulnerability(said: VexStatement, hasRoot: boolean): object {
  const references = [...new Set(said.products.map((named) => (hasRoot ? identifierOf(named.subcomponent ?? named.product) : partReference(named))))];
  return {
    id: said.vulnerability,
    ...(said.aliases.length === 0 ? {} : { references: said.aliases.map((id) => ({ id, source: { name: id.startsWith('GHSA-') ? 'GitHub' : 'OSV' } })) }),
    ...(said.action === undefined ? {} : { recommendation: said.action }),
    analysis: cycloneDxAnalysis(said),
    ...(references.length === 0 ? {} : { affects: references.map((ref) => ({ ref })) }),
  };
}

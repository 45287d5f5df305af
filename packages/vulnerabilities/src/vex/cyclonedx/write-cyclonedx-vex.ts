import type { VexIdentity, VexStatement } from '../vex-document.js';
import { contentName, identifierOf } from '../vex-to-write.js';
import type { VexToWrite } from '../vex-to-write.js';
import { cycloneDxAnalysis } from './cyclonedx-analysis.js';

/** CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json). The product of the first statement is what the document describes. */
export function writeCycloneDxVex(document: VexToWrite): object {
  const name = contentName(document);
  const root = document.statements.flatMap((said) => said.products)[0]?.product;
  const parts = new Map(document.statements.flatMap((said) => said.products.flatMap(({ product, subcomponent }) => [product, ...(subcomponent === undefined ? [] : [subcomponent])])).map((identity) => [identifierOf(identity), identity]));
  if (root !== undefined) parts.delete(identifierOf(root));
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
      ...(root === undefined ? {} : { component: component(root, 'container') }),
    },
    ...(parts.size === 0 ? {} : { components: [...parts.values()].map((identity) => component(identity, 'library')) }),
    vulnerabilities: document.statements.map(vulnerability),
  };
}

function component(identity: VexIdentity, type: 'container' | 'library'): object {
  const [packageUrl] = identity.packageUrls;
  const digest = identity.digests.find((each) => each.startsWith('sha256:'));
  return {
    type,
    'bom-ref': identifierOf(identity),
    name: identity.name ?? identifierOf(identity),
    ...(packageUrl === undefined ? {} : { purl: packageUrl }),
    ...(digest === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: digest.slice('sha256:'.length) }] }),
  };
}

function vulnerability(said: VexStatement): object {
  const references = [...new Set(said.products.map(({ product, subcomponent }) => identifierOf(subcomponent ?? product)))];
  return {
    id: said.vulnerability,
    ...(said.aliases.length === 0 ? {} : { references: said.aliases.map((id) => ({ id, source: { name: id.startsWith('GHSA-') ? 'GitHub' : 'OSV' } })) }),
    ...(said.action === undefined ? {} : { recommendation: said.action }),
    analysis: cycloneDxAnalysis(said),
    ...(references.length === 0 ? {} : { affects: references.map((ref) => ({ ref })) }),
  };
}

import type { VexIdentity, VexProduct, VexStatement } from '../vex-document.js';
import { commonJustification, contentName, identifierOf } from '../vex-to-write.js';
import type { VexToWrite } from '../vex-to-write.js';

/** OpenVEX 0.2.0 (https://github.com/openvex/spec). */
export function writeOpenVex(document: VexToWrite): object {
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `https://openvex.dev/docs/public/vex-${contentName(document)}`,
    author: document.author.name,
    timestamp: document.timestamp,
    version: 1,
    tooling: `${document.tool.name} ${document.tool.version}`,
    statements: document.statements.map(statement),
  };
}

function statement(said: VexStatement): object {
  const { status, justification, impact, action, notes } = said;
  return {
    vulnerability: { name: said.vulnerability, ...(said.aliases.length === 0 ? {} : { aliases: said.aliases }) },
    ...(said.timestamp === '' ? {} : { timestamp: said.timestamp }),
    ...(said.products.length === 0 ? {} : { products: products(said.products) }),
    status,
    ...(notes === undefined ? {} : { status_notes: notes }),
    ...(justification === undefined ? {} : { justification: commonJustification(justification) }),
    // The specification asks for one of the two, and for an action where the product is affected.
    ...(impact !== undefined ? { impact_statement: impact } : status === 'not_affected' && justification === undefined ? { impact_statement: notes ?? 'The author gives no reason.' } : {}),
    ...(action !== undefined ? { action_statement: action } : status === 'affected' ? { action_statement: notes ?? 'The author names no action.' } : {}),
  };
}

/** One entry a product, with those of its components that are meant. */
function products(list: readonly VexProduct[]): object[] {
  const groups = Map.groupBy(list, ({ product }) => identifierOf(product));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const subcomponents = group.flatMap(({ subcomponent }) => (subcomponent === undefined ? [] : [thing(subcomponent)]));
    return first === undefined ? [] : [{ ...thing(first.product), ...(subcomponents.length === 0 ? {} : { subcomponents }) }];
  });
}

function thing(identity: VexIdentity): object {
  const [packageUrl] = identity.packageUrls;
  const digest = identity.digests.find((each) => each.startsWith('sha256:'));
  return {
    '@id': identifierOf(identity),
    ...(packageUrl === undefined ? {} : { identifiers: { purl: packageUrl } }),
    ...(digest === undefined ? {} : { hashes: { 'sha-256': digest.slice('sha256:'.length) } }),
  };
}

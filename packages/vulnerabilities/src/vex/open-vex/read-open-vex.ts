import type { z } from 'zod';
import type { VexDocument, VexIdentity, VexStatement } from '../vex-document.js';
import { checkSize, checkVex, identityOfText, laterTime, vexIdentity, withSubcomponents } from '../vex-reader.js';
import type { VexOrigin } from '../vex-reader.js';
import { openVexSchema, openVexStatementSchema } from './schema.js';

type Statement = z.infer<typeof openVexStatementSchema>;
type Thing = NonNullable<Statement['subcomponents']>[number];

/** Reads an OpenVEX document. A statement that does not follow the specification is left out and named in `problems`. */
export function readOpenVex(json: unknown, origin: VexOrigin): VexDocument {
  const document = checkVex(openVexSchema, json, 'OpenVEX', origin);
  const issued = laterTime(document.last_updated, document.timestamp);
  const statements: VexStatement[] = [];
  const problems: string[] = [];
  for (const [index, candidate] of document.statements.entries()) {
    const parsed = openVexStatementSchema.safeParse(candidate);
    const statement = parsed.success ? readStatement(parsed.data, document.timestamp) : undefined;
    if (statement === undefined) problems.push(`Statement ${index + 1}: ${parsed.success ? 'it names no vulnerability' : reasonOf(parsed.error)}`);
    else statements.push(statement);
  }
  checkSize(statements, origin);
  return { format: 'openvex', id: document['@id'], author: document.author, version: String(document.version), timestamp: issued, location: origin.location, attachedTo: origin.attachedTo ?? [], statements, problems };
}

function readStatement(statement: Statement, issued: string): VexStatement | undefined {
  const { vulnerability } = statement;
  const named = typeof vulnerability === 'string' ? { name: vulnerability, aliases: [] } : { name: vulnerability.name ?? lastPart(vulnerability['@id']), aliases: vulnerability.aliases ?? [] };
  if (named.name === undefined || named.name === '') return undefined;
  const shared = (statement.subcomponents ?? []).flatMap((thing) => identity(thing) ?? []);
  return {
    vulnerability: named.name,
    aliases: named.aliases,
    status: statement.status,
    ...(statement.justification === undefined ? {} : { justification: statement.justification }),
    ...(statement.impact_statement === undefined ? {} : { impact: statement.impact_statement }),
    ...(statement.action_statement === undefined ? {} : { action: statement.action_statement }),
    ...(statement.status_notes === undefined ? {} : { notes: statement.status_notes }),
    timestamp: laterTime(statement.last_updated, statement.timestamp) || issued,
    products: (statement.products ?? []).flatMap((product) => {
      const found = identity(product);
      const own = typeof product === 'string' ? [] : (product.subcomponents ?? []).flatMap((thing) => identity(thing) ?? []);
      return found === undefined ? [] : withSubcomponents(found, [...own, ...shared]);
    }),
  };
}

function identity(thing: Thing): VexIdentity | undefined {
  if (typeof thing === 'string') return identityOfText(thing);
  const more = {
    packageUrls: [thing.identifiers?.purl],
    cpes: [thing.identifiers?.cpe22, thing.identifiers?.cpe23],
    digests: Object.entries(thing.hashes ?? {}).flatMap(([algorithm, value]) => (algorithm === 'sha-256' ? [`sha256:${value.toLowerCase()}`] : [])),
  };
  return thing['@id'] === undefined ? vexIdentity(more) : identityOfText(thing['@id'], more);
}

/** `CVE-2024-1` of an address that ends in it. */
function lastPart(address: string | undefined): string | undefined {
  return address?.split(/[/#]/).at(-1);
}

function reasonOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
}

import type { z } from 'zod';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import type { VexIdentity, VexProduct, VexStatement } from './vex-document.js';

/** Bounds of one document; Red Hat's largest have some ten thousand products. */
export const vexLimits = { bytes: 64 * 1024 * 1024, statements: 100_000, products: 1_000_000, text: 20_000 } as const;

/** Where a document comes from, for messages and verdicts. */
export interface VexOrigin {
  readonly location: string;
  /** Digests of the images it is attached to. */
  readonly attachedTo?: readonly string[];
}

/** Checks parsed JSON against the schema of its format. @throws VulnerabilitiesError `vex-malformed` that names the field. */
export function checkVex<Schema extends z.ZodType>(schema: Schema, json: unknown, format: string, origin: VexOrigin): z.infer<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw malformedVex(origin, `as ${format} it is wrong at ${issue?.path.join('.') ?? 'its start'}: ${issue?.message ?? ''}`);
}

export function malformedVex(origin: VexOrigin, why: string, cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('vex-malformed', `${origin.location} is not a VEX document that can be read: ${why}.`, 'Give an OpenVEX, CSAF VEX or CycloneDX document in JSON.', cause);
}

/** @throws VulnerabilitiesError `vex-too-large`. */
export function checkSize(statements: readonly VexStatement[], origin: VexOrigin): void {
  const products = statements.reduce((sum, statement) => sum + statement.products.length, 0);
  if (statements.length > vexLimits.statements || products > vexLimits.products) {
    throw new VulnerabilitiesError('vex-too-large', `${origin.location} has ${statements.length} statements about ${products} products.`, 'Split the document.');
  }
}

/** An identity from whatever a document gives; undefined when nothing names the thing. */
export function vexIdentity(parts: { packageUrls?: readonly (string | undefined)[]; digests?: readonly string[]; cpes?: readonly (string | undefined)[]; name?: string | undefined; versions?: string | undefined }): VexIdentity | undefined {
  const packageUrls = present(parts.packageUrls);
  const cpes = present(parts.cpes);
  const digests = parts.digests ?? [];
  if (packageUrls.length + cpes.length + digests.length === 0 && parts.name === undefined) return undefined;
  return { packageUrls, digests, cpes, name: parts.name, versions: parts.versions };
}

/** An `@id`, `bom-ref` or product id that says itself what it names. */
export function identityOfText(text: string, more: { packageUrls?: readonly (string | undefined)[]; digests?: readonly string[]; cpes?: readonly (string | undefined)[] } = {}): VexIdentity {
  const isPackageUrl = /^pkg:/i.test(text);
  const digest = /(?:^|@)(sha256:[0-9a-f]{64})$/.exec(text)?.[1];
  return {
    packageUrls: [...new Set([...(isPackageUrl ? [text] : []), ...present(more.packageUrls)])],
    digests: [...(more.digests ?? []), ...(digest === undefined || isPackageUrl ? [] : [digest])],
    cpes: [...(/^cpe:/i.test(text) ? [text] : []), ...present(more.cpes)],
    name: text,
    versions: undefined,
  };
}

/** `products` with their components: one entry a component, or one for the product as a whole. */
export function withSubcomponents(product: VexIdentity, subcomponents: readonly VexIdentity[]): VexProduct[] {
  return subcomponents.length === 0 ? [{ product }] : subcomponents.map((subcomponent) => ({ product, subcomponent }));
}

/** The later of two RFC 3339 times; either may be missing. */
export function laterTime(one: string | undefined, other: string | undefined): string {
  if (one === undefined || other === undefined) return one ?? other ?? '';
  return Date.parse(one) >= Date.parse(other) ? one : other;
}

function present(texts: readonly (string | undefined)[] | undefined): string[] {
  return (texts ?? []).filter((text): text is string => text !== undefined && text !== '');
}

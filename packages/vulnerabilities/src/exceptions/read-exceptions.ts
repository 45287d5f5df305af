import { parse } from 'yaml';
import { z } from 'zod';
import { vexJustifications } from '../vex/vex-document.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import type { Exception } from './exception.js';

const text = z.string().trim().min(1).max(4_000);
/** A day counts to its end. YAML reads some days as text, some tools write a whole time. */
const expiry = text.transform((value, context) => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T23:59:59Z` : value;
  if (Number.isNaN(Date.parse(time))) context.addIssue('it is neither a day (2026-12-31) nor a time');
  return time;
});

const fileSchema = z.strictObject({
  exceptions: z
    .array(
      z.strictObject({
        vulnerability: text,
        reason: text,
        author: text.optional(),
        package: text.refine((value) => value.startsWith('pkg:'), 'it is no package URL').optional(),
        path: text.optional(),
        image: text.optional(),
        expires: expiry.optional(),
        'until-fixed': z.boolean().default(false),
        justification: z.enum(vexJustifications).optional(),
      }),
    )
    .max(100_000),
});

/**
 * Reads a file of exceptions, YAML or JSON. Unknown fields are an error: a misspelt scope would let too much through.
 * @throws VulnerabilitiesError `exceptions-malformed` that names the place.
 */
export function readExceptions(file: string, name: string): Exception[] {
  const parsed = fileSchema.safeParse(document(file, name));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw malformed(`${name} is wrong at ${issue?.path.join('.') || 'its start'}: ${issue?.message ?? ''}.`);
  }
  return parsed.data.exceptions.map((each) => ({
    vulnerability: each.vulnerability,
    reason: each.reason,
    author: each.author,
    packageUrl: each.package,
    path: each.path,
    image: each.image,
    expiresAt: each.expires,
    untilFixed: each['until-fixed'],
    justification: each.justification,
  }));
}

function document(file: string, name: string): unknown {
  try {
    // Aliases could make a small file unfold to a large one.
    return parse(file, { maxAliasCount: 0, schema: 'core' });
  } catch (error) {
    throw malformed(`${name} is neither YAML nor JSON: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : ''}`, error);
  }
}

function malformed(message: string, cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('exceptions-malformed', message, 'List them under exceptions, each with vulnerability and reason; package, path, image, expires, until-fixed, author and justification are optional.', cause);
}

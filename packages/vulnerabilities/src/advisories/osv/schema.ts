import { z } from 'zod';

/** Bounds of one record; the largest real ones stay a tenth below them. */
export const osvLimits = {
  recordBytes: 16 * 1024 * 1024,
  affectedPackages: 50_000,
  eventsPerRange: 5_000,
  versions: 100_000,
  identifiers: 10_000,
} as const;

const version = z.string().max(512).refine((text) => !text.includes('\n'));
const identifier = z.string().min(1).max(256);
const identifiers = z.array(identifier).max(osvLimits.identifiers).nullish();
const severities = z.array(z.object({ type: z.string().max(64), score: z.string().max(512) })).max(100).nullish();

const event = z.object({
  introduced: version.optional(),
  fixed: version.optional(),
  last_affected: version.optional(),
  limit: version.optional(),
});

const range = z.object({ type: z.string().max(32), events: z.array(event).max(osvLimits.eventsPerRange) });

const affected = z.object({
  package: z.object({ ecosystem: z.string().min(1).max(256), name: z.string().min(1).max(512), purl: z.string().max(2_048).nullish() }).nullish(),
  ranges: z.array(range).max(osvLimits.eventsPerRange).nullish(),
  versions: z.array(version).max(osvLimits.versions).nullish(),
  severity: severities,
  ecosystem_specific: z.unknown().optional(),
  database_specific: z.unknown().optional(),
});

/**
 * The fields of an OSV record the product uses (https://ossf.github.io/osv-schema). Fields it does not know are left
 * alone, absent lists may be null; wrong types, versions with line breaks and oversized lists are refused.
 */
export const osvRecordSchema = z.object({
  id: identifier,
  modified: z.string().max(64).nullish(),
  published: z.string().max(64).nullish(),
  withdrawn: z.string().max(64).nullish(),
  summary: z.string().nullish(),
  aliases: identifiers,
  upstream: identifiers,
  related: identifiers,
  severity: severities,
  affected: z.array(affected).max(osvLimits.affectedPackages).nullish(),
  database_specific: z.unknown().optional(),
});

/** A record as the schema leaves it. */
export type OsvRecord = z.infer<typeof osvRecordSchema>;
/** One entry of `affected`. */
export type OsvAffected = z.infer<typeof affected>;

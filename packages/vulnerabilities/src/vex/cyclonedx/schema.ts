import { z } from 'zod';
import { vexLimits } from '../vex-reader.js';

const text = z.string().max(vexLimits.text);
const time = z.string().max(64).refine((value) => !Number.isNaN(Date.parse(value)), 'it is no time');
const hashes = z.array(z.object({ alg: text, content: text })).max(100).nullish();

const component = z.object({ type: text.optional(), 'bom-ref': text.optional(), group: text.optional(), name: text.optional(), version: text.optional(), purl: text.optional(), cpe: text.optional(), hashes });

/** A component of the document. */
export type CycloneDxComponent = z.infer<typeof component>;

/** A component with its parts, which are checked when they are walked. */
export const nestedComponentSchema = component.extend({ components: z.array(z.unknown()).max(vexLimits.products).nullish() });

const actor = z.object({ name: text.optional(), email: text.optional() });

/** One vulnerability of a document. */
export const cycloneDxVulnerabilitySchema = z.object({
  id: text.min(1),
  references: z.array(z.object({ id: text })).max(1_000).nullish(),
  recommendation: text.optional(),
  workaround: text.optional(),
  created: time.optional(),
  published: time.optional(),
  updated: time.optional(),
  analysis: z
    .object({ state: z.enum(['resolved', 'resolved_with_pedigree', 'exploitable', 'in_triage', 'false_positive', 'not_affected']).optional(), justification: text.optional(), response: z.array(text).max(100).nullish(), detail: text.optional(), firstIssued: time.optional(), lastUpdated: time.optional() })
    .optional(),
  affects: z
    .array(z.object({ ref: text, versions: z.array(z.object({ version: text.optional(), range: text.optional(), status: text.optional() })).max(10_000).nullish() }))
    .max(vexLimits.products)
    .nullish(),
});

export type CycloneDxVulnerability = z.infer<typeof cycloneDxVulnerabilitySchema>;

/** The fields of a CycloneDX document, 1.4 to 1.7, that are used (https://cyclonedx.org/docs/1.6/json); its vulnerabilities are checked one by one. */
export const cycloneDxSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  serialNumber: text.optional(),
  version: z.number().optional(),
  metadata: z
    .object({ timestamp: time.optional(), component: nestedComponentSchema.optional(), supplier: actor.optional(), manufacturer: actor.optional(), manufacture: actor.optional(), authors: z.array(actor).max(1_000).nullish() })
    .optional(),
  components: z.array(z.unknown()).max(vexLimits.products).nullish(),
  vulnerabilities: z.array(z.unknown()).max(vexLimits.statements).nullish(),
});

export type CycloneDxDocument = z.infer<typeof cycloneDxSchema>;

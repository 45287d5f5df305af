import { z } from 'zod';
import { vexLimits } from '../vex-reader.js';

const text = z.string().max(vexLimits.text);
const time = z.string().max(64).refine((value) => !Number.isNaN(Date.parse(value)), 'it is no time');
const ids = z.array(text).max(vexLimits.products).nullish();

const fullProductName = z.object({
  name: text,
  product_id: text,
  product_identification_helper: z
    .object({
      cpe: text.optional(),
      purl: text.optional(),
      /** CSAF 2.1. */
      purls: z.array(text).max(1_000).nullish(),
      hashes: z.array(z.object({ file_hashes: z.array(z.object({ algorithm: text.optional(), value: text })).max(100) })).max(1_000).nullish(),
    })
    .optional(),
});

/** A product as the document names it. */
export type CsafProduct = z.infer<typeof fullProductName>;

/** A node of the tree of products; its children are checked when they are walked, so that depth costs no stack here. */
export const csafBranchSchema = z.object({ category: text, name: text, product: fullProductName.optional(), branches: z.array(z.unknown()).max(vexLimits.products).nullish() });

const vulnerability = z.object({
  cve: text.optional(),
  ids: z.array(z.object({ text })).max(1_000).nullish(),
  product_status: z
    .object({ first_affected: ids, known_affected: ids, last_affected: ids, first_fixed: ids, fixed: ids, known_not_affected: ids, under_investigation: ids })
    .optional(),
  flags: z.array(z.object({ label: text, product_ids: ids, group_ids: ids })).max(vexLimits.statements).nullish(),
  remediations: z.array(z.object({ category: text, details: text, product_ids: ids, group_ids: ids })).max(vexLimits.statements).nullish(),
  threats: z.array(z.object({ category: text, details: text, product_ids: ids, group_ids: ids })).max(vexLimits.statements).nullish(),
  notes: z.array(z.object({ category: text, text })).max(1_000).nullish(),
});

/** One vulnerability of a document. */
export type CsafVulnerability = z.infer<typeof vulnerability>;

/** The fields of a CSAF 2.0 document (https://docs.oasis-open.org/csaf/csaf/v2.0) that are used. */
export const csafSchema = z.object({
  document: z.object({
    category: text,
    publisher: z.object({ name: text }),
    tracking: z.object({ id: text, version: text, current_release_date: time }),
  }),
  product_tree: z
    .object({
      branches: z.array(z.unknown()).max(vexLimits.products).nullish(),
      full_product_names: z.array(fullProductName).max(vexLimits.products).nullish(),
      relationships: z.array(z.object({ product_reference: text, relates_to_product_reference: text, full_product_name: fullProductName })).max(vexLimits.products).nullish(),
      product_groups: z.array(z.object({ group_id: text, product_ids: z.array(text).max(vexLimits.products) })).max(100_000).nullish(),
    })
    .optional(),
  vulnerabilities: z.array(vulnerability).max(vexLimits.statements).nullish(),
});

/** A document as the schema leaves it. */
export type CsafDocument = z.infer<typeof csafSchema>;

import { z } from 'zod';

const text = z.string().max(1_000);
const productIds = z.array(text).max(100_000);

const product = z.object({ product_id: text, product_identification_helper: z.object({ cpe: text.optional(), purl: text.optional() }).nullish() });

/** A branch of the product tree. Only its shape is known beforehand; `readProducts` bounds its depth. */
export const branchSchema = z.object({ product: product.nullish(), branches: z.array(z.unknown()).max(100_000).nullish() });

const relationship = z.object({
  full_product_name: z.object({ product_id: text }),
  product_reference: text,
  relates_to_product_reference: text,
});

const remediation = z.object({ category: z.string().max(64), details: z.string().nullish(), product_ids: productIds.nullish() });

/**
 * A VEX document of Red Hat: CSAF 2.0 (https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html, profile 5), one vulnerability
 * each. The fields used.
 */
export const vexDocumentSchema = z.object({
  document: z.object({
    title: z.string().nullish(),
    tracking: z.object({ current_release_date: z.string().max(64) }),
  }),
  product_tree: z.object({ branches: z.array(z.unknown()).max(10_000).nullish(), relationships: z.array(relationship).max(500_000).nullish() }).nullish(),
  vulnerabilities: z
    .array(
      z.object({
        cve: z.string().regex(/^CVE-\d{4}-\d{3,}$/),
        title: z.string().nullish(),
        release_date: z.string().max(64).nullish(),
        product_status: z.object({ fixed: productIds.nullish(), known_affected: productIds.nullish(), known_not_affected: productIds.nullish() }).nullish(),
        remediations: z.array(remediation).max(10_000).nullish(),
        scores: z.array(z.object({ cvss_v3: z.object({ vectorString: z.string().max(512) }).nullish() })).max(1_000).nullish(),
        threats: z.array(z.object({ category: z.string().max(64), details: z.string().max(1_000).nullish() })).max(10_000).nullish(),
      }),
    )
    .length(1),
});

/** A document as the schema leaves it. */
export type VexDocument = z.infer<typeof vexDocumentSchema>;

import type { VexDocumentRecord, VexStatementRecord } from '@esscm/store';
import { z } from 'zod';
import { VexSilence, type VexDocument, type VexStatement } from './vex-document.type.js';

const productsShown = 20;

/** A document as the API shows it. */
export function vexDocumentView({ replaced, ...record }: VexDocumentRecord): VexDocument {
  return { ...record, replaced: replaced.map(({ replacedAt, ...version }) => ({ ...version, replacedAt: new Date(replacedAt) })) };
}

const identitySchema = z.object({ packageUrls: z.array(z.string()), digests: z.array(z.string()), cpes: z.array(z.string()), name: z.string().optional(), versions: z.string().optional() });
/** Products as the reader of documents gave them to the store. */
const productSchema = z.object({ product: identitySchema, subcomponent: identitySchema.optional() });

/** A statement of a document as the API shows it. */
export function vexStatementView(document: Pick<VexDocument, 'attachedTo'>): (record: VexStatementRecord) => VexStatement {
  return ({ vulnerability, timestamp, products, effect, ...record }) => {
    const isSilent = effect.findings + effect.overruled === 0;
    const namesNothing = products.length === 0 && document.attachedTo.length === 0;
    return {
      ...record,
      vulnerabilityId: vulnerability,
      statedAt: timestamp,
      products: products.slice(0, productsShown).map(productInWords),
      productCount: products.length,
      effect,
      silence: isSilent ? (namesNothing ? VexSilence.NO_PRODUCT : VexSilence.NOTHING_MATCHES) : undefined,
    };
  };
}

function productInWords(product: unknown): string {
  const { data } = productSchema.safeParse(product);
  if (data === undefined) return 'something that cannot be shown';
  return data.subcomponent === undefined ? identityInWords(data.product) : `${identityInWords(data.subcomponent)} in ${identityInWords(data.product)}`;
}

function identityInWords({ packageUrls, digests, cpes, name, versions }: z.infer<typeof identitySchema>): string {
  const called = packageUrls[0] ?? name ?? digests[0] ?? cpes[0] ?? 'an unnamed product';
  return versions === undefined ? called : `${called} (${versions})`;
}

import { z } from 'zod';
import { malformedVex } from './vex-reader.js';
import type { VexOrigin } from './vex-reader.js';

const envelopeSchema = z.object({ payloadType: z.literal('application/vnd.in-toto+json'), payload: z.string() });
/** A Sigstore bundle holds the envelope beside the proof of its signature. */
const bundleSchema = z.object({ mediaType: z.string().startsWith('application/vnd.dev.sigstore.bundle'), dsseEnvelope: z.unknown() });
const statementSchema = z.object({ predicateType: z.string(), subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })).max(10_000), predicate: z.unknown() });

/**
 * The document inside an in-toto statement, in a DSSE envelope, a Sigstore bundle or neither, and the digests the statement is about.
 * Anything else is given back as it is. Signatures are not checked here: who hands the document over vouches for it.
 */
export function unwrapAttestation(json: unknown, origin: VexOrigin): { readonly document: unknown; readonly subjects: readonly string[] } {
  const bundle = bundleSchema.safeParse(json);
  const envelope = envelopeSchema.safeParse(bundle.success ? bundle.data.dsseEnvelope : json);
  const inner = envelope.success ? parse(Buffer.from(envelope.data.payload, 'base64').toString('utf8'), origin) : json;
  const statement = statementSchema.safeParse(inner);
  if (!statement.success) return { document: inner, subjects: [] };
  const subjects = statement.data.subject.flatMap(({ digest }) => (digest['sha256'] === undefined ? [] : [`sha256:${digest['sha256']}`]));
  return { document: statement.data.predicate, subjects };
}

function parse(text: string, origin: VexOrigin): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformedVex(origin, 'the statement inside its envelope is no JSON', error);
  }
}

import { z } from 'zod';

/** Most bytes of a document that are given out. */
export const maximumDocumentBytes = 32 * 1024 * 1024;

/** What is sent for a document: never a type that a browser would run. */
export type PayloadType = 'application/json' | 'text/plain; charset=utf-8';

interface StoredDocument {
  readonly mediaType: string;
  readonly sizeBytes: number;
}

const json = /^(?:application|text)\/(?:[\w.-]+\+)?json$/;
const text = /^text\/(?:plain|spdx|markdown|csv|yaml)$/;
const sealed = /^application\/vnd\.(?:dsse\.envelope|dev\.sigstore\.bundle)/;

/** As what a document is given out; undefined when it is not one that is read as text, or too large. */
export function payloadTypeOf({ mediaType, sizeBytes }: StoredDocument): PayloadType | undefined {
  if (sizeBytes > maximumDocumentBytes) return undefined;
  const bare = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (json.test(bare)) return 'application/json';
  return text.test(bare) ? 'text/plain; charset=utf-8' : undefined;
}

const envelopeSchema = z.object({ payloadType: z.literal('application/vnd.in-toto+json'), payload: z.base64() });
/** A Sigstore bundle holds the envelope beside the proof of its signature. */
const sealedSchema = z.union([envelopeSchema, z.object({ dsseEnvelope: envelopeSchema }).transform(({ dsseEnvelope }) => dsseEnvelope)]);

/**
 * The bytes to read: the in-toto statement of a DSSE envelope or a Sigstore bundle, anything else as it is stored. Signatures are
 * not checked.
 */
export function payloadOf(mediaType: string, bytes: Buffer): Buffer {
  if (!sealed.test(mediaType)) return bytes;
  const envelope = sealedSchema.safeParse(parsed(bytes));
  return envelope.success ? Buffer.from(envelope.data.payload, 'base64') : bytes;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

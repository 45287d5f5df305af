import { z } from 'zod';
import { SCHEMA_1, SCHEMA_1_SIGNED } from './media-types.js';

const schema1 = z.object({
  schemaVersion: z.literal(1),
  fsLayers: z.array(z.object({ blobSum: z.string().regex(/^sha256:[0-9a-f]{64}$/) })).min(1).max(127),
  signatures: z.array(z.object({ protected: z.string().max(4_096) })).max(16).optional(),
});
const protectedSchema = z.object({ formatLength: z.number().int().nonnegative(), formatTail: z.string().max(4_096) });

/** What is to be known of a manifest of schema 1. */
interface Schema1Manifest {
  readonly mediaType: typeof SCHEMA_1 | typeof SCHEMA_1_SIGNED;
  /** What the digest is of: the manifest without its signatures, which are not verified. */
  readonly signedContent: Buffer;
  /** Layers, base first, each once. */
  readonly layerDigests: readonly string[];
}

/** The bytes up to `formatLength`, then `formatTail`; undefined when the signature does not say. */
function signedContent(bytes: Buffer, protectedHeader: string): Buffer | undefined {
  try {
    const { formatLength, formatTail } = protectedSchema.parse(JSON.parse(Buffer.from(protectedHeader, 'base64url').toString('utf8')));
    return Buffer.concat([bytes.subarray(0, formatLength), Buffer.from(formatTail, 'base64url')]);
  } catch {
    return undefined;
  }
}

/** Reads an image manifest of Docker's version 2, schema 1, which was withdrawn in 2017 and which registries still hold. Undefined for anything else. */
export function readSchema1Manifest(bytes: Buffer, json: unknown): Schema1Manifest | undefined {
  const parsed = schema1.safeParse(json);
  if (!parsed.success) return undefined;
  const [signature] = parsed.data.signatures ?? [];
  const content = signature === undefined ? bytes : signedContent(bytes, signature.protected);
  if (content === undefined) return undefined;
  return {
    mediaType: signature === undefined ? SCHEMA_1 : SCHEMA_1_SIGNED,
    signedContent: content,
    // The top layer is listed first, and the empty layer as often as there are instructions without files.
    layerDigests: [...new Set(parsed.data.fsLayers.map(({ blobSum }) => blobSum))].toReversed(),
  };
}

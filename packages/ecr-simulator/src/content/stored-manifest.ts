import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DOCKER_LIST, DOCKER_MANIFEST, isManifestMediaType, OCI_INDEX, OCI_MANIFEST } from './media-types.js';
import { readSchema1Manifest } from './schema-1-manifest.js';

/** Largest manifest taken, in bytes: what the OCI distribution specification 1.1 asks of a registry. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const descriptorSchema = z.object({
  mediaType: z.string().max(255),
  digest: digestSchema,
  size: z.number().int().nonnegative(),
  annotations: z.record(z.string(), z.string()).optional(),
});
const manifestSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().max(255).optional(),
  artifactType: z.string().max(255).optional(),
  config: descriptorSchema.optional(),
  layers: z.array(descriptorSchema).max(127).optional(),
  manifests: z.array(descriptorSchema).max(1_000).optional(),
  subject: descriptorSchema.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** A content descriptor, OCI image specification 1.1. */
type Descriptor = z.infer<typeof descriptorSchema>;

/** A blob as a manifest names it. Schema 1 names layers without their size. */
interface BlobReference {
  readonly mediaType: string;
  readonly digest: string;
  readonly size?: number | undefined;
}

/** A manifest as pushed, with what the listings need to know of it. */
export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly artifactType: string | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
  /** Digest of the manifest this one refers to (signatures, SBOMs). */
  readonly subject: string | undefined;
  /** Configuration first, which schema 1 has none of, then layers, base first. Empty for an index. */
  readonly blobs: readonly BlobReference[];
  /** Children of an index; empty otherwise. */
  readonly manifests: readonly Descriptor[];
}

/** sha256 of the bytes, in the form `sha256:…`. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/**
 * Reads an image manifest or index. Answers undefined when the bytes are not one that the registry stores: not JSON, an unknown media
 * type, or a body whose own `mediaType` differs from the one it was sent as.
 */
export function parseManifest(bytes: Buffer, sentAs: string | undefined): StoredManifest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) return parseSchema1Manifest(bytes, json, sentAs);
  const manifest = parsed.data;
  const mediaType = sentAs ?? manifest.mediaType ?? (manifest.manifests === undefined ? OCI_MANIFEST : OCI_INDEX);
  if (!isManifestMediaType(mediaType) || (manifest.mediaType !== undefined && manifest.mediaType !== mediaType)) return undefined;
  const isImage = mediaType === OCI_MANIFEST || mediaType === DOCKER_MANIFEST;
  const isIndex = mediaType === OCI_INDEX || mediaType === DOCKER_LIST;
  if (isImage && (manifest.config === undefined || manifest.layers === undefined)) return undefined;
  if (isIndex && manifest.manifests === undefined) return undefined;
  return {
    digest: digestOf(bytes),
    mediaType,
    bytes,
    artifactType: manifest.artifactType ?? manifest.config?.mediaType,
    annotations: manifest.annotations,
    subject: manifest.subject?.digest,
    blobs: isImage && manifest.config !== undefined ? [manifest.config, ...(manifest.layers ?? [])] : [],
    manifests: isIndex ? (manifest.manifests ?? []) : [],
  };
}

function parseSchema1Manifest(bytes: Buffer, json: unknown, sentAs: string | undefined): StoredManifest | undefined {
  const manifest = readSchema1Manifest(bytes, json);
  if (manifest === undefined || (sentAs !== undefined && sentAs !== manifest.mediaType)) return undefined;
  return {
    digest: digestOf(manifest.signedContent),
    mediaType: manifest.mediaType,
    bytes,
    artifactType: undefined,
    annotations: undefined,
    subject: undefined,
    blobs: manifest.layerDigests.map((digest) => ({ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', digest })),
    manifests: [],
  };
}

import { isUtf8 } from 'node:buffer';
import { digestOf, type Digest } from './digest.js';
import { OciError } from './errors.js';
import {
  bareMediaType,
  describeArtifact,
  dockerManifest,
  dockerManifestList,
  isImageConfiguration,
  isIndexMediaType,
  isManifestMediaType,
  isSchema1MediaType,
  ociIndex,
  ociManifest,
} from './media-types.js';
import { documentKindSchema, indexSchema, manifestSchema, type ImageIndex, type ImageManifest } from './schemas.js';

/** A manifest or an index, as it is and as it reads. */
export type ManifestDocument = {
  /** Exactly as received; `digest` is theirs. */
  readonly bytes: Buffer;
  readonly digest: Digest;
  readonly mediaType: string;
} & ({ readonly kind: 'index'; readonly index: ImageIndex } | { readonly kind: 'manifest'; readonly manifest: ImageManifest });

/**
 * Tells an index from a manifest and reads it. The document's own `mediaType` counts before the `Content-Type`, and its
 * shape where both are missing (OCI allows that).
 * @throws OciError `unsupported` for schema 1 and for documents of another kind, `protocol` for malformed ones
 */
export function readManifestDocument(bytes: Buffer, contentType: string | undefined, subject: string): ManifestDocument {
  const json = parseJson(bytes, subject);
  const kind = documentKindSchema.safeParse(json).data;
  if (kind === undefined) throw malformed(subject);
  const stated = kind.mediaType === undefined ? bareMediaType(contentType) : bareMediaType(kind.mediaType);
  if (kind.schemaVersion === 1 || isSchema1MediaType(stated)) {
    throw new OciError({
      code: 'unsupported',
      message: `The ${subject} has Docker's schema 1, withdrawn since 2017. Pull it with an older client and push it again.`,
    });
  }
  const mediaType = isIndexMediaType(stated) || isManifestMediaType(stated) ? stated : mediaTypeByShape(kind, stated);
  const details = { bytes, digest: digestOf(bytes) };
  if (mediaType !== undefined && isIndexMediaType(mediaType)) {
    const index = indexSchema.safeParse(json).data;
    // A document that reads both ways could be taken for something else by another reader (CVE-2021-41190).
    if (index === undefined || kind.layers !== undefined || kind.config !== undefined) throw malformed(subject);
    return { ...details, mediaType, kind: 'index', index };
  }
  if (mediaType === undefined) {
    throw new OciError({ code: 'unsupported', message: `The ${subject} is no image but ${describeArtifact(stated)}.` });
  }
  const manifest = manifestSchema.safeParse(json).data;
  if (manifest === undefined || kind.manifests !== undefined) throw malformed(subject);
  return { ...details, mediaType, kind: 'manifest', manifest };
}

/** @throws OciError of code `unsupported`, naming what it is, when a manifest describes something else than an image */
export function requireImage(manifest: ImageManifest, subject: string): void {
  if (isImageConfiguration(manifest.config.mediaType) && manifest.artifactType === undefined) return;
  const type = manifest.artifactType ?? manifest.config.mediaType;
  if (isImageConfiguration(type)) return;
  throw new OciError({ code: 'unsupported', message: `The ${subject} is no image but ${describeArtifact(type)}.` });
}

/** @throws OciError of code `protocol` when the bytes are not JSON in UTF-8 */
export function parseJson(bytes: Uint8Array, subject: string): unknown {
  try {
    // Not by TextDecoder, which takes a millisecond to be made.
    if (!isUtf8(bytes)) throw new TypeError('It is not UTF-8.');
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString().replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new OciError({ code: 'protocol', message: `The answer for ${subject} is not JSON.`, cause });
  }
}

function mediaTypeByShape(kind: ReturnType<typeof documentKindSchema.parse>, stated: string): string | undefined {
  const generic = stated === '' || stated === 'application/json' || stated === 'text/plain' || stated === 'application/octet-stream';
  if (!generic) return undefined;
  const docker = JSON.stringify(kind).includes('application/vnd.docker.');
  if (kind.manifests !== undefined) return docker ? dockerManifestList : ociIndex;
  return docker ? dockerManifest : ociManifest;
}

function malformed(subject: string): OciError {
  return new OciError({ code: 'protocol', message: `The ${subject} is not a manifest as the OCI image specification defines it.` });
}

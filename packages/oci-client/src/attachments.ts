import type { Digest } from './digest.js';
import { OciError } from './errors.js';
import type { ManifestDocument } from './manifest-document.js';
import { isImageConfiguration } from './media-types.js';
import type { RegistryClient } from './registry-client.js';
import type { Descriptor, ImageManifest } from './schemas.js';

/** How an attachment was found: as a referrer (OCI 1.1), in the image's own index (BuildKit), or by a tag of cosign. */
export type AttachmentOrigin = 'referrer' | 'index' | 'tag';

/** A file of an attachment: a layer of its manifest. */
export interface AttachedDocument {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** What an in-toto statement says, such as `https://slsa.dev/provenance/v1`, where the registry tells without its bytes. */
  readonly predicateType?: string;
}

/** Something that belongs to an image and is kept beside it, such as a signature or an SBOM. */
export interface Attachment {
  readonly digest: Digest;
  /** Of its manifest. */
  readonly mediaType: string;
  /** As stated, or else what its configuration or first document is; empty when nothing says. */
  readonly artifactType: string;
  readonly origin: AttachmentOrigin;
  /** The image, or the index it is in. */
  readonly attachedTo: Digest;
  /** Of all documents; of the manifest when they are not known. */
  readonly sizeBytes: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** As the attachment itself says it. */
  readonly created?: string;
  /** Empty when the manifest is gone or not one that is read here. */
  readonly documents: readonly AttachedDocument[];
}

export interface AttachmentList {
  readonly entries: readonly Attachment[];
  /** False when there are more than `mostAttachments`. */
  readonly complete: boolean;
}

interface ListAttachmentsOptions {
  /** Of the image for one platform. */
  readonly digest: Digest;
  /** Tag or digest it was reached by. When that is an index which holds the image, the attachments of the index count too. */
  readonly reference?: string;
  readonly signal: AbortSignal;
}

type Found = Pick<Attachment, 'digest' | 'mediaType' | 'artifactType' | 'origin' | 'attachedTo' | 'sizeBytes' | 'annotations'> & { readonly document?: ManifestDocument };

/** Manifests that are read for one image. */
const mostAttachments = 50;

/** https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md: the digest with a dash, and what it is. */
const cosignSuffixes = ['sig', 'att', 'sbom'];

/**
 * Everything attached to an image, each once: referrers (by the API or its fallback tag), attestations that its index lists for
 * it, and what cosign keeps under tags made of a digest.
 * @throws OciError
 */
export async function listAttachments(client: RegistryClient, repository: string, { digest, reference, signal }: ListAttachmentsOptions): Promise<AttachmentList> {
  const index = reference === undefined || reference === digest ? undefined : await indexOf(client, repository, { digest, reference, signal });
  const subjects = index === undefined ? [digest] : [digest, index.digest];
  const [referrers, tagged] = await Promise.all([
    Promise.all(subjects.map((subject) => referrersOf(client, repository, subject, signal))),
    Promise.all(subjects.flatMap((subject) => cosignSuffixes.map((suffix) => taggedBy(client, repository, subject, suffix, signal)))),
  ]);
  const found = [...(index?.attestations ?? []), ...referrers.flat(), ...tagged.flat()];
  const once = [...new Map(found.toReversed().map((entry) => [entry.digest, entry])).values()].toReversed();
  return {
    entries: await Promise.all(once.slice(0, mostAttachments).map((entry) => described(client, repository, entry, signal))),
    complete: once.length <= mostAttachments,
  };
}

/** The index behind a reference and what it lists for the image; undefined when the reference leads elsewhere by now. */
async function indexOf(
  client: RegistryClient,
  repository: string,
  { digest, reference, signal }: Required<ListAttachmentsOptions>,
): Promise<{ readonly digest: Digest; readonly attestations: readonly Found[] } | undefined> {
  const document = await manifestIfThere(client, repository, reference, signal);
  if (document?.kind !== 'index') return undefined;
  const entries = (document.index.manifests ?? []).slice(0, client.limits.indexEntries);
  if (!entries.some((entry) => entry.digest === digest)) return undefined;
  const attestations = entries.filter(({ annotations }) => annotations?.['vnd.docker.reference.type'] !== undefined && annotations['vnd.docker.reference.digest'] === digest);
  return { digest: document.digest, attestations: attestations.map((entry) => foundIn(entry, digest)) };
}

function foundIn({ digest, mediaType, size, artifactType = '', annotations = {} }: Descriptor, attachedTo: Digest): Found {
  return { digest, mediaType, sizeBytes: size, artifactType, annotations, origin: 'index', attachedTo };
}

async function referrersOf(client: RegistryClient, repository: string, subject: Digest, signal: AbortSignal): Promise<readonly Found[]> {
  const referrers = await client.referrers(repository, subject, { signal });
  return referrers.map((referrer) => ({ ...referrer, origin: 'referrer', attachedTo: subject }));
}

async function taggedBy(client: RegistryClient, repository: string, subject: Digest, suffix: string, signal: AbortSignal): Promise<readonly Found[]> {
  const document = await manifestIfThere(client, repository, `${subject.replace(':', '-')}.${suffix}`, signal);
  if (document === undefined) return [];
  const { digest, mediaType, bytes } = document;
  return [{ digest, mediaType, sizeBytes: bytes.length, artifactType: '', annotations: {}, origin: 'tag', attachedTo: subject, document }];
}

async function described(client: RegistryClient, repository: string, { document, ...entry }: Found, signal: AbortSignal): Promise<Attachment> {
  const read = document ?? (await manifestIfThere(client, repository, entry.digest, signal));
  if (read?.kind !== 'manifest') return { ...entry, documents: [] };
  const { manifest } = read;
  const documents = (manifest.layers ?? []).slice(0, client.limits.layers).map(asDocument);
  const annotations = { ...manifest.annotations, ...entry.annotations };
  const created = annotations['org.opencontainers.image.created'];
  return {
    ...entry,
    artifactType: entry.artifactType === '' ? typeOf(manifest) : entry.artifactType,
    sizeBytes: documents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    annotations,
    documents,
    ...(created === undefined ? {} : { created }),
  };
}

function asDocument({ digest, mediaType, size, annotations }: Descriptor): AttachedDocument {
  const predicateType = annotations?.['in-toto.io/predicate-type'] ?? annotations?.['predicateType'];
  return { digest, mediaType, sizeBytes: size, ...(predicateType === undefined ? {} : { predicateType }) };
}

/** BuildKit and cosign write the configuration of an image where nothing is an image. */
function typeOf({ artifactType, config, layers }: ImageManifest): string {
  if (artifactType !== undefined) return artifactType;
  const saysNothing = isImageConfiguration(config.mediaType) || config.mediaType === 'application/vnd.oci.empty.v1+json';
  return saysNothing ? (layers?.[0]?.mediaType ?? '') : config.mediaType;
}

/** Undefined when there is no such manifest, or it is of a kind that is not read here. */
async function manifestIfThere(client: RegistryClient, repository: string, reference: string, signal: AbortSignal): Promise<ManifestDocument | undefined> {
  try {
    return await client.manifest(repository, reference, signal);
  } catch (error) {
    if (error instanceof OciError && (error.code === 'not-found' || error.code === 'unsupported')) return undefined;
    throw error;
  }
}

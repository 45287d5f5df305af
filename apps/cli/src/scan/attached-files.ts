import { isDigest } from '@esscm/oci-client';
import type { RegistryClient } from '@esscm/oci-client';

/** A file that is attached to a manifest in its registry. */
export interface AttachedFile {
  readonly text: string;
  /** Where it is, for people. */
  readonly location: string;
  /** Digest of the manifest it is attached to. */
  readonly attachedTo: string;
}

/** Beyond these an image has more attached to it than anyone judged. */
const mostArtifacts = 50;
const mostBytes = 64 * 1024 * 1024;

/** Media types of documents, envelopes and bundles; not of images and archives. */
const isDocument = /json|vex|csaf|in-toto|dsse|sigstore|cyclonedx/i;

/** The documents among what is attached to manifests of a repository (OCI referrers), in the order the registry lists them. */
export async function attachedFiles(client: RegistryClient, repository: string, digests: readonly string[], signal: AbortSignal): Promise<AttachedFile[]> {
  const files: AttachedFile[] = [];
  for (const digest of digests.filter(isDigest)) {
    const referrers = await client.referrers(repository, digest, { signal });
    for (const referrer of referrers.slice(0, mostArtifacts)) {
      const document = await client.manifest(repository, referrer.digest, signal);
      if (document.kind !== 'manifest') continue;
      for (const layer of document.manifest.layers ?? []) {
        if (!isDocument.test(layer.mediaType) || layer.size > mostBytes || !isDigest(layer.digest)) continue;
        const bytes = await client.readBlob(repository, { digest: layer.digest, sizeBytes: layer.size }, mostBytes, signal);
        files.push({ text: bytes.toString('utf8'), location: `${client.host}/${repository}@${referrer.digest}`, attachedTo: digest });
      }
    }
  }
  return files;
}

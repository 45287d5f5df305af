import type { RegistryClient } from '@esscm/oci-client';
import { isDigest, OciError } from '@esscm/oci-client/local';

/** A file that is attached to a manifest in its registry. */
export interface AttachedFile {
  readonly text: string;
  /** Where it is, for people. */
  readonly location: string;
  /** Digest of the manifest it is attached to. */
  readonly attachedTo: string;
}

/** How much of what is attached is read; anyone who may push can attach. */
export interface AttachedFilesLimits {
  /** Artefacts of one manifest. */
  readonly artifacts: number;
  readonly files: number;
  readonly fileBytes: number;
  /** Of all files together. */
  readonly totalBytes: number;
}

/** How to read what is attached. */
export interface AttachedFilesOptions {
  readonly signal: AbortSignal;
  /** Told what was left out and why, in one line. */
  onRemark(this: void, remark: string): void;
  readonly limits?: AttachedFilesLimits;
}

const mebibyte = 1024 * 1024;

/** Beyond these an image has more attached to it than anyone judged. */
const defaultLimits: AttachedFilesLimits = { artifacts: 50, files: 200, fileBytes: 64 * mebibyte, totalBytes: 256 * mebibyte };

/** Media types of documents, envelopes and bundles; not of images and archives. */
const isDocument = /json|vex|csaf|in-toto|dsse|sigstore|cyclonedx/i;

/**
 * The documents among what is attached to manifests of a repository (OCI referrers), in the order the registry lists them; each
 * is read when it is asked for. What cannot be read is left out. @throws OciError when the registry does not list what is attached
 */
export async function* attachedFiles(client: RegistryClient, repository: string, digests: readonly string[], { signal, onRemark, limits = defaultLimits }: AttachedFilesOptions): AsyncGenerator<AttachedFile> {
  let files = 0;
  let bytes = 0;
  let leftOut = 0;
  for (const digest of digests.filter(isDigest)) {
    const referrers = await client.referrers(repository, digest, { signal });
    if (referrers.length > limits.artifacts) onRemark(`${referrers.length} artefacts are attached to ${digest}; only the first ${limits.artifacts} are read.`);
    for (const referrer of referrers.slice(0, limits.artifacts)) {
      const location = `${client.host}/${repository}@${referrer.digest}`;
      const ifReadable = async <Result>(read: () => Promise<Result>): Promise<Result | undefined> => {
        try {
          return await read();
        } catch (error) {
          signal.throwIfAborted();
          if (!(error instanceof OciError)) throw error;
          onRemark(`${location}: left out: ${error.message}`);
          return undefined;
        }
      };
      const document = await ifReadable(() => client.manifest(repository, referrer.digest, signal));
      if (document?.kind !== 'manifest') continue;
      for (const layer of document.manifest.layers ?? []) {
        const { digest: layerDigest, mediaType, size } = layer;
        if (!isDocument.test(mediaType) || !isDigest(layerDigest)) continue;
        if (files >= limits.files || size > Math.min(limits.fileBytes, limits.totalBytes - bytes)) {
          leftOut += 1;
          continue;
        }
        files += 1;
        bytes += size;
        const content = await ifReadable(() => client.readBlob(repository, { digest: layerDigest, sizeBytes: size }, limits.fileBytes, signal));
        if (content !== undefined) yield { text: content.toString('utf8'), location, attachedTo: digest };
      }
    }
  }
  if (leftOut > 0) onRemark(`${leftOut} attached ${leftOut === 1 ? 'file was' : 'files were'} left out: at most ${limits.files} are read, of ${limits.fileBytes} bytes each and ${limits.totalBytes} bytes together.`);
}

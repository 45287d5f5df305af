import type { Readable } from 'node:stream';
import type { Digest, DiffId } from './digest.js';
import type { Platform } from './platform.js';

/** Somewhere an image can be read from: a registry, an OCI layout folder, or a docker-archive file. */
export interface ImageSource extends AsyncDisposable {
  /** For people: `public.ecr.aws/nginx/nginx:1.27`, `oci:folder:tag`. Never holds a secret. */
  readonly description: string;
  /** Every image behind the reference: one for a plain manifest, one a platform for an index. Attestations are left out. */
  platforms(signal: AbortSignal): Promise<readonly PlatformImage[]>;
  /**
   * Reads manifest and configuration of one image. Without a platform a plain manifest is taken as it is, and of an
   * index the image for linux/amd64, or the only one there is.
   */
  resolve(options: ResolveOptions): Promise<ResolvedImage>;
}

export interface ResolveOptions {
  readonly platform?: Platform;
  readonly signal: AbortSignal;
}

export interface PlatformImage {
  readonly digest: Digest;
  readonly platform: Platform;
}

/** One image, its configuration read and checked, its layers not yet opened. */
export interface ResolvedImage {
  /** Of the index the image was chosen from; absent when the reference named a plain manifest. */
  readonly indexDigest?: Digest;
  /** Computed here over the manifest's raw bytes. Absent only for a docker-archive, which keeps no manifest. */
  readonly manifestDigest?: Digest;
  readonly manifestMediaType: string;
  readonly configDigest: Digest;
  readonly platform: Platform;
  readonly configuration: ImageConfiguration;
  /** Base layer first. */
  readonly layers: readonly ImageLayer[];
}

/** What is used of an image configuration (OCI image-spec 1.1, config.md). */
export interface ImageConfiguration {
  readonly created?: string;
  readonly author?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: readonly string[];
  readonly workingDirectory?: string;
  readonly user?: string;
  readonly history: readonly HistoryEntry[];
}

export interface HistoryEntry {
  readonly created?: string;
  /** The build instruction, such as `RUN apt-get install …`. */
  readonly createdBy?: string;
  readonly comment?: string;
  /** True for an instruction that made no layer. */
  readonly emptyLayer: boolean;
}

/** A layer that can be opened, more than once. */
export interface ImageLayer {
  /** Of the bytes as stored, compressed or not. */
  readonly digest: Digest;
  readonly diffId: DiffId;
  readonly mediaType: string;
  /** Of the bytes as stored. */
  readonly sizeBytes: number;
  /** The instruction that made the layer, when the configuration's history lines up with its layers. */
  readonly createdBy?: string;
  /** True for a layer whose bytes the registry does not hold (foreign layers of Windows images). `open` then fails with `unsupported`. */
  readonly foreign: boolean;
  /**
   * A file of this machine that should hold exactly the bytes, for readers that would rather read it themselves. Nothing
   * of it has been verified: size and digest are theirs to check, and `open` theirs to turn to when it is not as expected.
   */
  readonly file?: string;
  /**
   * The bytes as stored (compressed), resumed after dropped connections. The stream errors with an `OciError` of code
   * `integrity` instead of ending when the digest or the size does not agree. The caller destroys or drains it, and may
   * do with its pieces as it likes.
   */
  open(signal: AbortSignal): Promise<Readable>;
}

import { createHash } from 'node:crypto';

/** OCI content descriptor, with the fields a builder sets. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly urls?: readonly string[];
  readonly platform?: Readonly<Record<string, string>>;
}

export interface StoredManifest {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Everything behind one manifest or index, ready to be written or served. Maps are by digest. */
export interface BuiltContent {
  readonly descriptor: Descriptor;
  readonly manifests: ReadonlyMap<string, StoredManifest>;
  readonly blobs: ReadonlyMap<string, Buffer>;
}

/** `sha256:` and the hash of the bytes. */
export function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export function describe(mediaType: string, bytes: Uint8Array): Descriptor {
  return { mediaType, digest: sha256(bytes), size: bytes.length };
}

export function encode(document: unknown): Buffer {
  return Buffer.from(JSON.stringify(document));
}

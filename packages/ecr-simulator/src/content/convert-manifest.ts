import { counterpart, SCHEMA_1, SCHEMA_1_SIGNED } from './media-types.js';
import { digestOf, type StoredManifest } from './stored-manifest.js';

/** A manifest ready to be answered. After a conversion digest and bytes differ from the stored ones. */
export interface ServedManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

function accepts(accepted: readonly string[], mediaType: string): boolean {
  return accepted.length === 0 || accepted.some((type) => type === mediaType || type === '*/*' || type === 'application/*');
}

function converted(manifest: StoredManifest, target: string): ServedManifest {
  const renameDescriptor = (key: string, value: unknown): unknown =>
    key === 'mediaType' && typeof value === 'string' ? (counterpart(value) ?? value) : value;
  const document: unknown = JSON.parse(manifest.bytes.toString('utf8'), renameDescriptor);
  const bytes = Buffer.from(JSON.stringify(typeof document === 'object' ? { ...document, mediaType: target } : document, null, 3));
  return { digest: digestOf(bytes), mediaType: target, bytes };
}

/**
 * What ECR answers to a request for this manifest. By digest: always the stored bytes. By tag: the stored bytes when their type is accepted,
 * else the OCI or Docker twin when that is, else undefined. An index has no twin. Schema 1 is answered as it is whatever is accepted, for there is
 * no configuration to make another manifest of.
 */
export function serveManifest(manifest: StoredManifest, accepted: readonly string[], byDigest: boolean): ServedManifest | undefined {
  const isSchema1 = manifest.mediaType === SCHEMA_1 || manifest.mediaType === SCHEMA_1_SIGNED;
  if (byDigest || isSchema1 || accepts(accepted, manifest.mediaType)) return manifest;
  const twin = counterpart(manifest.mediaType);
  return twin !== undefined && accepted.includes(twin) ? converted(manifest, twin) : undefined;
}

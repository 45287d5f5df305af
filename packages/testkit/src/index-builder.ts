import { describe, encode, type BuiltContent, type Descriptor, type StoredManifest } from './built-content.js';
import { platformFields, type BuiltImage, type Flavour } from './image-builder.js';

export interface IndexOptions {
  /** `oci` by default. */
  readonly flavour?: Flavour;
  /** Adds a BuildKit attestation beside every image. */
  readonly attestations?: boolean;
  /** Leaves out `platform` of every entry. */
  readonly withoutPlatforms?: boolean;
  /** Indexes put inside this one. */
  readonly indexes?: readonly BuiltContent[];
}

export interface ArtifactOptions {
  readonly artifactType?: string;
  /** `application/vnd.oci.empty.v1+json` by default. */
  readonly configMediaType?: string;
  readonly payload?: string;
  readonly payloadMediaType?: string;
  /** What it is attached to. */
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

const ociIndex = 'application/vnd.oci.image.index.v1+json';
const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
const dockerManifestList = 'application/vnd.docker.distribution.manifest.list.v2+json';

/** One index over images for several platforms. */
export function buildIndex(images: readonly BuiltImage[], options: IndexOptions = {}): BuiltContent {
  const mediaType = options.flavour === 'docker' ? dockerManifestList : ociIndex;
  const parts: BuiltContent[] = [...images, ...(options.indexes ?? [])];
  const manifests: Descriptor[] = images.map((image) =>
    options.withoutPlatforms === true ? image.descriptor : { ...image.descriptor, platform: platformFields(image.platform) },
  );
  manifests.push(...(options.indexes ?? []).map(({ descriptor }) => descriptor));
  if (options.attestations === true) {
    for (const image of images) {
      const attestation = buildAttestation(image);
      parts.push(attestation);
      manifests.push(attestation.descriptor);
    }
  }
  const bytes = encode({ schemaVersion: 2, mediaType, manifests });
  const descriptor = describe(mediaType, bytes);
  return {
    descriptor,
    manifests: new Map<string, StoredManifest>([...parts.flatMap((part) => [...part.manifests]), [descriptor.digest, { mediaType, bytes }]]),
    blobs: new Map(parts.flatMap((part) => [...part.blobs])),
  };
}

/** A manifest that is no image: a chart, a signature, an SBOM. */
export function buildArtifact(options: ArtifactOptions = {}): BuiltContent {
  const { artifactType, configMediaType = 'application/vnd.oci.empty.v1+json', payload = '', payloadMediaType, subject, annotations } = options;
  const configBytes = Buffer.from('{}');
  const payloadBytes = Buffer.from(payload);
  const config = describe(configMediaType, configBytes);
  const layer = describe(payloadMediaType ?? 'application/octet-stream', payloadBytes);
  const bytes = encode({
    schemaVersion: 2,
    mediaType: ociManifest,
    ...(artifactType === undefined ? {} : { artifactType }),
    config,
    layers: [layer],
    ...(subject === undefined ? {} : { subject }),
    ...(annotations === undefined ? {} : { annotations }),
  });
  const descriptor = describe(ociManifest, bytes);
  return {
    descriptor: {
      ...descriptor,
      ...(artifactType === undefined ? {} : { artifactType }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    manifests: new Map([[descriptor.digest, { mediaType: ociManifest, bytes }]]),
    blobs: new Map([
      [config.digest, configBytes],
      [layer.digest, payloadBytes],
    ]),
  };
}

/** As BuildKit writes it: an image manifest for no platform, pointing at its image by annotation. */
function buildAttestation(image: BuiltImage): BuiltContent {
  const statement = JSON.stringify({ _type: 'https://in-toto.io/Statement/v0.1', subject: [{ digest: image.descriptor.digest }] });
  const built = buildArtifact({
    configMediaType: 'application/vnd.oci.image.config.v1+json',
    payload: statement,
    payloadMediaType: 'application/vnd.in-toto+json',
  });
  return {
    ...built,
    descriptor: {
      ...built.descriptor,
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': image.descriptor.digest },
      platform: { os: 'unknown', architecture: 'unknown' },
    },
  };
}

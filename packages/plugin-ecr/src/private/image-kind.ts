import { isImageConfiguration, isIndexMediaType } from '@esscm/oci-client';
import type { RegistryImage } from '@esscm/registry-core';

const manifestTypes = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);

/** What a row of DescribeImages is: `artifactMediaType` is the manifest's artifactType, or its configuration's type. */
export function imageKind(detail: {
  readonly imageManifestMediaType?: string | undefined;
  readonly artifactMediaType?: string | undefined;
  readonly subjectManifestDigest?: string | undefined;
}): Pick<RegistryImage, 'kind' | 'artifactType'> {
  const { imageManifestMediaType: mediaType, artifactMediaType: artifactType, subjectManifestDigest } = detail;
  const isArtifact =
    subjectManifestDigest !== undefined ||
    mediaType === 'application/vnd.oci.artifact.manifest.v1+json' ||
    (artifactType !== undefined && !isImageConfiguration(artifactType));
  if (isArtifact) return { kind: 'artifact', ...(artifactType !== undefined && { artifactType }) };
  if (mediaType !== undefined && isIndexMediaType(mediaType)) return { kind: 'index' };
  if (mediaType !== undefined && manifestTypes.has(mediaType)) return { kind: 'image' };
  return { kind: 'unknown' };
}

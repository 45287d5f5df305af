/** Media types of manifests and layers: OCI image specification 1.1 and Docker's image manifest version 2, schema 2. */
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

/** Docker's image manifest version 2, schema 1, unsigned and signed. */
export const SCHEMA_1 = 'application/vnd.docker.distribution.manifest.v1+json';
export const SCHEMA_1_SIGNED = 'application/vnd.docker.distribution.manifest.v1+prettyjws';

const MANIFEST_MEDIA_TYPES: ReadonlySet<string> = new Set([OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST]);

/** Whether the registry stores manifests of this media type. */
export function isManifestMediaType(mediaType: string): boolean {
  return MANIFEST_MEDIA_TYPES.has(mediaType);
}

const OCI_TO_DOCKER: readonly (readonly [string, string])[] = [
  [OCI_MANIFEST, DOCKER_MANIFEST],
  ['application/vnd.oci.image.config.v1+json', 'application/vnd.docker.container.image.v1+json'],
  ['application/vnd.oci.image.layer.v1.tar+gzip', 'application/vnd.docker.image.rootfs.diff.tar.gzip'],
  ['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'],
];

/** The same content named in the other family (OCI or Docker), or undefined when that family has no name for it. */
export function counterpart(mediaType: string): string | undefined {
  for (const [oci, docker] of OCI_TO_DOCKER) {
    if (mediaType === oci) return docker;
    if (mediaType === docker) return oci;
  }
  return undefined;
}

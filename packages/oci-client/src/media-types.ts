/** OCI image-spec 1.1, media-types.md, and Docker image manifest version 2, schema 2. */
export const ociIndex = 'application/vnd.oci.image.index.v1+json';
export const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
export const dockerManifestList = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json';

/** Everything this package reads. Schema 1 is left out on purpose: some registries would convert to it. */
export const acceptedManifests = [ociIndex, dockerManifestList, ociManifest, dockerManifest].join(', ');

/** Whether a document of the type is an index: an image for several platforms. */
export function isIndexMediaType(mediaType: string): boolean {
  return mediaType === ociIndex || mediaType === dockerManifestList;
}

export function isManifestMediaType(mediaType: string): boolean {
  return mediaType === ociManifest || mediaType === dockerManifest;
}

/** The signed and the unsigned form of Docker's schema 1, withdrawn since 2017. */
export function isSchema1MediaType(mediaType: string): boolean {
  return mediaType.startsWith('application/vnd.docker.distribution.manifest.v1+');
}

const imageConfigurations = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
  // Written by Docker before 1.11.
  'application/octet-stream',
]);

/** Whether the configuration of a manifest has the type of something that can be run. */
export function isImageConfiguration(mediaType: string): boolean {
  return imageConfigurations.has(mediaType);
}

const artifactNames: readonly (readonly [prefix: string, name: string])[] = [
  ['application/vnd.cncf.helm.', 'a Helm chart'],
  ['application/vnd.wasm.', 'a WebAssembly module'],
  ['application/vnd.docker.plugin.', 'a Docker plugin'],
  ['application/vnd.dev.cosign.', 'a cosign signature or attestation'],
  ['application/vnd.dev.sigstore.', 'a Sigstore bundle'],
  ['application/vnd.cncf.notary.', 'a Notary signature'],
  ['application/vnd.in-toto', 'an in-toto attestation'],
  ['application/vnd.dsse.envelope.', 'a signed attestation'],
  ['application/vnd.cyclonedx', 'a CycloneDX document'],
  ['application/spdx', 'an SPDX document'],
  ['text/spdx', 'an SPDX document'],
  ['application/vnd.cncf.flux.', 'a Flux artefact'],
  ['application/vnd.oci.empty.v1+json', 'an OCI artefact'],
];

/** What an artefact is, for people: `a Helm chart`; undefined for a type that is not known. */
export function artifactName(type: string): string | undefined {
  return artifactNames.find(([prefix]) => type.startsWith(prefix))?.[1];
}

/** The same with its type: `a Helm chart (application/vnd.cncf.helm.config.v1+json)`. */
export function describeArtifact(type: string): string {
  return `${artifactName(type) ?? 'an artefact'} (${type.slice(0, 120)})`;
}

/** Layers that are not to be distributed; their bytes are elsewhere when `urls` says so. */
export function isForeignLayer(mediaType: string): boolean {
  return mediaType.includes('.foreign.') || mediaType.includes('.nondistributable.');
}

/** Without parameters such as `; charset=utf-8`, in lower case. */
export function bareMediaType(header: string | undefined): string {
  return (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

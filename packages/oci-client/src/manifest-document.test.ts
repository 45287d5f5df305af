import { describe, expect, test } from 'vitest';
import { readManifestDocument } from './manifest-document.js';

const digest = `sha256:${'a'.repeat(64)}`;
const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 2 };
const dockerConfig = { mediaType: 'application/vnd.docker.container.image.v1+json', digest, size: 2 };
const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
const ociIndex = 'application/vnd.oci.image.index.v1+json';
const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json';

function read(document: unknown, contentType?: string): ReturnType<typeof readManifestDocument> {
  return readManifestDocument(Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)), contentType, 'manifest a:1');
}

describe('a document is told by', () => {
  test.each<[what: string, document: object, contentType: string | undefined, kind: string, mediaType: string]>([
    ['its own media type', { mediaType: ociManifest, config, layers: [] }, undefined, 'manifest', ociManifest],
    ['its own media type before the header', { mediaType: ociIndex, manifests: [] }, ociManifest, 'index', ociIndex],
    ['the header', { config, layers: [] }, `${ociManifest}; charset=utf-8`, 'manifest', ociManifest],
    ['its shape', { config, layers: [] }, undefined, 'manifest', ociManifest],
    ['its shape under a plain header', { manifests: [] }, 'application/json', 'index', ociIndex],
    ['its shape and its configuration', { config: dockerConfig, layers: [] }, 'text/plain', 'manifest', dockerManifest],
  ])('%s', (_what, document, contentType, kind, mediaType) => {
    expect(read({ schemaVersion: 2, ...document }, contentType)).toMatchObject({ kind, mediaType });
  });
});

describe('a document is refused', () => {
  test.each<[what: string, document: unknown, contentType: string | undefined, code: string]>([
    ['that is no JSON', '{', ociManifest, 'protocol'],
    ['that is no object', '[]', ociManifest, 'protocol'],
    ['whose layer is no descriptor', { schemaVersion: 2, mediaType: ociManifest, config, layers: [{}] }, undefined, 'protocol'],
    ['of schema 1 by its version', { schemaVersion: 1, fsLayers: [] }, undefined, 'unsupported'],
    ['of schema 1 by its header', {}, 'application/vnd.docker.distribution.manifest.v1+prettyjws', 'unsupported'],
    ['of an unknown kind', { schemaVersion: 2, mediaType: 'application/vnd.example+json' }, undefined, 'unsupported'],
    // https://github.com/opencontainers/distribution-spec/security/advisories/GHSA-mc8v-mgrf-8f4m
    ['that is an index and a manifest at once', { mediaType: ociIndex, manifests: [], config, layers: [] }, undefined, 'protocol'],
    ['that is a manifest and an index at once', { mediaType: ociManifest, manifests: [], config, layers: [] }, undefined, 'protocol'],
    ['whose digest is no sha256', { mediaType: ociManifest, config: { ...config, digest: 'sha256:../x' }, layers: [] }, undefined, 'protocol'],
    ['whose size is negative', { mediaType: ociManifest, config: { ...config, size: -1 }, layers: [] }, undefined, 'protocol'],
  ])('%s', (_what, document, contentType, code) => {
    expect(() => read(document, contentType)).toThrow(expect.objectContaining({ code }));
  });
});

import { expect, test } from 'vitest';
import { imageKind } from './image-kind.js';

const imageManifestMediaType = 'application/vnd.docker.distribution.manifest.v2+json';

test.each([
  ['application/vnd.docker.container.image.v1+json', { kind: 'image' }],
  // Written by Docker before 1.11.
  ['application/octet-stream', { kind: 'image' }],
  ['application/vnd.cncf.helm.config.v1+json', { kind: 'artifact', artifactType: 'application/vnd.cncf.helm.config.v1+json' }],
])('a manifest whose configuration is %s is %j', (artifactMediaType, expected) => {
  expect(imageKind({ imageManifestMediaType, artifactMediaType })).toEqual(expected);
});

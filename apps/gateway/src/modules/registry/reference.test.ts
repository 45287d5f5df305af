import { buildIndex, file, ImageBuilder, TestRegistry } from '@esscm/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTestGateway } from '../../test-support/test-gateway.js';

const resolve = `query($reference: String!, $variant: ID! = "public") {
  resolveReference(plugin: "ecr", variant: $variant, reference: $reference) {
    __typename
    ... on ResolvedReference { text name repository tag digest notes platforms { platform digest sizeBytes } }
    ... on ValidationProblem { issues { field message } }
    ... on RegistryProblem { code heading retryable }
  }
}`;

/** A gateway whose ECR Public is a registry on this machine. */
async function startWithRegistry(origin?: string) {
  const registry = await TestRegistry.start();
  onTestFinished(() => registry[Symbol.asyncDispose]());
  const connectTo = origin ?? registry.origin;
  const gateway = await startTestGateway({
    registry: { pullAccess: () => Promise.resolve({ host: 'public.ecr.aws', connectTo, authentication: { kind: 'anonymous' } }) },
  });
  const session = await gateway.signIn();
  const answerFor = async (reference: string, variant?: string) =>
    (await gateway.query(resolve, { reference, ...(variant !== undefined && { variant }) }, session)).data?.['resolveReference'];
  return { registry, answerFor };
}

describe('a reference as typed', () => {
  test('is answered with what is behind it now, for each platform', async () => {
    const { registry, answerFor } = await startWithRegistry();
    const build = (architecture: string, text: string) =>
      new ImageBuilder({ platform: { os: 'linux', architecture } }).layer({ 'etc/name': file(text) }).layer({ 'etc/other': file(text) }).build();
    const images = [build('amd64', 'one'), build('arm64', 'a longer two')];
    const index = buildIndex(images, { attestations: true });
    registry.add('nginx/nginx', index, { tags: ['latest'] });

    expect(await answerFor('https://public.ecr.aws/nginx/nginx')).toEqual({
      __typename: 'ResolvedReference',
      text: 'public.ecr.aws/nginx/nginx:latest',
      name: 'public.ecr.aws/nginx/nginx',
      repository: 'nginx/nginx',
      tag: 'latest',
      digest: index.descriptor.digest,
      notes: expect.arrayContaining(['No tag given: latest is used.']),
      platforms: images.map((image, position) => ({
        platform: ['linux/amd64', 'linux/arm64'][position],
        digest: image.descriptor.digest,
        sizeBytes: String(image.layers.reduce((sum, layer) => sum + layer.descriptor.size, 0)),
      })),
    });
  });

  test.each([
    ['public.ecr.aws/nginx/nginx:1.27.99', 'No image with tag `1.27.99` in nginx/nginx.'],
    [`public.ecr.aws/nginx/nginx@sha256:${'0'.repeat(64)}`, 'No image with this digest in nginx/nginx.'],
    ['public.ecr.aws/nginx/ngnix:1.27', 'There is no repository nginx/ngnix in public.ecr.aws.'],
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com/api:1', expect.stringContaining('Private tab')],
  ])('%s is refused under its field', async (reference, message) => {
    const { registry, answerFor } = await startWithRegistry();
    registry.add('nginx/nginx', new ImageBuilder().layer({ 'etc/name': file('one') }).build(), { tags: ['1.27'] });

    expect(await answerFor(reference)).toEqual({ __typename: 'ValidationProblem', issues: [{ field: 'reference', message }] });
  });

  test('of a registry that does not answer is a problem that may pass', async () => {
    // Nothing listens on port 1.
    const { answerFor } = await startWithRegistry('http://127.0.0.1:1');

    expect(await answerFor('public.ecr.aws/nginx/nginx:1.27')).toEqual({
      __typename: 'RegistryProblem',
      code: 'UPSTREAM_UNAVAILABLE',
      heading: 'Cannot reach the registry',
      retryable: true,
    });
  });
});

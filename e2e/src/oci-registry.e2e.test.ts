import { ImageBuilder, TestRegistry } from '@esscm/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { allScansEnded, createAdministrator } from './support/journeys.js';
import { Product } from './support/product.js';

/** A registry that is not Amazon's, connected by the same operations. */

const credential = { username: 'reader', password: 'token-of-test' };
const image = new ImageBuilder()
  .layer({ 'app/node_modules/left-pad/package.json': JSON.stringify({ name: 'left-pad', version: '1.3.0', license: 'WTFPL' }) })
  .build();
let registry: TestRegistry;
let product: Product;
let api: Api;

beforeAll(async () => {
  registry = await TestRegistry.start();
  registry.add('team/app', image, { tags: ['1.0', 'latest'] });
  product = await Product.start({ ESSCM_PLAIN_HTTP_REGISTRIES: registry.host });
  api = new Api(product.origin);
  await createAdministrator(api);
});

afterAll(async () => {
  await product[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

async function verify(password: string) {
  const { verifyCredentials } = await api.run<{
    verifyCredentials: { draft: { id: string }; report: { status: string; principal: string; problems: { heading: string }[] } };
  }>(
    `mutation ($input: VerifyCredentialsInput!) {
      verifyCredentials(input: $input) { ... on VerifyCredentialsPayload { draft { id } report { status principal problems { heading } } } }
    }`,
    {
      input: {
        plugin: 'oci',
        variant: 'registry',
        credentialKind: 'password',
        values: Object.entries({ address: registry.host, ...credential, password }).map(([name, value]) => ({ name, value })),
      },
    },
  );
  return verifyCredentials;
}

async function connect(input: Readonly<Record<string, unknown>>): Promise<string> {
  const { connect: answer } = await api.run<{ connect: { __typename: string; connection: { id: string } } }>(
    'mutation ($input: ConnectInput!) { connect(input: $input) { __typename ... on ConnectPayload { connection { id } } ... on Problem { message } } }',
    { input: { clientMutationId: crypto.randomUUID(), plugin: 'oci', ...input } },
  );
  if (answer.__typename !== 'ConnectPayload') throw new Error(JSON.stringify(answer));
  return answer.connection.id;
}

it('is verified, browsed and scanned with a user name and a token', async () => {
  registry.behaviour.authentication = { kind: 'basic', ...credential };
  expect((await verify('wrong')).report).toMatchObject({ status: 'FAILED', problems: [{ heading: 'Credentials verification failed' }] });

  const { draft, report } = await verify(credential.password);
  expect(report).toEqual({ status: 'VERIFIED', principal: 'reader', problems: [] });
  const source = { draftId: draft.id };
  const { repositories } = await api.run<{ repositories: { edges: { node: { name: string } }[] } }>(
    'query ($source: RegistrySourceInput!) { repositories(source: $source) { ... on RepositoryConnection { edges { node { name } } } } }',
    { source },
  );
  expect(repositories.edges.map(({ node }) => node.name)).toEqual(['team/app']);
  const { registryImages } = await api.run<{ registryImages: { edges: { node: { digest: string; tags: string[] } }[] } }>(
    `query ($source: RegistrySourceInput!) {
      registryImages(source: $source, repository: "team/app") { ... on RegistryImageConnection { edges { node { digest tags } } } }
    }`,
    { source },
  );
  expect(registryImages.edges.map(({ node }) => node)).toEqual([{ digest: image.descriptor.digest, tags: ['1.0', 'latest'] }]);

  const connectionId = await connect({
    variant: 'registry',
    name: 'Team registry',
    draftId: draft.id,
    images: [{ reference: `${registry.host}/team/app:1.0`, projectName: 'app', projectVersion: '1.0' }],
  });
  const scans = await allScansEnded(api, connectionId);
  expect(scans.map(({ state, componentCount }) => [state, componentCount])).toEqual([['SUCCEEDED', 1]]);
});

it('gives a public image to a connection without credentials', async () => {
  registry.behaviour.authentication = { kind: 'bearer' };
  const connectionId = await connect({
    variant: 'public',
    name: 'Public images',
    images: [{ reference: `${registry.host}/team/app`, projectName: 'public', projectVersion: 'latest' }],
  });
  const scans = await allScansEnded(api, connectionId);
  expect(scans.map(({ state, componentCount }) => [state, componentCount])).toEqual([['SUCCEEDED', 1]]);
});

it('never shows the token', () => {
  expect(product.output).not.toContain(credential.password);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { allScansEnded, createAdministrator } from './support/journeys.js';
import { Product } from './support/product.js';
import { reader, startTestEcr } from './support/registry.js';
import type { TestEcr } from './support/registry.js';

/** One connection for two regions that hold a repository of the same path: verified, browsed, scanned. */

let ecr: TestEcr;
let product: Product;
let api: Api;
let draftId: string;

beforeAll(async () => {
  ecr = await startTestEcr();
  product = await Product.start({ ESSCM_ECR_SIMULATOR_URL: ecr.url });
  api = new Api(product.origin);
  await createAdministrator(api);
});

afterAll(async () => {
  await product[Symbol.asyncDispose]();
  await ecr[Symbol.asyncDispose]();
});

const hostIn = (region: string) => `123456789012.dkr.ecr.${region}.amazonaws.com`;

it('is verified in each region', async () => {
  const values = Object.entries({ ...reader, region: 'us-east-1', moreRegions: 'eu-west-1' }).map(([name, value]) => ({ name, value }));
  const { verifyCredentials } = await api.run<{ verifyCredentials: { draft: { id: string }; report: { status: string; region: string; checks: { registry: string }[] } } }>(
    `mutation ($input: VerifyCredentialsInput!) {
      verifyCredentials(input: $input) { ... on VerifyCredentialsPayload { draft { id } report { status region checks { registry } } } }
    }`,
    { input: { plugin: 'ecr', variant: 'private', credentialKind: 'access-key', values } },
  );
  const { report } = verifyCredentials;
  draftId = verifyCredentials.draft.id;
  expect([report.status, report.region, report.checks.length]).toEqual(['VERIFIED', 'us-east-1, eu-west-1', 16]);
  expect(new Set(report.checks.map(({ registry }) => registry))).toEqual(new Set(['1234-5678-9012 in us-east-1', '1234-5678-9012 in eu-west-1']));
});

it('lists the repositories of both by host and path', async () => {
  const { repositories } = await api.run<{ repositories: { edges: { node: { name: string } }[] } }>(
    'query ($draft: ID!) { repositories(source: { draftId: $draft }, first: 100) { ... on RepositoryConnection { edges { node { name } } } } }',
    { draft: draftId },
  );
  expect(repositories.edges.map(({ node }) => node.name).toSorted()).toEqual(
    [`${hostIn('eu-west-1')}/base/debian`, ...['base/debian', 'batch/large', 'payments/checkout-api'].map((name) => `${hostIn('us-east-1')}/${name}`)].toSorted(),
  );
});

it('scans an image of each, from the region it is in', async () => {
  const images = ['us-east-1', 'eu-west-1'].map((region) => ({ reference: `${hostIn(region)}/base/debian:12`, projectName: region, projectVersion: '12' }));
  const { connect } = await api.run<{ connect: { connection: { id: string } } }>(
    'mutation ($input: ConnectInput!) { connect(input: $input) { ... on ConnectPayload { connection { id } } ... on Problem { message } } }',
    { input: { clientMutationId: crypto.randomUUID(), plugin: 'ecr', variant: 'private', name: 'Two regions', draftId, images } },
  );
  const scans = await allScansEnded(api, connect.connection.id);
  expect(scans.map(({ state, image }) => `${state} ${image.name}`).toSorted()).toEqual(
    ['eu-west-1', 'us-east-1'].map((region) => `SUCCEEDED ${hostIn(region)}/base/debian`),
  );
  const manifests = ecr.simulator.requests.filter(({ operation, status }) => operation === 'registry:manifest' && status === 200);
  expect(new Set(manifests.map(({ host }) => host))).toEqual(new Set(['us-east-1', 'eu-west-1'].map(hostIn)));
});

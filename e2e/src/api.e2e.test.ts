import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { allScansEnded, connectPrivate, createAdministrator, registryHost } from './support/journeys.js';
import { Product } from './support/product.js';
import { blind, reader, startTestEcr } from './support/registry.js';
import type { TestEcr } from './support/registry.js';

/** What a partner does, with GraphQL alone. */

let ecr: TestEcr;
let product: Product;
let api: Api;

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

it('creates an access token, and works with it alone from then on', async () => {
  const { createAccessToken } = await api.run<{ createAccessToken: { secret: string } }>(
    'mutation { createAccessToken(input: { name: "pipeline", scopes: [READ, SCAN, TRIAGE, CONNECT] }) { ... on CreateAccessTokenPayload { secret } } }',
  );
  api.useToken(createAccessToken.secret);
  expect(await api.run('{ installation { administratorExists storage } }')).toEqual({ installation: { administratorExists: true, storage: 'embedded' } });
});

it('scans the sample without an AWS account', async () => {
  const { connectSample } = await api.run<{ connectSample: { connection: { id: string } } }>(
    'mutation { connectSample { ... on ConnectPayload { connection { id } } } }',
  );
  const scans = await allScansEnded(api, connectSample.connection.id);
  expect(scans.map(({ state }) => state)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  for (const { componentCount } of scans) expect(componentCount).toBeGreaterThan(30);
});

it('shows findings of the sample without a network, says what they rest on, and decides about them', async () => {
  const { images } = await api.run<{ images: { edges: { node: { tag: string; content: { matching: { state: string; notices: { code: string }[]; counts: { total: number } } } } }[] } }>(
    '{ images { edges { node { tag content { matching { state notices { code } counts { total } } } } } } }',
  );
  for (const { node } of images.edges) expect(node.content.matching).toMatchObject({ state: 'PARTIAL', notices: expect.arrayContaining([{ code: 'sample-advisories' }]) });
  const older = images.edges.find(({ node }) => node.tag === '2.14.2');
  expect(older?.node.content.matching.counts.total).toBeGreaterThan(10);

  const listed = await api.run<{ findings: { edges: { node: { id: string; state: string; evidence: { reason: string }[] } }[] } }>(
    '{ findings(filter: { search: "lodash" }) { edges { node { id state evidence { reason } } } } }',
  );
  const findings = listed.findings.edges.map(({ node }) => node);
  for (const { state, evidence } of findings) {
    expect(state).toBe('UNTRIAGED');
    // One for each range or advisory that says so.
    expect(evidence.length).toBeGreaterThan(0);
    for (const { reason } of evidence) expect(reason).toContain('compared as semver');
  }
  const [finding] = findings;
  const { triageFindings } = await api.run<{ triageFindings: { decisionCount: number } }>(
    'mutation($ids: [ID!]!) { triageFindings(input: { findingIds: $ids, scope: IMAGE, state: UNDER_INVESTIGATION, reason: "Somebody looks at it." }) { ... on TriagePayload { decisionCount } } }',
    { ids: [finding?.id] },
  );
  expect(triageFindings.decisionCount).toBe(1);
  expect(await api.run('query($id: ID!) { finding(id: $id) { state } }', { id: finding?.id })).toEqual({ finding: { state: 'UNDER_INVESTIGATION' } });
});

describe('a private registry', () => {
  const verify = (user: { accessKeyId: string; secretAccessKey: string }) =>
    api.run<{ verifyCredentials: { report: { status: string; problems: { heading: string; message: string; remedy: string | null }[] } } }>(
      `mutation ($input: VerifyCredentialsInput!) {
        verifyCredentials(input: $input) { ... on VerifyCredentialsPayload { report { status problems { heading message remedy } } } }
      }`,
      {
        input: {
          plugin: 'ecr',
          variant: 'private',
          credentialKind: 'access-key',
          values: [
            { name: 'accessKeyId', value: user.accessKeyId },
            { name: 'secretAccessKey', value: user.secretAccessKey },
            { name: 'region', value: 'us-east-1' },
          ],
        },
      },
    );

  it.each([
    {
      title: 'a wrong secret',
      user: { ...reader, secretAccessKey: 'wrong/secret/wrong/secret/wrong/secret/1' },
      heading: 'Credentials verification failed',
      message: 'The access key exists, but the secret does not match it.',
      remedy: 'Enter the secret again; leading or trailing blanks and a lost / or + are the usual cause.',
    },
    {
      title: 'a missing permission',
      user: blind,
      heading: 'Access denied',
      message: 'user/blind may not call ecr:BatchGetImage.',
      remedy: 'Add this statement to its policy.',
    },
  ])('says what is wrong with $title', async ({ user, heading, message, remedy }) => {
    const { verifyCredentials } = await verify(user);
    expect(verifyCredentials.report.status).toBe('FAILED');
    expect(verifyCredentials.report.problems).toEqual([expect.objectContaining({ heading, message, remedy })]);
  });

  it('ends with documents that say what is in the images', async () => {
    const { connection } = await connectPrivate(api, 'Payments', ['payments/checkout-api:2.14.3', 'base/debian:12']);
    const scans = await allScansEnded(api, connection.id);
    expect(scans.map(({ image, state, componentCount }) => `${image.name}:${image.tag} ${state} ${componentCount}`).toSorted()).toEqual([
      `${registryHost}/base/debian:12 SUCCEEDED 2`,
      `${registryHost}/payments/checkout-api:2.14.3 SUCCEEDED 5`,
    ]);
    const image = scans.find(({ image: { name } }) => name.endsWith('checkout-api'))?.image.id;
    const cyclonedx = await api.download(`/api/images/${image}/sbom?format=cyclonedx-1.6-json`);
    expect(await api.download(`/api/images/${image}/sbom?format=cyclonedx-1.6-json`)).toBe(cyclonedx);
    const { components }: { components: { purl?: string }[] } = JSON.parse(cyclonedx);
    const packageUrls = components.map(({ purl }) => purl).filter((purl) => purl !== undefined);
    expect(packageUrls.toSorted()).toEqual(
      [
        'pkg:deb/debian/libc6@2.36-9%2Bdeb12u9?arch=amd64&distro=debian-12',
        'pkg:deb/debian/openssl@3.0.15-1~deb12u1?arch=amd64&distro=debian-12',
        'pkg:npm/package-0@1.0.0',
        'pkg:npm/package-1@1.0.1',
        'pkg:npm/package-2@1.0.2',
      ].toSorted(),
    );
    const spdx: { spdxVersion: string } = JSON.parse(await api.download(`/api/images/${image}/sbom?format=spdx-2.3-json`));
    expect(spdx.spdxVersion).toBe('SPDX-2.3');
  });

  it('is connected once, however often the same request comes', async () => {
    const clientMutationId = crypto.randomUUID();
    const first = await connectPrivate(api, 'Once', ['base/debian:12'], clientMutationId);
    const second = await connectPrivate(api, 'Once', ['base/debian:12'], clientMutationId);
    expect(second).toEqual(first);
  });

  it('explains a repository that is not there', async () => {
    const { connection } = await connectPrivate(api, 'Misspelt', ['payments/chekout-api:2.14.3']);
    const [scan] = await allScansEnded(api, connection.id);
    expect(scan).toMatchObject({ state: 'FAILED', failure: { heading: 'Repository not found', message: expect.stringContaining('payments/chekout-api') } });
  });
});

it('never shows a secret: not in what it prints, not to the registry of layers', () => {
  for (const { secretAccessKey } of [reader, blind]) {
    expect(product.output).not.toContain(secretAccessKey);
    expect(JSON.stringify(ecr.simulator.requests)).not.toContain(secretAccessKey);
  }
});

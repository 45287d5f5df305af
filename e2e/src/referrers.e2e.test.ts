import { buildArtifact, buildIndex, ImageBuilder, TestRegistry } from '@esscm/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { accessibilityViolations, openBrowser, picture } from './support/browser.js';
import { administrator, allScansEnded, createAdministrator } from './support/journeys.js';
import { Product } from './support/product.js';

/** What a registry keeps beside an image, from the registry to the file a user saves. */

const image = new ImageBuilder().layer({ 'app/node_modules/left-pad/package.json': JSON.stringify({ name: 'left-pad', version: '1.3.0' }) }).build();
const index = buildIndex([image], { attestations: true });
const sbom = buildArtifact({
  artifactType: 'application/vnd.cyclonedx+json',
  payload: '{"bomFormat":"CycloneDX"}',
  payloadMediaType: 'application/vnd.cyclonedx+json',
  subject: index.descriptor,
  annotations: { 'org.opencontainers.image.created': '2026-11-01T08:00:00Z' },
});
const signature = buildArtifact({ configMediaType: 'application/vnd.oci.image.config.v1+json', payload: '{}', payloadMediaType: 'application/vnd.dev.cosign.simplesigning.v1+json' });
let registry: TestRegistry;
let product: Product;
let api: Api;
let browser: Browser;

beforeAll(async () => {
  registry = await TestRegistry.start();
  registry.add('team/app', index, { tags: ['1.0'] }).attach('team/app', index.descriptor, sbom);
  registry.add('team/app', signature, { tags: [`${image.descriptor.digest.replace(':', '-')}.sig`] });
  product = await Product.start({ ESSCM_PLAIN_HTTP_REGISTRIES: registry.host });
  api = new Api(product.origin);
  await createAdministrator(api);
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await product?.[Symbol.asyncDispose]();
  await registry?.[Symbol.asyncDispose]();
});

it('is shown on the page of the image and saved from there', async () => {
  const { connect } = await api.run<{ connect: { connection: { id: string }; scans: { image: { id: string } }[] } }>(
    'mutation ($input: ConnectInput!) { connect(input: $input) { ... on ConnectPayload { connection { id } scans { image { id } } } ... on Problem { message } } }',
    {
      input: {
        clientMutationId: crypto.randomUUID(),
        plugin: 'oci',
        variant: 'public',
        name: 'Public images',
        images: [{ reference: `${registry.host}/team/app:1.0`, projectName: 'app', projectVersion: '1.0' }],
      },
    },
  );
  await allScansEnded(api, connect.connection.id);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true });
  await page.goto(`${product.origin}/sign-in`);
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

  await page.goto(`${product.origin}/images/${connect.scans[0]?.image.id}/referrers`);
  const table = page.getByRole('grid', { name: 'Referrers' });
  await table.getByText('A CycloneDX document').waitFor();

  const names = await table.locator('.esscm-strong').allTextContents();
  expect(names).toEqual(['An in-toto attestation', 'A CycloneDX document', 'A cosign signature or attestation']);
  expect(await accessibilityViolations(page)).toEqual([]);
  await picture(page, 'referrers');
  const [download] = await Promise.all([page.waitForEvent('download'), table.getByRole('link', { name: /^Download A CycloneDX document/ }).click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('{"bomFormat":"CycloneDX"}');

  registry.behaviour.denies = true;
  await page.reload();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await picture(page, 'referrers-denied');
});

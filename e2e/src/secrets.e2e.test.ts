import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { Api } from './support/api.js';
import { openBrowser } from './support/browser.js';
import { administrator, allScansEnded, connectPrivate, createAdministrator } from './support/journeys.js';
import { Product } from './support/product.js';
import { assumer, nextKey, reader, startTestEcr } from './support/registry.js';
import type { TestEcr } from './support/registry.js';

/**
 * Planted secrets, and then everything a server leaves behind searched for them: what it printed, what it answered, what it told
 * as it happened, every file of its data folder, and what the web app leaves in a browser.
 */

const wrong = 'planted/wrong/secret/planted/wrong/secre';
const token = 'PLANTEDSESSIONTOKENPLANTEDSESSIONTOKEN==';
const planted = [reader.secretAccessKey, nextKey.secretAccessKey, assumer.secretAccessKey, wrong, token, administrator.password];

let ecr: TestEcr;
let product: Product;
let api: Api;
const told: string[] = [];

beforeAll(async () => {
  ecr = await startTestEcr();
  product = await Product.start({ ESSCM_ECR_SIMULATOR_URL: ecr.url, ESSCM_LOG_LEVEL: 'debug', ESSCM_MASTER_KEY: '5a'.repeat(32) });
  api = new Api(product.origin);
  api.onAnswer = (text) => told.push(text);
  await createAdministrator(api);
  const { createAccessToken } = await api.run<{ createAccessToken: { secret: string } }>(
    'mutation { createAccessToken(input: { name: "planted", scopes: [READ, SCAN, CONNECT] }) { ... on CreateAccessTokenPayload { secret } } }',
  );
  api.useToken(createAccessToken.secret);
});

afterAll(async () => {
  await product[Symbol.asyncDispose]();
  await ecr[Symbol.asyncDispose]();
});

const values = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([name, value]) => ({ name, value }));
const report = 'report { status principal checks { action outcome upstreamMessage remedy } problems { heading message remedy remedySnippet upstreamMessage } missingPolicy }';

async function verify(credentialKind: string, fields: Readonly<Record<string, string>>, draftId?: string) {
  const { verifyCredentials } = await api.run<{ verifyCredentials: { draft: { id: string }; report: { status: string } } }>(
    `mutation ($input: VerifyCredentialsInput!) {
      verifyCredentials(input: $input) {
        ... on VerifyCredentialsPayload { draft { id settings { name value } credentialHint } ${report} }
        ... on Problem { message }
        ... on ValidationProblem { issues { field message } }
      }
    }`,
    { input: { plugin: 'ecr', variant: 'private', credentialKind, values: values(fields), ...(draftId !== undefined && { draftId }) } },
  );
  return verifyCredentials;
}

it('is given keys, wrong ones, a role and new ones', async () => {
  const region = 'us-east-1';
  const wrongSecret = await verify('access-key', { ...reader, secretAccessKey: wrong, region });
  const wrongToken = await verify('access-key', { ...reader, accessKeyId: 'ASIAPLANTEDPLANTEDPL', sessionToken: token, region });
  await verify('access-key', { ...reader, secretAccessKey: `${wrong} with a blank`, region });
  const { prepareCredentials } = await api.run<{ prepareCredentials: { draft: { id: string } } }>(
    'mutation ($input: PrepareCredentialsInput!) { prepareCredentials(input: $input) { ... on PreparedCredentials { draft { id settings { name value } } guide { steps snippet } } ... on Problem { message } } }',
    { input: { plugin: 'ecr', variant: 'private', credentialKind: 'role', values: values({ ...assumer, region, assumedBy: 'access-key' }) } },
  );
  const role = { ...assumer, region, assumedBy: 'access-key', roleArn: 'arn:aws:iam::123456789012:role/closed' };
  const byRole = await verify('role', role, prepareCredentials.draft.id);
  expect([wrongSecret.report.status, wrongToken.report.status, byRole.report.status]).toEqual(['FAILED', 'FAILED', 'VERIFIED']);

  const started = await api.run<{ startCredentialVerification: { draft: { id: string } } }>(
    'mutation ($input: VerifyCredentialsInput!) { startCredentialVerification(input: $input) { ... on DraftVerificationStarted { draft { id } } } }',
    { input: { plugin: 'ecr', variant: 'private', credentialKind: 'access-key', values: values({ ...reader, secretAccessKey: wrong, region }) } },
  );
  await api.follow(
    `subscription ($id: ID) { verificationProgress(draftId: $id) { running checks { action outcome upstreamMessage requestId } report { problems { message upstreamMessage } } } }`,
    { id: started.startCredentialVerification.draft.id },
  );

  const { connection } = await connectPrivate(api, 'Planted', ['payments/checkout-api:2.14.3', 'base/debian:12']);
  const scans = await allScansEnded(api, connection.id);
  expect(scans.map(({ state }) => state)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  const rotate = async (fields: Readonly<Record<string, string>>) => {
    const { rotateCredentials } = await api.run<{ rotateCredentials: { __typename: string } }>(
      `mutation ($input: RotateCredentialsInput!) {
        rotateCredentials(input: $input) { __typename ... on CredentialsRefusedProblem { message ${report} } ... on RotateCredentialsPayload { connection { settings { name value } credentialHint } } }
      }`,
      { input: { connectionId: connection.id, values: values(fields) } },
    );
    return rotateCredentials.__typename;
  };
  expect([await rotate({ ...nextKey, secretAccessKey: wrong }), await rotate(nextKey)]).toEqual(['CredentialsRefusedProblem', 'RotateCredentialsPayload']);
  ecr.simulator.setFault({ operation: 'ecr:*', behaviour: { kind: 'server-error' } });
  await api.run('mutation ($id: ID!) { verifyConnection(id: $id) { __typename ... on VerifyConnectionPayload { report { problems { message } } } } }', { id: connection.id });
  ecr.simulator.clearFault();
});

it('leaves none of them in a browser that goes through the wizard', async () => {
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const addresses: string[] = [];
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  page.on('request', (request) => addresses.push(request.url()));
  const kept: string[] = [];
  const remember = async () => kept.push(JSON.stringify([await context.storageState({ indexedDB: true }), await keptByPage(page)]));
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  await page.goto(product.origin);
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await button('Sign in').click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.goto(`${product.origin}/connect/ecr/new`);
  await page.getByRole('tab', { name: 'Private' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Planted in a browser');
  await button('Next').click();
  await page.getByLabel('AWS access key ID').fill('ASIAPLANTEDPLANTEDPL');
  await page.getByLabel('AWS secret access key').fill(wrong);
  await page.getByLabel('Session token').fill(token);
  await page.getByLabel('AWS region').fill('us-east-1');
  await page.getByLabel('AWS region').press('Escape');
  await remember();
  // Typed and not sent, then replaced by what works.
  await page.getByLabel('AWS access key ID').fill(reader.accessKeyId);
  await page.getByLabel('AWS secret access key').fill(reader.secretAccessKey);
  await button('Verify credentials').click();
  await page.getByText('Everything ESSCM needs is allowed.').waitFor();
  await remember();
  await button('Next').click();
  await page.getByRole('heading', { level: 1, name: 'Choose images' }).waitFor();
  await remember();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Choose images' }).waitFor();
  await remember();

  // The search finds what is there: the wizard keeps the name of the connection over a reload.
  expect(kept.at(-1)).toContain('Planted in a browser');
  expect(addresses.length).toBeGreaterThan(10);
  expect(foundIn('storage', kept.join('\n'))).toEqual([]);
  expect(foundIn('addresses', addresses.join('\n'))).toEqual([]);
});

it('shows none of them in what it answered and printed', () => {
  // The search finds what is there: the access key's ID may be shown.
  expect(told.join()).toContain(reader.accessKeyId);
  expect(product.output.length).toBeGreaterThan(1000);
  expect(foundIn('answers', told.join('\n'))).toEqual([]);
  expect(foundIn('output', product.output)).toEqual([]);
  expect(foundIn('requests', JSON.stringify(ecr.simulator.requests))).toEqual([]);
});

it('keeps none of them in any file, whether it runs or was stopped', async () => {
  await product.kill();
  const files = await filesBelow(product.folder);
  expect(files.length).toBeGreaterThan(100);
  const found: string[] = [];
  let known = false;
  for (const file of files) {
    const bytes = await readFile(file);
    // The search finds what is there: the names of repositories are stored in the clear.
    known ||= bytes.includes('payments/checkout-api');
    found.push(...foundIn(file, bytes));
  }
  expect([known, found]).toEqual([true, []]);
});

/** What a page keeps beside cookies, local storage and IndexedDB. */
async function keptByPage(page: Page): Promise<unknown> {
  return page.evaluate(`(async () => ({
    address: location.href,
    session: { ...sessionStorage },
    history: history.state,
    windowName: window.name,
    caches: await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url))),
  }))()`);
}

/** The planted secrets that can be read in something, as they are, in base64, or encoded for a URL. */
function foundIn(where: string, content: string | Buffer): readonly string[] {
  const forms = (secret: string) => [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return planted.filter((secret) => forms(secret).some((form) => content.includes(form))).map((secret) => `${secret.slice(0, 6)}… in ${where}`);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

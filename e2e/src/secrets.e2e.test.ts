import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { allScansEnded, connectPrivate, createAdministrator } from './support/journeys.js';
import { Product } from './support/product.js';
import { assumer, nextKey, reader, startTestEcr } from './support/registry.js';
import type { TestEcr } from './support/registry.js';

/**
 * Planted secrets, and then everything a server leaves behind searched for them: what it printed, what it answered, what it told
 * as it happened, and every file of its data folder.
 */

const wrong = 'planted/wrong/secret/planted/wrong/secre';
const token = 'PLANTEDSESSIONTOKENPLANTEDSESSIONTOKEN==';
const planted = [reader.secretAccessKey, nextKey.secretAccessKey, assumer.secretAccessKey, wrong, token];

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

/** The planted secrets that can be read in something, as they are, in base64, or encoded for a URL. */
function foundIn(where: string, content: string | Buffer): readonly string[] {
  const forms = (secret: string) => [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return planted.filter((secret) => forms(secret).some((form) => content.includes(form))).map((secret) => `${secret.slice(0, 6)}… in ${where}`);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { accessibilityViolations, openBrowser, picture } from './support/browser.js';
import { administrator, connectPrivate, createAdministrator } from './support/journeys.js';
import { Product } from './support/product.js';
import { assumer, nextKey, reader, startTestEcr } from './support/registry.js';
import type { TestEcr } from './support/registry.js';

/** Roles, rotation and public tags, by a person in a browser. */

let ecr: TestEcr;
let product: Product;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  ecr = await startTestEcr();
  product = await Product.start({ ESSCM_ECR_SIMULATOR_URL: ecr.url });
  await createAdministrator(new Api(product.origin));
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 1100 }, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] })).newPage();
  await page.goto(product.origin);
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await button('Sign in').click();
  await page.getByText('Connect your first registry').waitFor();
});

afterAll(async () => {
  await browser.close();
  await product[Symbol.asyncDispose]();
  await ecr[Symbol.asyncDispose]();
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

async function look(name: string): Promise<void> {
  await picture(page, name);
  expect(await accessibilityViolations(page)).toEqual([]);
}

describe('a role', () => {
  const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

  it('is asked for with an external ID of ours, and a trust policy ready to paste', async () => {
    await page.goto(`${product.origin}/connect/ecr/new`);
    await page.getByRole('tab', { name: 'Private' }).click();
    await page.getByLabel('Name', { exact: true }).fill('By a role');
    await button('Next').click();
    await page.getByRole('radio', { name: /Assume a role/ }).click();
    await page.getByText(/^esscm-[0-9a-f]{32}$/).waitFor();
    await page.getByLabel('Role to assume').fill(roleArn('open'));
    await page.getByLabel('AWS access key ID').fill(assumer.accessKeyId);
    await page.getByLabel('AWS secret access key').fill(assumer.secretAccessKey);
    await page.getByLabel('AWS region').fill('us-east-1');
    await page.getByLabel('AWS region').press('Escape');
    await button('Make the trust policy').click();
    const policy = page.getByRole('region', { name: 'Trust policy' });
    await policy.waitFor();
    const externalId = await page.getByText(/^esscm-[0-9a-f]{32}$/).innerText();
    expect(JSON.parse(await policy.innerText())).toMatchObject({
      Statement: [{ Principal: { AWS: 'arn:aws:iam::123456789012:user/assumer' }, Condition: { StringEquals: { 'sts:ExternalId': externalId } } }],
    });
    expect(await page.getByRole('radio', { name: /This machine's identity/ }).isDisabled()).toBe(true);
    await look('credentials-role');
  });

  it('that opens without the external ID is refused', async () => {
    await button('Verify credentials').click();
    await page.getByText('can also be assumed without the external ID').waitFor();
    await page.getByText('Open to others, not used').waitFor();
    expect(await button('Continue without scanning').count()).toBe(0);
    await look('verify-role-open');
  });

  it('that asks for it is verified as the role', async () => {
    await button('Previous').click();
    await page.getByLabel('Role to assume').fill(roleArn('closed'));
    await button('Verify credentials').click();
    await page.getByText('Everything ESSCM needs is allowed.').waitFor();
    await page.getByText('9 of 9 allowed').waitFor();
    await page.getByText(/closed\/esscm-[0-9a-f]{12}/).waitFor();
    await look('verify-role');
  });
});

describe('the key of a connection', () => {
  it('is replaced once the new one was seen to work, and not before', async () => {
    const { connection } = await connectPrivate(await signedInApi(), 'Rotated', ['base/debian:12']);
    await page.goto(`${product.origin}/connections/${connection.id}`);
    await page.getByRole('heading', { level: 1, name: 'Rotated' }).waitFor();
    await button('More actions').click();
    await page.getByRole('menuitem', { name: 'Rotate credentials' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('AWS access key ID').fill(nextKey.accessKeyId);
    await dialog.getByLabel('AWS secret access key').fill('wrong/secret/wrong/secret/wrong/secret/1');
    await dialog.getByRole('button', { name: 'Verify and replace' }).click();
    await dialog.getByText('The new credentials do not work, so the present ones stay.').waitFor();
    await dialog.getByText('The access key exists, but the secret does not match it.').waitFor();
    await look('rotate-refused');
    await dialog.getByLabel('AWS secret access key').fill(nextKey.secretAccessKey);
    await dialog.getByRole('button', { name: 'Verify and replace' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('AKIA…NE in us-east-1').waitFor();
    await button('Verify again').click();
    await page.getByText('8 of 8 allowed').waitFor();
    await look('rotated');
  });
});

describe('a public repository', () => {
  it('shows its tags, and an image can be pinned to its digest', async () => {
    await page.goto(`${product.origin}/connect/ecr/new`);
    await page.getByRole('tab', { name: 'Public' }).click();
    await page.getByLabel('Image URI').fill('public.ecr.aws/nginx/nginx');
    await button('Show tags').click();
    await button('1.27').click();
    await page.getByText('1 platform').waitFor();
    await page.getByRole('checkbox', { name: 'Pin public.ecr.aws/nginx/nginx:1.27 to its digest' }).click();
    await page.getByText(/^public\.ecr\.aws\/nginx\/nginx:1\.27@sha256:[0-9a-f]{6}…[0-9a-f]{4}$/).waitFor();
    await look('public-tags');
  });
});

async function signedInApi(): Promise<Api> {
  const api = new Api(product.origin);
  await api.run('mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', { input: { email: administrator.email, password: administrator.password } });
  expect(reader.accessKeyId).not.toBe(nextKey.accessKeyId);
  return api;
}

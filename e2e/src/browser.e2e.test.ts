import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookInEveryMode, openBrowser } from './support/browser.js';
import { administrator } from './support/journeys.js';
import { Product } from './support/product.js';
import { blind, reader, startTestEcr } from './support/registry.js';
import type { TestEcr } from './support/registry.js';

/** What a person does, in a real browser, on the product as it is built. The steps build on each other. */

let ecr: TestEcr;
let product: Product;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  ecr = await startTestEcr();
  product = await Product.start({ ESSCM_ECR_SIMULATOR_URL: ecr.url });
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true })).newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
});

afterAll(async () => {
  await browser.close();
  await product[Symbol.asyncDispose]();
  await ecr[Symbol.asyncDispose]();
});

/** The page is as it should be in light, in dark and on a phone, and pictures of it are kept. */
async function look(name: string): Promise<void> {
  expect(await lookInEveryMode(page, name)).toEqual([]);
}

async function open(path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${product.origin}${path}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

describe('the first start', () => {
  it('asks for the administrator', async () => {
    await page.goto(product.origin);
    await button('Create administrator').waitFor();
    await look('create-administrator');
    await page.getByLabel('Name').fill(administrator.name);
    await page.getByLabel('Email').fill(administrator.email);
    await page.getByLabel('Password').fill(administrator.password);
    await button('Create administrator').click();
    await page.getByText('Connect your first registry').waitFor();
    await look('first-run');
  });

  it('leads to a finished SBOM of a sample image in two clicks', async () => {
    await button('Try it with sample images').click();
    await page.getByText('3 of 3').first().waitFor({ timeout: 60_000 });
    await look('sample-done');
    await page.getByRole('link', { name: /checkout-api/ }).first().click();
    await button(/^Download/).waitFor();
    await look('sample-image');
  });
});

async function fillCredentials(user: { accessKeyId: string; secretAccessKey: string }): Promise<void> {
  await page.getByLabel('AWS access key ID').fill(user.accessKeyId);
  await page.getByLabel('AWS secret access key').fill(user.secretAccessKey);
  const region = page.getByLabel('AWS region');
  await region.fill('us-east-1');
  await region.press('Escape');
  await button('Verify credentials').click();
}

describe('a public image', () => {
  it('is connected by its address alone, and a wrong one is explained under the field', async () => {
    await open('/connect', 'Integrations');
    await look('integrations');
    await page.getByRole('main').getByRole('link', { name: /^Connect( Amazon ECR)?$/ }).or(page.getByRole('main').getByRole('button', { name: /^Connect( Amazon ECR)?$/ })).first().click();
    await page.getByRole('heading', { level: 1, name: 'Source' }).waitFor();
    await page.getByRole('tab', { name: 'Public' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Public images');
    const address = page.getByLabel('Image URI');
    await address.fill('public.ecr.aws/nginx/nginx:9.99');
    await button('Add').click();
    await page.getByText('No image with tag 9.99 in nginx/nginx.').waitFor();
    await address.fill('public.ecr.aws/nginx/nginx:latest');
    await button('Add').click();
    await page.getByText('1 platform').waitFor();
    await look('public-source');
    await button('Next').click();
    await button('Connect').click();
    await page.getByText('1 of 1').first().waitFor({ timeout: 60_000 });
    await look('public-done');
  });
});

describe('a private registry', () => {
  it('refuses a wrong secret in words that name the cause', async () => {
    await open('/connect/ecr/new', 'Source');
    await page.getByRole('tab', { name: 'Private' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Production');
    await button('Next').click();
    await page.getByRole('heading', { level: 1, name: 'Credentials' }).waitFor();
    await page.getByLabel('AWS secret access key').fill(reader.secretAccessKey);
    await button('Save draft').click();
    await page.getByText('Draft saved in this browser, without credentials.').first().waitFor();
    expect(await page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain(reader.secretAccessKey);
    await page.evaluate('sessionStorage.clear()');
    await open('/connect', 'Integrations');
    await page.getByText('Draft: Production').waitFor();
    await look('integrations-draft');
    await page.getByRole('link', { name: 'Continue draft of Amazon ECR' }).or(button('Continue draft of Amazon ECR')).first().click();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Production');
    await button('Next').click();
    await page.getByRole('heading', { level: 1, name: 'Credentials' }).waitFor();
    await page.getByLabel('AWS secret access key').waitFor();
    await look('credentials');
    await fillCredentials({ ...reader, secretAccessKey: 'wrong/secret/wrong/secret/wrong/secret/1' });
    await page.getByText('Credentials verification failed').waitFor();
    await page.getByText('The access key exists, but the secret does not match it.').waitFor();
    await look('verify-wrong-secret');
  });

  it('names the missing permission, with the statement to add', async () => {
    await button('Previous').click();
    await fillCredentials(blind);
    await page.getByText('Access denied').waitFor();
    await page.getByText('user/blind may not call ecr:BatchGetImage.').waitFor();
    await page.getByText('7 of 8 allowed').waitFor();
    await look('verify-denied');
  });

  it('verifies, lets images be chosen, and shows the scans as they run', async () => {
    await button('Previous').click();
    await fillCredentials(reader);
    await page.getByText('Everything ESSCM needs is allowed.').waitFor();
    await look('verify-allowed');
    await button('Next').click();
    await page.getByRole('heading', { level: 1, name: 'Choose images' }).waitFor();
    await page.getByText('checkout-api').first().click();
    await page.getByRole('checkbox', { name: '2.14.3' }).click();
    await page.getByText('1 image, ', { exact: false }).first().waitFor();
    await page.getByText(/^at most [\d.]+ [kM]?B to download$/).waitFor();
    await look('choose-images');
    await button('Next').click();
    await page.getByRole('heading', { level: 1, name: 'Projects and versions' }).waitFor();
    await page.getByText(/^at most [\d.]+ [kM]?B to download from us-east-1$/).waitFor();
    await look('projects-and-versions');
    await button('Connect').click();
    await page.getByText('1 of 1').first().waitFor({ timeout: 60_000 });
    await look('running-done');
  });

  it('shows what is in the image, and gives the document', async () => {
    await page.getByRole('link', { name: /payments\/checkout-api/ }).first().click();
    await page.getByRole('tab', { name: /Components/ }).click();
    await page.getByRole('button', { name: 'openssl' }).or(page.getByRole('link', { name: 'openssl' })).first().waitFor();
    await look('components');
    await page.getByRole('tab', { name: /Layers/ }).click();
    await page.getByText('RUN npm install package-0').first().waitFor();
    await look('layers');
    await page.getByRole('button', { name: /1 component, hides test-runner 3\.0\.0 of layer 2/ }).click();
    await page.getByRole('heading', { name: 'Hides 1 component of lower layers' }).waitFor();
    await look('layer-that-hides');
    await page.getByRole('link', { name: 'of layer 2' }).click();
    await page.getByRole('heading', { name: /^Layer 2/ }).waitFor();
    await button(/^Download/).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /CycloneDX 1\.6.*JSON/ }).click();
    const file = await (await download).path();
    const document: { bomFormat: string; components: { name: string }[] } = JSON.parse(await readFile(file, 'utf8'));
    expect(document.bomFormat).toBe('CycloneDX');
    expect(document.components.map(({ name }) => name)).toEqual(expect.arrayContaining(['libc6', 'openssl', 'package-0', 'package-1', 'package-2']));
  });

  it('keeps the result over a reload', async () => {
    await page.reload();
    await page.getByText('RUN npm install package-0').first().waitFor();
  });
});

it.each([
  ['/', 'Overview', 'overview'],
  ['/images', 'Images', 'images'],
  ['/projects', 'Projects', 'projects'],
  ['/connections', 'Connections', 'connections'],
  ['/scans', 'Scans', 'scans'],
  ['/settings/tokens', 'Access tokens', 'tokens'],
])('%s has nothing axe objects to, in light, in dark and on a phone', async (path, heading, name) => {
  await open(path, heading);
  await look(name);
});

it('keeps no secret in the browser, and ran without a fault', async () => {
  const stored = await page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie + location.href');
  for (const { secretAccessKey } of [reader, blind]) expect(stored).not.toContain(secretAccessKey);
  expect(faults).toEqual([]);
});

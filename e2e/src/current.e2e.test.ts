import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, openBrowser, picture } from './support/browser.js';
import { administrator } from './support/journeys.js';
import { Product } from './support/product.js';
import { reader, startTestEcr } from './support/registry.js';
import type { TestEcr } from './support/registry.js';

/** Rules with a preview, and what becomes of images that are pushed afterwards. The steps build on each other. */

let ecr: TestEcr;
let product: Product;
let browser: Browser;
let page: Page;
let connectionPath: string;
let events: { endpoint: string; secret: string };

beforeAll(async () => {
  ecr = await startTestEcr();
  product = await Product.start({ ESSCM_ECR_SIMULATOR_URL: ecr.url });
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' })).newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(product.origin);
  await page.getByLabel('Name').fill(administrator.name);
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await button('Create administrator').click();
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

/** Sends an event as EventBridge would. */
async function send(repository: string, tag: string, id: string): Promise<{ status: number; result: string | undefined }> {
  const response = await fetch(events.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-esscm-event-secret': events.secret },
    body: JSON.stringify({
      version: '0',
      id,
      'detail-type': 'ECR Image Action',
      source: 'aws.ecr',
      account: '123456789012',
      time: '2026-11-23T06:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: { result: 'SUCCESS', 'repository-name': repository, 'image-digest': `sha256:${'0'.repeat(64)}`, 'action-type': 'PUSH', 'image-tag': tag },
    }),
  });
  const answer = (await response.json()) as { result?: string };
  return { status: response.status, result: answer.result };
}

/** Waits until the list of images has this tag, asking for the list again and again. */
async function appears(repository: string, tag: string): Promise<void> {
  for (const until = Date.now() + 120_000; ; ) {
    await page.goto(`${product.origin}/images?search=${repository}`);
    const found = await page.getByText(tag).first().waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (found) return;
    if (Date.now() > until) throw new Error(`${repository}:${tag} was not found:\n${product.output.slice(-3000)}`);
  }
}

describe('a connection by rule', () => {
  it('shows what the rule matches before anything is connected', async () => {
    await page.goto(`${product.origin}/connect/ecr/new`);
    await page.getByRole('tab', { name: 'Private' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Production');
    await button('Next').click();
    await page.getByLabel('AWS access key ID').fill(reader.accessKeyId);
    await page.getByLabel('AWS secret access key').fill(reader.secretAccessKey);
    const region = page.getByLabel('AWS region');
    await region.fill('us-east-1');
    await region.press('Escape');
    await button('Verify credentials').click();
    await page.getByText('Everything ESSCM needs is allowed.').waitFor();
    await button('Next').click();
    await page.getByRole('heading', { level: 1, name: 'Choose images' }).waitFor();
    ecr.simulator.setFault({ operation: 'ecr:*', behaviour: { kind: 'server-error' } });
    await page.getByText('By rule', { exact: true }).click();
    await button('Try again').waitFor({ timeout: 60_000 });
    await look('rule-unreadable');
    ecr.simulator.clearFault();
    await button('Try again').click();
    await page.getByText('3 images, ').first().waitFor();
    await page.getByLabel('Repository', { exact: true }).fill('payments/**');
    await page.getByText('1 image, ').first().waitFor();
    await page.getByLabel('Tag - optional').fill('(');
    await page.getByText('Regular expressions').click();
    await page.getByText('This regular expression cannot be read').first().waitFor();
    await look('rule-refused');
    await page.getByText('Regular expressions').click();
    await page.getByLabel('Tag - optional').fill('2.*');
    await page.getByText('1 image, ').first().waitFor();
    await page.getByText('payments/checkout-api').first().waitFor();
    await look('choose-by-rule');
  });

  it('names by template, connects, and scans what matches', async () => {
    await button('Next').click();
    await page.getByRole('heading', { level: 1, name: 'Projects and versions' }).waitFor();
    await page.getByLabel('Project name').fill('Team {name}');
    await page.getByText('Team checkout-api').waitFor();
    await look('names-by-template');
    await button('Connect').click();
    await page.getByRole('heading', { level: 1, name: /Production/ }).waitFor();
    connectionPath = new URL(page.url()).pathname;
    await page.getByText('1 added').first().waitFor({ timeout: 30_000 });
    await page.getByText('1 done').first().waitFor({ timeout: 60_000 });
    await look('connection-current');
  });

  it('finds a pushed tag at the next check, and scans it', async () => {
    await ecr.publish('payments/checkout-api', { checkout: ['2.14.3'], debian: ['2.15.0'] });
    await button('Check now').click();
    await page.getByText('1 added').first().waitFor({ timeout: 30_000 });
    await page.getByText('2 done').first().waitFor({ timeout: 60_000 });
    await page.goto(`${product.origin}/images`);
    await page.getByText('2.15.0').first().waitFor();
  });

  it('takes events with the secret that is shown once, and looks at once', async () => {
    await page.goto(`${product.origin}${connectionPath}`);
    await button('Set up events').click();
    await page.getByText('The secret is shown this once').waitFor();
    const secret = (await page.getByRole('region', { name: 'the secret' }).textContent()) ?? '';
    events = { endpoint: `${product.origin}/api${connectionPath}/events`, secret: secret.trim() };
    await look('events-set-up');
    await ecr.publish('payments/ledger', { checkout: ['2.0.1'] });
    expect(await send('payments/ledger', '2.0.1', 'event-1')).toEqual({ status: 202, result: 'accepted' });
    expect(await send('payments/ledger', '2.0.1', 'event-1')).toEqual({ status: 202, result: 'known' });
    await appears('ledger', '2.0.1');
  });

  it('goes on where it was when the server is killed', async () => {
    await ecr.publish('payments/refunds', { debian: ['2.7.0'] });
    await send('payments/refunds', '2.7.0', 'event-2');
    await product.kill();
    await product.startAgain();
    await appears('refunds', '2.7.0');
  });

  it('marks what is gone, and keeps its result', async () => {
    await ecr.publish('payments/checkout-api', { debian: ['2.15.0'] });
    await page.goto(`${product.origin}${connectionPath}`);
    await button('Check now').click();
    await page.getByText('1 gone').first().waitFor({ timeout: 30_000 });
    await page.goto(`${product.origin}/images?search=2.14.3`);
    await page.getByText('2.14.3').first().waitFor();
  });
});

describe('the registry browser', () => {
  it('shows every repository, with what is known of each image', async () => {
    await page.goto(`${product.origin}${connectionPath}/registry`);
    await page.getByRole('heading', { level: 1, name: 'Production' }).waitFor();
    await page.getByRole('button', { name: 'checkout-api' }).click();
    await page.getByText(/^1 image, 1 tracked, [\d.]+ [kM]?B, listed/).waitFor();
    await page.getByText('Not judged').first().waitFor();
    await look('registry-browser');
    await page.getByRole('button', { name: /debian/ }).first().click();
    await page.getByText('Not scanned').first().waitFor();
    await page.getByText('No result').first().waitFor();
  });

  it('scans a choice of them', async () => {
    await page.getByRole('checkbox', { name: '12', exact: true }).click();
    await button('Scan 1 selected').click();
    await page.getByText('1 scan queued.').waitFor();
    await page.getByRole('link', { name: 'Activity' }).first().click();
    await page.getByText('base/debian').first().waitFor();
  });

  it('states what goes with the connection before it is deleted', async () => {
    await page.goto(`${product.origin}${connectionPath}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText(/Removes \d+ images and /).waitFor();
    await look('delete-impact');
  });
});

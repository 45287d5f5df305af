import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectStateInAddress } from './support/address-state.js';
import { Api } from './support/api.js';
import { lookInEveryMode, openBrowser } from './support/browser.js';
import { administrator, allScansEnded, connectPrivate, createAdministrator, scansOf } from './support/journeys.js';
import { Product } from './support/product.js';
import { startTestEcr } from './support/registry.js';
import type { TestEcr } from './support/registry.js';

/** Holding the queue back and letting it go, finding a scan, and what a connection's scans do meanwhile. The steps build on each other. */

let ecr: TestEcr;
let product: Product;
let browser: Browser;
let page: Page;
let api: Api;
let connectionId: string;
const faults: string[] = [];
let operations: string[] = [];
const patient = { timeout: 20_000 };

beforeAll(async () => {
  ecr = await startTestEcr();
  product = await Product.start({ ESSCM_ECR_SIMULATOR_URL: ecr.url });
  api = new Api(product.origin);
  await createAdministrator(api);
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })).newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql') && request.method() === 'POST') operations.push(request.postDataJSON().operationName ?? 'Session');
  });
  await page.goto(`${product.origin}/sign-in`);
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Connect your first registry').waitFor();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await product?.[Symbol.asyncDispose]();
  await ecr?.[Symbol.asyncDispose]();
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

async function open(path: string, heading: string): Promise<void> {
  operations = [];
  await page.goto(`${product.origin}${path}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await page.waitForLoadState('networkidle');
}

const asked = () => operations.filter((operation) => !['Session', 'AdvisoryFreshness'].includes(operation));
const attempts = async (): Promise<readonly number[]> => {
  const { scans } = await api.run<{ scans: { edges: { node: { attempt: number } }[] } }>('{ scans(first: 100) { edges { node { attempt } } } }');
  return scans.edges.map(({ node }) => node.attempt);
};

describe('a paused queue', () => {
  it('is paused by the keyboard, and says who did it', async () => {
    await open('/scans', 'Scans');
    await button('Pause queue').focus();
    await page.keyboard.press('Enter');
    await page.getByText('The queue is paused').waitFor();
    await page.getByText('Ada Lovelace paused it').waitFor();
  });

  it('begins no scan, and tells how many wait, in the list and beside the connection', async () => {
    const connected = await connectPrivate(api, 'Production, Frankfurt', ['payments/checkout-api:2.14.3', 'base/debian:12', 'batch/large:1']);
    connectionId = connected.connection.id;
    await open('/scans', 'Scans');
    expect(asked()).toEqual(['Scans']);
    await page.getByText('No scan begins: 3 scans wait.').waitFor();
    await page.getByText('0 running, 3 waiting.').waitFor();
    expect((await page.getByRole('link', { name: /^Waiting/ }).allInnerTexts()).toSorted()).toEqual(['Waiting, 1 ahead', 'Waiting, 2 ahead', 'Waiting, next']);
    expect(await lookInEveryMode(page, 'scans-paused')).toEqual([]);
    // A window that was narrow for a moment is no choice of the rail.
    expect(await page.evaluate("localStorage.getItem('esscm.navigation')")).toBeNull();
    await open(`/connections/${connectionId}/activity`, 'Production, Frankfurt');
    expect(asked()).toEqual(['ConnectionActivity']);
    await page.getByText('0 of 3').first().waitFor();
    await page.getByText('Connected. You can leave this page; scans continue on the server.').waitFor();
    expect(await lookInEveryMode(page, 'activity-paused')).toEqual([]);
  });

  it('stays paused when the server is killed and started again', async () => {
    await product.kill();
    await product.startAgain();
    await open('/scans', 'Scans');
    await page.getByText('The queue is paused').waitFor();
    expect(await attempts()).toEqual([0, 0, 0]);
  });

  it('goes on when it is resumed, also on a page that somebody else looks at', async () => {
    const other = await page.context().newPage();
    await other.goto(`${product.origin}/connections/${connectionId}/activity`);
    await other.getByText('The queue is paused').waitFor();
    await button('Resume queue').click();
    await page.getByText('The queue is paused').waitFor({ state: 'detached' });
    await other.getByText('The queue is paused').waitFor({ state: 'detached' });
    await other.getByText('3 of 3').first().waitFor({ timeout: 60_000 });
    await other.close();
    expect((await allScansEnded(api)).map(({ state }) => state)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    await open(`/connections/${connectionId}/activity`, 'Production, Frankfurt');
    expect(await lookInEveryMode(page, 'activity-done')).toEqual([]);
  });
});

it('scans that were asked for together are listed in the order they began', async () => {
  const { scans } = await api.run<{ scans: { edges: { node: { createdAt: string; startedAt: string } }[] } }>('{ scans(first: 100) { edges { node { createdAt startedAt } } } }');
  const [asked, begun] = [scans.edges.map(({ node }) => node.createdAt), scans.edges.map(({ node }) => node.startedAt)];
  expect(new Set(asked).size).toBe(1);
  expect(begun).toEqual(begun.toSorted().toReversed());
  await open('/scans', 'Scans');
  // What is seen of a heading is a copy that stays in view.
  expect(new Set(await page.locator('th[aria-sort=descending]').allInnerTexts())).toEqual(new Set(['Started']));
  const times = await page.locator('tbody tr > :nth-child(6)').allInnerTexts();
  expect(times).toEqual(times.toSorted().toReversed());
  expect(await lookInEveryMode(page, 'scans-in-order')).toEqual([]);
});

describe('a scan is found', () => {
  it.each([
    ['checkout-api:2.14', ['payments/checkout-api']],
    ['debian', ['base/debian']],
    ['frankfurt', ['base/debian', 'batch/large', 'payments/checkout-api']],
  ])('by %s, which stands in the address', async (text, repositories) => {
    await open('/scans', 'Scans');
    await page.getByRole('searchbox', { name: 'Find by image, tag, digest or connection' }).fill(text);
    await expect.poll(() => new URL(page.url()).searchParams.get('search'), patient).toBe(text);
    await page.reload();
    const names = page.getByRole('main').getByRole('link', { name: /^(?:payments|base|batch)\// });
    await expect.poll(async () => (await names.allTextContents()).map((name) => name.split(':')[0] ?? '').toSorted((one, other) => one.localeCompare(other)), patient).toEqual(repositories);
  });

  it('or not, in words, with the way back', async () => {
    await open('/scans?search=nothing+like+it', 'Scans');
    await page.getByText('No scan fits the filter.').waitFor();
    expect(await lookInEveryMode(page, 'scans-no-match')).toEqual([]);
    await button('Clear filter').click();
    await page.getByRole('link', { name: /base\/debian/ }).waitFor();
  });
});

describe('what failed and what remains', () => {
  it('an image that is gone fails, and all failures are retried at once', async () => {
    await ecr.publish('base/debian', { debian: ['13'] });
    const [scan] = (await scansOf(api)).filter(({ image }) => image.name.endsWith('base/debian'));
    await api.run('mutation($id: ID!) { requestScan(imageId: $id) { __typename } }', { id: scan?.image.id });
    await allScansEnded(api);
    await open('/scans?state=failed', 'Scans');
    await page.getByText('Repository not found').first().waitFor();
    await ecr.publish('base/debian', { debian: ['12', '13'] });
    await button('Retry failed (1)').click();
    await button('Retry failed (1)').waitFor({ state: 'detached' });
    expect((await allScansEnded(api)).filter(({ state }) => state !== 'SUCCEEDED')).toHaveLength(1);
  });

  it('Cancel remaining stops every scan of the connection', async () => {
    await api.run('mutation { pauseScanQueue { __typename } }');
    for (const { image } of (await scansOf(api)).slice(0, 3)) await api.run('mutation($id: ID!) { requestScan(imageId: $id) { __typename } }', { id: image.id });
    await open(`/connections/${connectionId}/activity`, 'Production, Frankfurt');
    await button('Cancel remaining').click();
    await page.getByText('Nothing is running.').waitFor();
    expect((await scansOf(api)).filter(({ state }) => state === 'QUEUED' || state === 'RUNNING')).toEqual([]);
    await button('Resume queue').click();
    await page.getByText('The queue is paused').waitFor({ state: 'detached' });
  });
});

describe('the tree of the registry browser by the keyboard', () => {
  const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');

  it('is walked with the arrows, and folded with Enter and Space', async () => {
    await ecr.publish('payments/ledger', { checkout: ['2.0.1'] });
    await open(`/connections/${connectionId}/registry`, 'Production, Frankfurt');
    await page.getByRole('button', { name: 'base/debian' }).waitFor();
    expect(await lookInEveryMode(page, 'registry-browser-all')).toEqual([]);
    await page.getByRole('searchbox', { name: 'Find a repository' }).focus();
    await page.keyboard.press('Tab');
    const walked = [await focused()];
    for (const key of ['Enter', 'ArrowDown', 'ArrowUp', 'Space', 'ArrowDown', 'ArrowDown', 'ArrowUp']) {
      await page.keyboard.press(key);
      walked.push(await focused());
    }
    expect(walked).toEqual(['Fold payments', 'Unfold payments', 'base/debian', 'Unfold payments', 'Fold payments', 'checkout-api', 'ledger', 'checkout-api']);
  });

  it('opens a repository with Enter on its row, and with Right and Enter on its name', async () => {
    const repository = () => new URL(page.url()).searchParams.get('repository');
    await page.keyboard.press('Enter');
    await expect.poll(repository).toBe('payments/checkout-api');
    await page.getByRole('treeitem', { name: 'checkout-api' }).getByRole('group').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate('`${document.activeElement.tagName} ${document.activeElement.textContent}`')).toBe('BUTTON ledger');
    await page.keyboard.press('Enter');
    await expect.poll(repository).toBe('payments/ledger');
  });
});

describe('the registry browser keeps in its address', () => {
  it.each<[what: string, query: string, act: () => Promise<unknown>, address: RegExp]>([
    ['what is searched among repositories', '', () => page.getByRole('searchbox', { name: 'Find a repository' }).fill('debian'), /find=debian/],
    ['the repository that is chosen', '', () => page.getByRole('button', { name: 'base/debian' }).click(), /repository=base%2Fdebian/],
    ['what is searched in it', '?repository=payments%2Fcheckout-api', () => page.getByPlaceholder('Find tag or digest').fill('2.14'), /search=2\.14/],
    ['the order of its images', '?repository=base%2Fdebian', async () => (await button(/^Order/).click(), page.getByRole('option', { name: 'By tag' }).click()), /order=tag/],
    ['all of it', '?find=payments&repository=payments%2Fledger&order=largest', () => page.getByPlaceholder('Find tag or digest').fill('2.0'), /order=largest&search=2\.0/],
  ])('%s: the same in a tab that opens it anew, and come back to', async (_what, query, act, address) => {
    await open(`/connections/${connectionId}/registry${query}`, 'Production, Frankfurt');
    await act();
    await page.waitForURL(address);
    await expectStateInAddress(page, await page.context().newPage());
  });

  it('each repository as a step that back undoes, its order and search not', async () => {
    await open(`/connections/${connectionId}/registry?find=a`, 'Production, Frankfurt');
    const query = () => new URL(page.url()).search;
    await page.getByRole('button', { name: 'checkout-api' }).click();
    await expect.poll(query).toBe('?find=a&repository=payments%2Fcheckout-api');
    await page.getByPlaceholder('Find tag or digest').fill('9');
    await expect.poll(query).toContain('search=9');
    await page.getByText('No tag or digest of this repository contains the text.').waitFor();
    await page.getByRole('button', { name: 'debian' }).click();
    await expect.poll(query).toBe('?find=a&repository=base%2Fdebian');
    await page.goBack();
    await expect.poll(query).toContain('search=9');
    await page.getByText('No tag or digest of this repository contains the text.').waitFor();
    await page.goBack();
    await expect.poll(query).toBe('?find=a');
  });

  it('is left for the rules of the connection, which open from the address alone', async () => {
    await open(`/connections/${connectionId}/registry`, 'Production, Frankfurt');
    await page.getByRole('link', { name: 'Choose images' }).or(button('Choose images')).first().click();
    await page.waitForURL(/open=rules/);
    await button('Save rules').waitFor();
    await page.goBack();
    await page.waitForURL(/\/registry$/);
  });
});

it('nothing failed on the way', () => {
  expect(faults).toEqual([]);
});

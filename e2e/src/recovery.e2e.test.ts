import { afterAll, beforeAll, expect, it } from 'vitest';
import { picture } from './support/browser.js';
import { Visit } from './support/visit.js';

/** What goes wrong under an open page: the server dies, the session ends, another tab changes what is shown. */

let visit: Visit;

beforeAll(async () => {
  visit = await Visit.start();
}, 400_000);

afterAll(() => visit?.[Symbol.asyncDispose]());

const notice = 'No connection to the ESSCM server. Retrying.';

it('the server is killed under a page with a panel: it keeps what it showed, says so, and goes on by itself', async () => {
  const { page, product } = visit;
  await visit.open('/findings?group=none&exploited=yes&q=log4j', /^Findings/);
  await page.getByRole('link', { name: 'CVE-2021-44228' }).first().click();
  const panel = page.getByRole('region', { name: 'CVE-2021-44228' });
  await panel.getByText('Why it matched').waitFor();
  const shown = await page.locator('tbody').innerText();
  await product.kill();
  await page.getByRole('button', { name: 'Next finding' }).click();
  await page.getByText(notice).waitFor();
  expect(await page.locator('tbody').innerText()).toBe(shown);
  await picture(page, 'server-gone');
  await product.startAgain();
  await page.getByText(notice).waitFor({ state: 'detached', timeout: 60_000 });
  await panel.getByText('Why it matched').waitFor();
  expect(await page.locator('tbody').innerText()).toBe(shown);
});

it('a page opened while the server is gone stands once it answers', async () => {
  const { page, product } = visit;
  await visit.open('/images', 'Images');
  await product.kill();
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await page.getByText(notice).waitFor();
  await product.startAgain();
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor({ timeout: 60_000 });
  await page.getByRole('grid', { name: 'Projects' }).getByRole('link').first().waitFor();
  visit.faults.length = 0;
});

it('what was typed in the wizard is there after the session ended, all but the secret', async () => {
  const { page, context } = visit;
  await visit.open('/connect/ecr/new?step=source&variant=private', 'Source');
  await page.getByLabel('Name', { exact: true }).fill('Warehouse, Lisbon');
  await page.getByLabel(/^Description/).fill('Images of the warehouse');
  await page.getByLabel('Name', { exact: true }).press('Control+Enter');
  await page.getByRole('heading', { level: 1, name: 'Credentials' }).waitFor();
  await page.getByText('Access keys', { exact: true }).click();
  await page.getByLabel('AWS access key ID').fill('AKIAREADERREADERREAD');
  await page.getByLabel('AWS secret access key').fill('reader/secret+reader/secret+reader/secre');
  await page.getByLabel('AWS region').fill('us-east-1');
  await page.keyboard.press('Escape');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Verify credentials' }).click();
  await page.getByText('You were signed out. Sign in to go back to where you were.').waitFor();
  await visit.signIn();
  await page.getByRole('heading', { level: 1, name: 'Credentials' }).waitFor();
  expect(await page.getByLabel('AWS secret access key').inputValue()).toBe('');
  await page.getByRole('button', { name: 'Previous' }).click();
  await page.getByRole('heading', { level: 1, name: 'Source' }).waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Warehouse, Lisbon');
  expect(await page.getByLabel(/^Description/).inputValue()).toBe('Images of the warehouse');
  visit.faults.length = 0;
});

it('a decision made in one tab is seen in the other when somebody comes back to it', async () => {
  const { page } = visit;
  const address = '/findings?group=none&exploited=yes&q=log4j';
  await visit.open(address, /^Findings/);
  const other = await visit.newTab();
  await visit.open(address, /^Findings/, other);
  await other.getByRole('link', { name: 'CVE-2021-44228' }).first().click();
  await other.getByRole('region', { name: 'CVE-2021-44228' }).getByRole('button', { name: 'Set state' }).click();
  const dialog = other.getByRole('dialog', { name: /Set state/ });
  await dialog.getByRole('button', { name: /^State/ }).click();
  await other.getByRole('option', { name: /^Affected/ }).click();
  await dialog.getByLabel('Reason').fill('Seen in production.');
  await dialog.getByLabel('Reason').press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await other.getByRole('region', { name: 'CVE-2021-44228' }).getByText('Affected, Ada Lovelace').waitFor();
  await other.close();
  // A hidden tab that is looked at again; the browser of a test shows every tab at once.
  await page.evaluate(`{
    const now = Date.now.bind(Date);
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
    Date.now = () => now() + 60_000;
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
    document.dispatchEvent(new Event('visibilitychange'));
    Date.now = now;
  }`);
  await page.getByRole('gridcell', { name: 'Affected', exact: true }).first().waitFor();
});

it('signing out in one tab signs out the other, and signing in again leads both back to where they were', async () => {
  const { page } = visit;
  await visit.open('/projects', 'Projects');
  const other = await visit.newTab();
  await visit.open('/', 'Overview', other);
  await other.getByRole('button', { name: /account of Ada Lovelace/ }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You were signed out. Sign in to go back to where you were.').waitFor();
  expect(await page.getByRole('heading', { name: 'Projects' }).count()).toBe(0);
  await visit.signIn(other);
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
  await other.close();
});

it('nothing was complained about on the way', () => {
  expect(visit.faults.filter((fault) => !/status of 401|ERR_CONNECTION|WebSocket/.test(fault))).toEqual([]);
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Visit } from './support/visit.js';

/** The product without a mouse: every key that the list of shortcuts names. */

let visit: Visit;
let page: Page;

beforeAll(async () => {
  visit = await Visit.start();
  ({ page } = visit);
}, 400_000);

afterAll(() => visit?.[Symbol.asyncDispose]());

const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const focused = () => page.evaluate<string>("`${document.activeElement.tagName} ${document.activeElement.textContent}`");

it.each([
  ['i', 'Images'],
  ['c', 'Components'],
  ['f', 'Findings'],
  ['p', 'Projects'],
  ['s', 'Scans'],
  ['r', 'Connections'],
  ['o', 'Overview'],
])('g %s leads to %s, and the heading has the focus', async (key, heading) => {
  if (key === 'i') await visit.open('/settings/profile', 'Settings');
  await press('g', key);
  await page.getByRole('heading', { level: 1, name: new RegExp(`^${heading}`) }).waitFor();
  await expect.poll(focused).toMatch(new RegExp(`^H1 ${heading}`));
});

it('/ searches, Esc clears the search and then leaves it', async () => {
  await press('/');
  await page.keyboard.type('checkout');
  await page.getByRole('option').first().waitFor();
  await press('Escape');
  const field = page.getByRole('combobox', { name: 'Search images, components and CVEs' });
  expect(await field.inputValue()).toBe('');
  expect(await field.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  await press('Escape');
  expect(await field.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(false);
});

it('? lists the keys, Esc closes it and gives the focus back', async () => {
  const link = page.getByRole('link', { name: 'Images', exact: true });
  await link.focus();
  await press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByText('Previous and next finding, while the panel is open').waitFor();
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(focused).toBe('A Images');
});

it('Enter opens a row from any cell, ] and [ go through the findings, Esc leads back to the row of the last one', async () => {
  await visit.open('/findings?group=none&exploited=yes&q=log4j', /^Findings/);
  await page.getByRole('link', { name: 'CVE-2021-44228' }).first().focus();
  await press('ArrowRight');
  expect(await focused()).toMatch(/^TD log4j-core/);
  await press('Enter');
  const place = page.getByText(/^\d+ of \d+ on this page$/);
  await expect.poll(() => place.innerText()).toMatch(/^1 of /);
  await press(']');
  await expect.poll(() => place.innerText()).toMatch(/^2 of /);
  await press(']');
  await expect.poll(() => place.innerText()).toMatch(/^3 of /);
  await press('[');
  await expect.poll(() => place.innerText()).toMatch(/^2 of /);
  const opened = new URL(page.url()).searchParams.get('finding') ?? '';
  expect(opened).not.toBe('');
  await press('Escape');
  await place.waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate("document.activeElement.getAttribute('href') ?? ''")).toContain(encodeURIComponent(opened));
  expect(await page.evaluate("document.activeElement === document.querySelectorAll('tbody a[href*=\"finding=\"]')[1]")).toBe(true);
});

it('Space chooses the row, also from its link, and Set state counts it', async () => {
  await press(' ');
  await page.getByRole('button', { name: 'Set state (1)' }).waitFor();
  await press(' ');
  await page.getByRole('button', { name: 'Set state (0)' }).waitFor();
});

it('a filter is made, kept in the address and cleared', async () => {
  await visit.open('/findings', /^Findings/);
  const field = page.getByPlaceholder('Filter findings by severity, package, fix or CVE');
  await field.focus();
  await page.keyboard.type('Exploited =');
  await page.getByRole('option', { name: /Known to be exploited/ }).waitFor();
  await press('ArrowDown');
  while (!/Known to be exploited/.test(String(await page.evaluate("document.querySelector('[role=option][aria-selected=true], [role=option][class*=highlighted]')?.textContent ?? ''")))) await press('ArrowDown');
  await press('Enter');
  await page.waitForURL(/exploited=yes/);
  await page.getByRole('button', { name: 'Clear filters' }).focus();
  await press('Enter');
  await page.waitForURL(/findings\??$/);
});

it('Ctrl+Enter sends a form from any field, and a refused step leads to what is to be mended', async () => {
  await visit.open('/settings/tokens', 'Access tokens');
  await page.getByRole('button', { name: 'Create a token' }).first().focus();
  await press('Enter');
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('nightly');
  await press('Control+Enter');
  await page.getByText('The token nightly exists').waitFor();
  await visit.open('/connect/ecr/new?variant=private', 'Source');
  await page.getByLabel(/^Description/).focus();
  await press('Control+Enter');
  await expect.poll(() => page.evaluate("document.activeElement.getAttribute('aria-invalid')")).toBe('true');
  await page.keyboard.type('Warehouse');
  await press('Control+Enter');
  await page.getByRole('heading', { level: 1, name: 'Credentials' }).waitFor();
});

it('single keys do nothing while they are switched off', async () => {
  await visit.open('/findings?group=none&exploited=yes&q=log4j', /^Findings/);
  await page.evaluate("localStorage.setItem('esscm.shortcuts', 'off')");
  await page.reload();
  await page.getByRole('link', { name: 'CVE-2021-44228' }).first().click();
  const place = page.getByText(/^1 of \d+ on this page$/);
  await place.waitFor();
  await press(']', '?', '/');
  await page.getByRole('button', { name: 'Next finding' }).focus();
  expect(await place.count()).toBe(1);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.evaluate("localStorage.removeItem('esscm.shortcuts')");
});

it('the component tree is walked with the arrows alone: Right unfolds, Left leads back up and folds, and each row says how deep it is', async () => {
  const [image] = await visit.images('payments/checkout-api');
  await visit.open(`/images/${image?.id ?? ''}/components?view=tree`);
  const tree = page.getByRole('treegrid', { name: 'Components as a tree' });
  const name = () => page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
  await tree.getByRole('button', { name: 'Unfold checkout-api' }).focus();
  expect(await page.evaluate("document.activeElement.getAttribute('aria-expanded')")).toBe('false');
  await press('ArrowRight');
  await tree.getByRole('link', { name: 'logback-classic' }).waitFor();
  await expect.poll(name).toBe('Fold checkout-api');
  expect(await page.evaluate("document.activeElement.getAttribute('aria-expanded')")).toBe('true');
  const child = tree.getByRole('row').filter({ has: page.getByRole('link', { name: 'logback-classic' }) });
  expect(await child.getAttribute('aria-level')).toBe('2');
  await press('ArrowDown');
  expect(await page.evaluate("document.activeElement.closest('tr').getAttribute('aria-level')")).toBe('2');
  await press('ArrowLeft');
  expect(await name()).toBe('Fold checkout-api');
  await press('ArrowLeft');
  await expect.poll(name).toBe('Unfold checkout-api');
  await expect.poll(() => tree.getByRole('link', { name: 'logback-classic' }).count()).toBe(0);
});

it('dependencies are followed by the keyboard, in the table as in the picture', async () => {
  const [image] = await visit.images('payments/checkout-api');
  await visit.open(`/images/${image?.id ?? ''}/components?view=tree`);
  const href = await page.getByRole('link', { name: 'checkout-api', exact: true }).last().getAttribute('href');
  const component = new URLSearchParams(href ?? '').get('component') ?? '';
  const address = `/images/${image?.id ?? ''}/dependencies?component=${encodeURIComponent(component)}`;
  await visit.open(address);
  const table = page.getByRole('grid', { name: 'Dependencies' });
  await table.getByRole('link').first().focus();
  const first = await focused();
  await press('ArrowDown');
  const second = await focused();
  expect(second).not.toBe(first);
  await press('Enter');
  await page.getByRole('heading', { level: 2, name: new RegExp(`^${second.slice(second.indexOf(' ') + 1)} `) }).waitFor();
  await page.goBack();
  const node = page.locator('main svg a, main a').filter({ hasText: second.slice(second.indexOf(' ') + 1) }).first();
  await node.focus();
  await press('Enter');
  await page.getByRole('heading', { level: 2, name: new RegExp(`^${second.slice(second.indexOf(' ') + 1)} `) }).waitFor();
});

it('nothing was complained about on the way', () => {
  expect(visit.faults).toEqual([]);
});

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations } from './support/browser.js';
import { Visit } from './support/visit.js';

/** Rows of tables by the mouse: where a click leads, which row is open, and what an empty list says. */

let visit: Visit;
let page: Page;

beforeAll(async () => {
  visit = await Visit.start();
  ({ page } = visit);
}, 400_000);

afterAll(() => visit?.[Symbol.asyncDispose]());

const rowWith = (text: string | RegExp): Locator => page.locator('tbody tr').filter({ hasText: text }).first();

describe('a row that opens a panel', () => {
  it('opens it by a click on any text, is marked meanwhile, and the next click opens another', async () => {
    await visit.open('/findings?group=none&exploited=yes&q=log4j', /^Findings/);
    const rows = page.locator('tbody tr');
    const addressOf = async (row: Locator) => new URL((await row.locator('a[data-row-link]').getAttribute('href')) ?? '', page.url()).searchParams.get('finding');
    const second = await addressOf(rows.nth(1));
    await rows.nth(1).getByText('log4j-core').click();
    await page.getByText('Why it matched').waitFor();
    expect(new URL(page.url()).searchParams.get('finding')).toBe(second);
    expect(await page.locator('a[aria-current="true"]').count()).toBe(1);
    expect(await rows.nth(1).locator('a[aria-current="true"]').count()).toBe(1);
    const [marked, other] = await Promise.all([1, 2].map((index) => rows.nth(index).locator('td').nth(2).evaluate((cell) => cell.ownerDocument.defaultView?.getComputedStyle(cell).backgroundColor)));
    expect(marked).not.toBe(other);
    expect(await rows.nth(1).locator('th').first().evaluate((cell) => cell.ownerDocument.defaultView?.getComputedStyle(cell).backgroundColor)).toBe(marked);
    expect(await accessibilityViolations(page)).toEqual([]);
    await rows.nth(2).getByText('log4j-core').click();
    await expect.poll(() => rows.nth(2).locator('a[aria-current="true"]').count()).toBe(1);
  });

  it('is chosen beside its box, not opened', async () => {
    await visit.open('/findings?group=none&exploited=yes&q=log4j', /^Findings/);
    await page.locator('tbody tr').first().locator('input[type=checkbox]').check();
    await page.getByRole('button', { name: 'Set state (1)' }).waitFor();
    expect(new URL(page.url()).searchParams.get('finding')).toBeNull();
  });

  it('does not open when the click ends the marking of its text', async () => {
    const box = await page.locator('tbody tr').nth(3).getByText('log4j-core').boundingBox();
    expect(box).not.toBeNull();
    const { x, y, height } = box ?? { x: 0, y: 0, height: 0 };
    await page.mouse.move(x + 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + height / 2, { steps: 5 });
    await page.mouse.up();
    expect(String(await page.evaluate('getSelection().toString()'))).toMatch(/og4j-c/);
    expect(new URL(page.url()).searchParams.get('finding')).toBeNull();
  });
});

it('a row of the scans opens the scan, its image the image', async () => {
  await visit.open('/scans', 'Scans');
  const row = page.locator('tbody tr').first();
  await row.locator('td').last().click();
  await page.waitForURL(/\/scans\/scn/);
  await page.goBack();
  await rowWith('Done').locator('a').first().click();
  await page.waitForURL(/\/images\//);
});

it('a scan that failed took its time', async () => {
  await visit.open('/scans?state=failed', 'Scans');
  expect(await page.locator('tbody tr').first().locator('td').last().innerText()).toMatch(/^\d\.\d s$/);
});

it('an empty list says how many findings its filter hides, as the list without a filter counts them', async () => {
  await visit.open('/findings?q=no-such-package-anywhere', /^Findings/);
  const { findings } = await visit.api.run<{ findings: { totalCount: { count: number } } }>('{ findings(first: 1) { totalCount { count } } }');
  await page.getByText(`The filter hides ${findings.totalCount.count.toLocaleString('en-GB')}`).waitFor();
});

it('a dialog that asks for something begins at its first field, and gives the focus back', async () => {
  await visit.open('/settings/tokens', 'Access tokens');
  await page.getByRole('button', { name: 'Create a token' }).first().click();
  await expect.poll(() => page.getByRole('dialog').getByLabel('Name', { exact: true }).evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Create a token');
});

it('nothing was complained about on the way', () => {
  expect(visit.faults).toEqual([]);
});

describe('a chosen layer is in view', () => {
  const chosenLast = async (viewport: { readonly width: number; readonly height: number }) => {
    const [image] = await visit.images('payments/checkout-api');
    const window = await visit.newWindow({ viewport });
    await visit.open(`/images/${image?.id ?? ''}/layers`, undefined, window);
    const layers = window.locator('ol > li > button');
    const last = await layers.count();
    await layers.nth(last - 1).click();
    const heading = window.getByRole('heading', { name: `Layer ${last}`, exact: true });
    await heading.waitFor();
    await expect.poll(async () => (await heading.boundingBox())?.y ?? -1).toBeGreaterThan(0);
    const { y } = (await heading.boundingBox()) ?? { y: Number.POSITIVE_INFINITY };
    await window.context().close();
    return y;
  };

  it('beside a list that is longer than the window', async () => {
    expect(await chosenLast({ width: 1440, height: 420 })).toBeLessThan(420);
  });

  it('below the list on a phone', async () => {
    expect(await chosenLast({ width: 390, height: 600 })).toBeLessThan(600);
  });
});

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Pages have their rows after a while on a busy machine. */
const patient = { timeout: 15_000 };

/** What somebody sees of a page, without ages, which go on. */
const seen = (of: Page) => of.locator('main').innerText().then((text) => text.replaceAll(/\b(?:just now|\d+ (?:min|h|s|ms)(?: ago)?)\b/g, '…'));

/** Expects of the page as it stands that its address alone shows the same in another tab, and that back leads to it from elsewhere. Closes the tab. */
export async function expectStateInAddress(page: Page, anew: Page): Promise<void> {
  const reached = page.url();
  await anew.goto(reached);
  await anew.getByRole('heading', { level: 1 }).first().waitFor();
  await anew.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  await anew.waitForLoadState('networkidle');
  // What a part of the page asks by itself, a moment after it was drawn.
  await anew.locator('main').getByText(/^(?:Loading|Listing…|counting…)$/).first().waitFor({ state: 'detached' });
  await expect.poll(async () => ((await seen(page)) === (await seen(anew)) ? 'the same' : `${await seen(page)}\n\nand anew:\n\n${await seen(anew)}`), patient).toBe('the same');
  const shown = await seen(anew);
  await anew.close();
  await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.goBack();
  await expect.poll(() => seen(page), patient).toBe(shown);
  expect(page.url()).toBe(reached);
}

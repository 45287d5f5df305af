import type { openBrowser } from '@esscm/e2e/support/browser';
import { administrator } from '@esscm/e2e/support/journeys';

export type Browser = Awaited<ReturnType<typeof openBrowser>>;
export type BrowserContext = Awaited<ReturnType<Browser['newContext']>>;
export type Page = Awaited<ReturnType<BrowserContext['newPage']>>;
export type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

/** The two windows that pages are measured in. */
export const wide = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** Signs the administrator of the demonstration in once; what is returned opens further contexts signed in. */
export async function signedIn(browser: Browser, address: string): Promise<StorageState> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Opens an address and waits until the page asks for nothing more. */
export async function settled(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';

const screenshots = fileURLToPath(new URL('../../screenshots/', import.meta.url));

/** Debian's Chromium, or the one `ESSCM_TEST_CHROMIUM` names. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.ESSCM_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
}

/** Rules axe finds broken on the page as it stands: WCAG 2.2 A and AA. Empty is what every page has to give. */
export async function accessibilityViolations(page: Page): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const results = await page.evaluate<AxeResults>(
    "axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } })",
  );
  return results.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
}

/** Keeps pictures of the page as it stands in light, in dark and on a phone. @returns what axe finds, and what is wider than the phone */
export async function lookInEveryMode(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  const modes = [
    ['', 'light', 1440, 900],
    ['-dark', 'dark', 1440, 900],
    ['-phone', 'light', 390, 844],
  ] as const;
  for (const [suffix, colorScheme, width, height] of modes) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    await picture(page, `${name}${suffix}`);
    found.push(...(await accessibilityViolations(page)).map((violation) => `${name}${suffix}: ${violation}`));
    if (!(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'))) found.push(`${name}${suffix}: the page scrolls sideways`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

/** Keeps a picture of the page for people to look at; nothing compares it. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: false });
}

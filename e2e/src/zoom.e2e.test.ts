import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './support/browser.js';
import { Visit } from './support/visit.js';

/** Pages enlarged to 200 % (WCAG 1.4.4, 1.4.10), in 320 px, and with colours that the system forces. */

let visit: Visit;
let image: string;
let connection: string;

beforeAll(async () => {
  visit = await Visit.start();
  const [first] = await visit.images('legacy/');
  image = first?.id ?? '';
  connection = first?.connectionId ?? '';
}, 400_000);

afterAll(() => visit?.[Symbol.asyncDispose]());

const pages: readonly (readonly [name: string, path: () => string])[] = [
  ['overview', () => '/'],
  ['images', () => '/images'],
  ['image-summary', () => `/images/${image}`],
  ['image-vulnerabilities', () => `/images/${image}/vulnerabilities`],
  ['image-layers', () => `/images/${image}/layers`],
  ['components', () => '/components?search=log4j'],
  ['findings', () => '/findings?group=none&exploited=yes'],
  ['vulnerability', () => '/vulnerabilities/CVE-2021-44228'],
  ['connection', () => `/connections/${connection}`],
  ['wizard', () => '/connect/ecr/new?variant=private'],
  ['scans', () => '/scans'],
  ['settings-advisories', () => '/settings/advisories'],
];

/** Text of buttons and headings that is broken within a word, or that a box around it cuts off. */
const broken = `(() => {
  const found = [];
  for (const element of document.querySelectorAll('main button, main h1, main h2, main [role=tab]')) {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || element.closest('[aria-hidden=true], [class*=ghost]') !== null) continue;
    const text = element.innerText.trim();
    // What is made of several lines is as tall as they are.
    if (text === '' || text.includes('\\n')) continue;
    const style = getComputedStyle(element);
    if (element.matches('button') && box.height > 2.6 * parseFloat(style.lineHeight) + 20) found.push('tall: ' + text);
    if (style.overflow === 'hidden' && element.scrollWidth > element.clientWidth + 1) found.push('cut off: ' + text);
  }
  return found;
})()`;

it.each([...pages, ['image-components', () => `/images/${image}/components`] as const])('%s in a window of 1440 px has no table that is wider than its place', async (name, path) => {
  const page = await visit.newWindow({ viewport: { width: 1440, height: 900 } });
  await visit.open(path(), undefined, page);
  await picture(page, `${name}-1440-px`);
  expect(await page.evaluate("[...document.querySelectorAll('main table')].map(({ parentElement }) => parentElement.scrollWidth - parentElement.clientWidth).filter((excess) => excess > 1)")).toEqual([]);
  await page.context().close();
});

describe.each<readonly [mode: string, options: BrowserContextOptions]>([
  ['200-per-cent', { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 }],
  ['320-px', { viewport: { width: 320, height: 640 } }],
])('%s', (mode, options) => {
  it.each(pages)('%s stands without scrolling sideways, and no word is broken', async (name, path) => {
    const page = await visit.newWindow(options);
    await visit.open(path(), undefined, page);
    await picture(page, `${name}-${mode}`);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await page.evaluate(broken)).toEqual([]);
    await page.context().close();
  });
});

it.each(pages)('%s with text of twice the size alone loses nothing sideways', async (name, path) => {
  const page = await visit.newWindow({ viewport: { width: 1440, height: 900 } });
  await visit.open(path(), undefined, page);
  await page.evaluate(`(() => {
    const sizes = [...document.querySelectorAll('body *')].map((element) => [element, parseFloat(getComputedStyle(element).fontSize), parseFloat(getComputedStyle(element).lineHeight)]);
    for (const [element, size, line] of sizes) {
      element.style.fontSize = 2 * size + 'px';
      if (!Number.isNaN(line)) element.style.lineHeight = 2 * line + 'px';
    }
  })()`);
  await picture(page, `${name}-large-text`);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  await page.context().close();
});

it('with forced colours bars, stages and dots keep their own, because their colour is what they say', async () => {
  const page = await visit.newWindow({ viewport: { width: 1440, height: 900 }, forcedColors: 'active' });
  await visit.open(`/images/${image}`, undefined, page);
  await picture(page, 'image-summary-forced-colours');
  const bars = await page.evaluate("[...document.querySelectorAll('li [aria-hidden=true] > span[class*=high], li [aria-hidden=true] > span[class*=medium]')].map((bar) => getComputedStyle(bar).backgroundColor)");
  expect(new Set(bars as string[]).size).toBe(2);
  await visit.open('/scans', 'Scans', page);
  expect(await page.evaluate("getComputedStyle(document.querySelector('[role=img][aria-label*=tage] span span')).forcedColorAdjust")).toBe('none');
  await page.context().close();
});

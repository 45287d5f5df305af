import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './support/browser.js';
import { Visit } from './support/visit.js';

/** Pages enlarged to 200 % (WCAG 1.4.4, 1.4.10), in 320 px, and with colours that the system forces. */

let visit: Visit;
let image: string;
let connection: string;
let other: string;
let project: string;
let scan: string;

beforeAll(async () => {
  visit = await Visit.start();
  const [first, second] = await visit.images('legacy/');
  image = first?.id ?? '';
  other = second?.id ?? '';
  connection = first?.connectionId ?? '';
  project = first?.projectId ?? '';
  const { scans } = await visit.api.run<{ scans: { edges: { node: { id: string } }[] } }>('{ scans(first: 1, filter: { states: [FAILED] }) { edges { node { id } } } }');
  scan = scans.edges[0]?.node.id ?? '';
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

/** Those with tables of many columns, and every other route. */
const furtherPages: typeof pages = [
  ['image-components', () => `/images/${image}/components`],
  ['image-component-tree', () => `/images/${image}/components?view=tree`],
  ['image-licences', () => `/images/${image}/licences`],
  ['image-dependencies', () => `/images/${image}/dependencies?component=${encodeURIComponent('pkg:maven/log4j/log4j@1.2.17')}`],
  ['image-history', () => `/images/${image}/history`],
  ['image-referrers', () => `/images/${image}/referrers`],
  ['compare', () => `/compare?from=${image}&to=${other}`],
  ['compare-findings', () => `/compare?from=${image}&to=${other}&view=findings&changes=all`],
  ['compare-layers', () => `/compare?from=${image}&to=${other}&view=layers`],
  ['compare-licences', () => `/compare?from=${image}&to=${other}&view=licences`],
  ['compare-choose', () => `/compare?from=${image}`],
  ['components-version', () => `/components?search=log4j&version=${encodeURIComponent('pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1')}`],
  ['findings-by-vulnerability', () => '/findings'],
  ['findings-by-component', () => '/findings?group=component'],
  ['findings-by-image', () => '/findings?group=image'],
  ['fixes', () => '/findings/fixes'],
  ['fixes-of-image', () => `/findings/fixes?image=${image}`],
  ['decisions', () => '/findings/decisions'],
  ['vex-documents', () => '/findings/vex'],
  ['integrations', () => '/connect'],
  ['connections', () => '/connections'],
  ['activity', () => `/connections/${connection}/activity`],
  ['registry', () => `/connections/${connection}/registry`],
  ['projects', () => '/projects'],
  ['project', () => `/projects/${project}`],
  ['scan', () => `/scans/${scan}`],
  ['api', () => '/explorer'],
  ['settings-profile', () => '/settings/profile'],
  ['settings-tokens', () => '/settings/tokens'],
  ['settings-system', () => '/settings/system'],
];

/** Tables wider than their place, and heads of columns that are not whole. */
const cutOff = `[
  ...[...document.querySelectorAll('main table')].filter(({ parentElement }) => parentElement.scrollWidth > parentElement.clientWidth + 1).map(({ parentElement }) => 'a table is ' + (parentElement.scrollWidth - parentElement.clientWidth) + ' px too wide'),
  ...[...document.querySelectorAll('main thead th *')].filter((element) => getComputedStyle(element).overflow === 'hidden' && element.getBoundingClientRect().width > 2 && element.scrollWidth > element.clientWidth + 1).map((element) => 'a head is cut: ' + element.innerText),
]`;

it.each([...pages, ...furtherPages])('%s has room in windows of 1440, 1280 and 1120 px: no sideways scroll, no table wider than its place, no head and no button cut', async (name, path) => {
  const { page } = visit;
  await page.setViewportSize({ width: 1440, height: 900 });
  await visit.open(path());
  const found: string[] = [];
  for (const width of [1440, 1280, 1120]) {
    await page.setViewportSize({ width, height: 900 });
    // The navigation gives way at once; what measures itself does so at the next frame.
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
    if (!(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'))) found.push(`${width} px: the page scrolls sideways`);
    found.push(...[...(await page.evaluate<string[]>(cutOff)), ...(await page.evaluate<string[]>(broken))].map((what) => `${width} px: ${what}`));
  }
  await picture(page, `${name}-1120-px`);
  expect(found).toEqual([]);
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

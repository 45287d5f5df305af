import { Api } from '@esscm/e2e/support/api';
import { openBrowser } from '@esscm/e2e/support/browser';
import { createAdministrator } from '@esscm/e2e/support/journeys';
import { Product } from '@esscm/e2e/support/product';
import { percent, quietShare, watchOthers } from '../machine-use.js';
import { median } from '../measure.js';
import { type Browser, type BrowserContext, type Page, phone, settled, signedIn, type StorageState, wide } from './browser-session.js';
import { told } from './told.js';

const pages = ['/', '/images', '/findings', '/findings?group=component', '/findings?group=none', '/vulnerabilities/CVE-2021-44228', '/components?search=log4j', '/projects', '/scans', '/connect', '/settings/advisories', '/explorer'];
/** Pages whose filter comes later than their rows, with and without conditions in it, also on a phone. `IMAGE` is one with findings. */
const filtered = ['/findings', '/findings?group=none&severity=critical,high&fix=available', '/images/IMAGE/vulnerabilities', '/images/IMAGE/vulnerabilities?severity=critical,high&fix=available'];
/** Lists of more than one page. */
const lists = ['/images', '/findings', '/findings?group=none', '/images/IMAGE/vulnerabilities', '/scans'];
const pagings = 5;

/**
 * What is good for people: the largest paint after the Core Web Vitals, with a stricter shift; the processor time of the main thread, which does not
 * depend on who else uses the machine; kilobytes are the budgets of the overview, a page and the styles together.
 */
const goals = { lcp: 2500, cls: 0.01, cpu: 1500, kilobytes: 675, paging: 100 };

/** What the page measures of itself: largest paint, layout shift, and how long tasks above 50 ms kept it busy. Installed before its own scripts run. */
const observe = `
  window.measured = { lcp: 0, cls: 0, longTasks: 0, blocked: 0, shifts: [] };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) measured.lcp = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) { measured.cls += entry.value; for (const { node, previousRect, currentRect } of entry.sources) measured.shifts.push([node?.className || node?.nodeName, previousRect.y, currentRect.y].join(' ')); } }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) { measured.longTasks += 1; measured.blocked += entry.duration - 50; } }).observe({ type: 'longtask', buffered: true });
`;

/** Presses "next" and resolves with the time from the end of the answer to the frame that shows other rows, in milliseconds. */
const turnPage = `new Promise((resolve, reject) => {
  const rows = () => document.querySelector('tbody')?.textContent ?? '';
  const before = rows();
  const next = document.querySelector('[aria-label="Next page"]');
  if (next === null) return reject(new Error('There is no next page.'));
  let answered = 0;
  const answers = new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.name.endsWith('/graphql')) answered = entry.responseEnd; });
  answers.observe({ type: 'resource' });
  const changes = new MutationObserver(() => {
    if (rows() === before) return;
    changes.disconnect();
    requestAnimationFrame(() => { const drawn = performance.now(); setTimeout(() => { answers.disconnect(); resolve(drawn - answered); }, 100); });
  });
  changes.observe(document.body, { childList: true, subtree: true, characterData: true });
  next.click();
})`;

interface Measured {
  readonly lcp: number;
  readonly cls: number;
  readonly longTasks: number;
  readonly blocked: number;
  readonly shifts: readonly string[];
}

interface WebOptions {
  /** A running server with the demonstration, in place of one of its own. */
  readonly origin: string | undefined;
}

/** Each page of the demonstration on a first visit with an empty cache: what it weighs and how it feels; then how lists turn their pages. */
export async function benchWeb({ origin }: WebOptions): Promise<void> {
  await using product = origin === undefined ? await Product.startWithDemo() : undefined;
  const address = origin ?? product?.origin ?? '';
  if (product !== undefined) await createAdministrator(new Api(address));
  const browser = await openBrowser();
  try {
    const storageState = await signedIn(browser, address);
    const image = await imageWithFindings(browser, address, storageState);
    const at = (path: string): string => `${address}${path.replace('IMAGE', image)}`;
    console.log(`First visits, nothing cached. Where others used more than ${percent(quietShare)} of the machine, paints are told and not judged; CPU is.`);
    const visits = [];
    for (const path of pages) visits.push({ page: path, ...(await visit(browser, storageState, at(path), wide)) });
    console.table(visits);
    console.log('The filter comes after the rows: nothing moves.');
    const shifts = [];
    for (const path of filtered) for (const viewport of [wide, phone]) shifts.push({ page: path, width: viewport.width, ...(await visit(browser, storageState, at(path), viewport)) });
    console.table(shifts);
    console.log(`Lists turn a page ${pagings} times: from the end of the answer to the rows.`);
    const turns = [];
    for (const path of lists) turns.push({ list: path, ...(await turn(browser, storageState, at(path))) });
    console.table(turns);
  } finally {
    await browser.close();
  }
}

/** The id of the image with the worst findings, as the list of findings by image leads to it. */
async function imageWithFindings(browser: Browser, address: string, storageState: StorageState): Promise<string> {
  const context = await browser.newContext({ storageState });
  const page = await context.newPage();
  await page.goto(`${address}/findings?group=image`);
  const link = await page.locator('tbody a[href^="/images/"]').first().getAttribute('href');
  await context.close();
  return /^\/images\/([^/?]+)/.exec(link ?? '')?.[1] ?? '';
}

async function visit(browser: Browser, storageState: StorageState, address: string, viewport: typeof wide) {
  const othersShare = watchOthers();
  const context = await browser.newContext({ storageState, viewport });
  const page = await context.newPage();
  await page.addInitScript(observe);
  const mainThreadMs = await mainThreadOf(context, page);
  let bytes = 0;
  let apiBytes = 0;
  let requests = 0;
  page.on('requestfinished', (request) => {
    requests += 1;
    void request.sizes().then(({ responseBodySize }) => {
      if (request.url().endsWith('/graphql')) apiBytes += responseBodySize;
      // The scripts and styles that the budgets are about; fonts are cached for all pages.
      else if (['script', 'stylesheet'].includes(request.resourceType())) bytes += responseBodySize;
    });
  });
  await settled(page, address);
  const { lcp, cls, longTasks, blocked, shifts } = await page.evaluate<Measured>('measured');
  const cpu = await mainThreadMs();
  const others = othersShare();
  await context.close();
  return {
    others: percent(others),
    'LCP ms': others > quietShare ? lcp.toFixed(0) : told(lcp, goals.lcp, 0),
    CLS: told(cls, goals.cls, 3),
    'long tasks': longTasks,
    'blocked ms': Math.round(blocked),
    'CPU ms': told(cpu, goals.cpu, 0),
    kB: told(bytes / 1000, goals.kilobytes, 0),
    'API kB': Math.round(apiBytes / 1000),
    requests,
    ...(cls > goals.cls && { moved: shifts.slice(0, 3).join('; ') }),
  };
}

async function turn(browser: Browser, storageState: StorageState, address: string) {
  const context = await browser.newContext({ storageState, viewport: wide });
  const page = await context.newPage();
  const mainThreadMs = await mainThreadOf(context, page);
  await settled(page, address);
  const times: number[] = [];
  const cpu: number[] = [];
  const alone: number[] = [];
  for (let index = 0; index < pagings; index += 1) {
    if (!(await page.getByRole('button', { name: 'Next page' }).isEnabled({ timeout: 500 }).catch(() => false))) break;
    const before = await mainThreadMs();
    const ms = await page.evaluate<number>(turnPage);
    cpu.push((await mainThreadMs()) - before);
    times.push(ms);
    alone.push(ms * (await shareOfProcessor(page, mainThreadMs)));
    await page.waitForLoadState('networkidle');
  }
  await context.close();
  if (times.length === 0) return { turned: 0 };
  return { turned: times.length, 'middle ms': Math.round(median(times)), 'middle ms with the machine alone': told(median(alone), goals.paging, 0), 'CPU ms from the click on': Math.round(median(cpu)) };
}

/** What the page's thread gets of a processor just now: 1 when nobody else wants it. Busy work of a known kind says so, and what was measured a moment ago is scaled by it. */
async function shareOfProcessor(page: Page, mainThreadMs: () => Promise<number>): Promise<number> {
  const before = await mainThreadMs();
  const wall = await page.evaluate<number>('(() => { const began = performance.now(); let sum = 0; for (let index = 0; index < 3e7; index += 1) sum += Math.sqrt(index); return performance.now() - began + sum * 0; })()');
  return Math.min(1, ((await mainThreadMs()) - before) / wall);
}

/** Processor time of a page's main thread so far, in milliseconds; asked for as often as wanted. */
async function mainThreadOf(context: BrowserContext, page: Page): Promise<() => Promise<number>> {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}

import { Api } from '@esscm/e2e/support/api';
import { openBrowser } from '@esscm/e2e/support/browser';
import { administrator, createAdministrator } from '@esscm/e2e/support/journeys';
import { Product } from '@esscm/e2e/support/product';

const pages = ['/', '/images', '/findings', '/findings?group=component', '/findings?group=none', '/vulnerabilities/CVE-2021-44228', '/components?search=log4j', '/projects', '/scans', '/connect', '/settings/advisories', '/explorer'];

/** What the page measures of itself: largest paint, layout shift, and tasks above 50 ms. Installed before its own scripts run. */
const observe = `
  window.measured = { lcp: 0, cls: 0, longTasks: 0, longest: 0 };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) measured.lcp = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) measured.cls += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) { measured.longTasks += 1; measured.longest = Math.max(measured.longest, entry.duration); } }).observe({ type: 'longtask', buffered: true });
`;

interface Measured {
  readonly lcp: number;
  readonly cls: number;
  readonly longTasks: number;
  readonly longest: number;
}

interface WebOptions {
  /** A running server with the demonstration, in place of one of its own. */
  readonly origin: string | undefined;
}

/** Each page of the demonstration on a first visit with an empty cache: what it weighs and how it feels. */
export async function benchWeb({ origin }: WebOptions): Promise<void> {
  await using product = origin === undefined ? await Product.startWithDemo() : undefined;
  const address = origin ?? product?.origin ?? '';
  if (product !== undefined) await createAdministrator(new Api(address));
  const browser = await openBrowser();
  try {
    const account = await browser.newContext();
    const signIn = await account.newPage();
    await signIn.goto(`${address}/sign-in`);
    await signIn.getByLabel('Email').fill(administrator.email);
    await signIn.getByLabel('Password').fill(administrator.password);
    await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
    await signIn.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const storageState = await account.storageState();
    console.log(`${'page'.padEnd(36)} ${['LCP ms', 'CLS', 'long tasks', 'longest ms', 'kB', 'API kB', 'requests'].map((name) => name.padStart(11)).join('')}`);
    for (const path of pages) {
      const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.addInitScript(observe);
      let bytes = 0;
      let apiBytes = 0;
      let requests = 0;
      page.on('requestfinished', (request) => {
        requests += 1;
        void request.sizes().then(({ responseBodySize }) => {
          if (request.url().endsWith('/graphql')) apiBytes += responseBodySize;
          else bytes += responseBodySize;
        });
      });
      await page.goto(`${address}${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
      const measured = await page.evaluate<Measured>('measured');
      const columns = [Math.round(measured.lcp), measured.cls.toFixed(3), measured.longTasks, Math.round(measured.longest), Math.round(bytes / 1000), Math.round(apiBytes / 1000), requests];
      console.log(`${path.padEnd(36)} ${columns.map((value) => String(value).padStart(11)).join('')}`);
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

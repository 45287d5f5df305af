import { openBrowser } from '@esscm/e2e/support/browser';
import { type BrowserContext, type Page, settled, signedIn, wide } from './browser-session.js';

const changes = 100;
const lookEvery = 20;
/** Those that hold the most, and those that listen to events. */
const addresses = ['/', '/images', '/findings?group=none', '/components?search=lib', '/scans', '/findings', '/projects', '/vulnerabilities/CVE-2021-44228', '/connections', '/settings/advisories'];

/** What a tab holds after a hundred changes of the page without loading it anew: heap after a forced collection, elements, listeners, and subscriptions still open. @param origin a running server with a demonstration */
export async function benchPageChanges(origin: string): Promise<void> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ storageState: await signedIn(browser, origin), viewport: wide, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const subscriptions = countSubscriptions(page);
    const held = await whatIsHeld(context, page);
    await settled(page, origin);
    const table = [];
    for (let change = 1; change <= changes; change += 1) {
      const address = addresses[change % addresses.length] ?? '/';
      await page.evaluate(`history.pushState(null, '', ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent('popstate', { state: null }))`);
      await page.waitForLoadState('networkidle');
      // The same page each time, the overview.
      if (change % lookEvery === 0) table.push({ changes: change, ...(await held()), 'subscriptions begun': subscriptions.begun, 'still open': [...subscriptions.open.values()].toSorted().join(', ') });
    }
    console.log(`A tab after changes of the page, on the overview each time, garbage collected.`);
    console.table(table);
  } finally {
    await browser.close();
  }
}

/** The subscriptions that go over the socket: how many were begun, and the names of those that are open, kept up to date. */
function countSubscriptions(page: Page): { readonly begun: number; readonly open: ReadonlyMap<string, string> } {
  const counted = { begun: 0, open: new Map<string, string>() };
  page.on('websocket', (socket) => {
    const read = ({ payload }: { readonly payload: string | Buffer }): { readonly id?: string; readonly type?: string; readonly payload?: { readonly operationName?: string } } => JSON.parse(String(payload));
    socket.on('framesent', (frame) => {
      const { id = '', type, payload } = read(frame);
      if (type === 'subscribe') {
        counted.begun += 1;
        counted.open.set(id, payload?.operationName ?? 'a subscription');
      }
      if (type === 'complete') counted.open.delete(id);
    });
    socket.on('framereceived', (frame) => {
      const { id = '', type } = read(frame);
      if (type === 'complete' || type === 'error') counted.open.delete(id);
    });
    socket.on('close', () => counted.open.clear());
  });
  return counted;
}

async function whatIsHeld(context: BrowserContext, page: Page) {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  return async () => {
    // What is only held by finalizers goes with the next collection.
    for (let time = 0; time < 3; time += 1) await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { metrics } = await session.send('Performance.getMetrics');
    const metric = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    return { 'heap MB': Number((usedSize / 1e6).toFixed(1)), nodes: metric('Nodes'), listeners: metric('JSEventListeners'), documents: metric('Documents') };
  };
}

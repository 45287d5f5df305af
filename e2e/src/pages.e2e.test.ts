import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { accessibilityViolations, openBrowser, picture } from './support/browser.js';
import { administrator, createAdministrator } from './support/journeys.js';
import { Product } from './support/product.js';

/** Every page over an installation of a real size: how it looks, who can use it, and what it costs. */

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let api: Api;
const faults: string[] = [];
/** Operations a page asked for, by name, since the last look. */
let operations: string[] = [];

interface Addresses {
  readonly image: string;
  readonly newer: string;
  readonly legacy: string;
  readonly project: string;
  readonly connection: string;
  readonly failedScan: string;
  readonly unscanned: string;
  readonly unscannedRepository: string;
  readonly vexDocument: string;
}
let known: Addresses;

beforeAll(async () => {
  product = await Product.startWithDemo();
  api = new Api(product.origin);
  await createAdministrator(api);
  known = await findAddresses();
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql') && request.method() === 'POST') operations.push(request.postDataJSON().operationName ?? 'Session');
  });
  await page.goto(`${product.origin}/sign-in`);
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}, 400_000);

afterAll(async () => {
  await browser?.close();
  await product?.[Symbol.asyncDispose]();
});

async function findAddresses(): Promise<Addresses> {
  const images = async (search: string) => {
    const found = await api.run<{ images: { edges: { node: { id: string; repository: string; content: unknown; latestScan: { state: string } | null; projectVersion: { projectId: string }; connection: { id: string } } }[] } }>(
      'query($search: String) { images(first: 100, filter: { search: $search }) { edges { node { id repository content { id } latestScan { state } projectVersion { projectId } connection { id } } } } }',
      { search },
    );
    return found.images.edges.map(({ node }) => node);
  };
  const checkout = (await images('payments/checkout-api')).filter(({ content }) => content !== null);
  const legacy = (await images('legacy/')).filter(({ content }) => content !== null);
  const unscanned = (await Promise.all(['payments/', 'storefront/', 'platform/', 'identity/', 'logistics/', 'data-science/'].map(images))).flat().find(({ content, latestScan }) => content === null && latestScan?.state === 'CANCELLED');
  const failed = await api.run<{ scans: { edges: { node: { id: string } }[] } }>('{ scans(first: 1, filter: { states: [FAILED] }) { edges { node { id } } } }');
  const [first, second] = checkout;
  return {
    image: first?.id ?? '',
    newer: second?.id ?? '',
    legacy: legacy[0]?.id ?? '',
    project: first?.projectVersion.projectId ?? '',
    connection: first?.connection.id ?? '',
    failedScan: failed.scans.edges[0]?.node.id ?? '',
    unscanned: unscanned?.id ?? '',
    unscannedRepository: unscanned?.repository ?? '',
    vexDocument: await addVexDocument(),
  };
}

/** Says of the demonstration's log4j-core that it is affected, and of a version that is in no image; of a vulnerability nobody decides about here. */
async function addVexDocument(): Promise<string> {
  const statements = ['2.14.1', '1.2.17'].map((version) => ({
    vulnerability: { name: 'CVE-2021-45105' },
    products: [{ '@id': `pkg:maven/org.apache.logging.log4j/log4j-core@${version}` }],
    status: 'affected',
    action_statement: 'Upgrade to 2.17.1.',
  }));
  const document = { '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://vendor.example/vex/1', author: 'Example Vendor', timestamp: '2026-11-01T00:00:00Z', version: 1, statements };
  return api.upload('/api/vex-documents?name=vendor.openvex.json', JSON.stringify(document));
}

async function open(path: string, heading?: string | RegExp): Promise<void> {
  await page.goto(`${product.origin}${path}`);
  await page.getByRole('heading', { level: 1, ...(heading === undefined ? {} : { name: heading }) }).waitFor();
  // A part of the page that is still on its way has yet to ask for what it shows.
  await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count(), { timeout: 30_000 }).toBe(0);
  await page.waitForLoadState('networkidle');
}

/** Each page with the operations it asks for besides those of the frame. A tab of an image adds its own to the image's; what layers hide is asked for beside, as it may take a while. */
const pages: readonly (readonly [name: string, path: () => string, operations: readonly string[]])[] = [
  ['overview', () => '/', ['Overview']],
  ['images', () => '/images', ['Images']],
  ['image-summary', () => `/images/${known.image}`, ['Image', 'ImageFixes']],
  ['image-vulnerabilities', () => `/images/${known.legacy}/vulnerabilities`, ['Image', 'ImageFindings']],
  ['image-components', () => `/images/${known.image}/components`, ['Image', 'ImageComponents']],
  ['image-components-by-licence', () => `/images/${known.image}/components?sort=-licence`, ['Image', 'ImageComponents']],
  ['image-component-tree', () => `/images/${known.image}/components?view=tree`, ['Image', 'ImageComponentTree']],
  ['image-layers', () => `/images/${known.image}/layers`, ['Image', 'ImageLayer', 'ImageHiddenComponents']],
  ['image-licences', () => `/images/${known.image}/licences`, ['Image', 'ImageLicences']],
  ['image-dependencies', () => `/images/${known.legacy}/dependencies?component=${encodeURIComponent('pkg:maven/log4j/log4j@1.2.17')}`, ['Image', 'ImageDependencies']],
  ['image-history', () => `/images/${known.image}/history`, ['Image', 'ImageHistory']],
  ['image-not-scanned', () => `/images/${known.unscanned}`, ['Image']],
  ['compare', () => `/compare?from=${known.image}&to=${known.newer}`, ['CompareImages']],
  ['compare-findings', () => `/compare?from=${known.image}&to=${known.newer}&view=findings&changes=all`, ['CompareImages']],
  ['compare-choose', () => `/compare?from=${known.image}`, ['CompareChoice']],
  ['components', () => '/components?search=log4j&range=%3C+2.17.1&version=pkg%3Amaven%2Forg.apache.logging.log4j%2Flog4j-core%402.14.1', ['SearchComponents']],
  ['components-vulnerable', () => '/components?search=log4j&vulnerable=yes', ['SearchComponents']],
  ['projects', () => '/projects', ['Projects']],
  ['project', () => `/projects/${known.project}`, ['Project', 'ProjectImages']],
  ['images-failed', () => '/images?result=failed', ['Images']],
  ['fixes', () => '/findings/fixes', ['Fixes']],
  ['fixes-of-image', () => `/findings/fixes?image=${known.legacy}`, ['Fixes']],
  ['image-with-base', () => `/images/${known.legacy}`, ['Image', 'ImageFixes']],
  ['findings', () => '/findings', ['FindingGroups']],
  ['findings-by-component', () => '/findings?group=component&severity=critical,high', ['FindingGroups']],
  ['findings-ungrouped', () => '/findings?group=none&exploited=yes', ['Findings']],
  ['decisions', () => '/findings/decisions', ['Decisions']],
  ['vex-documents', () => '/findings/vex', ['VexDocuments', 'AttachedVexTrusts']],
  ['vex-document', () => `/findings/vex/${known.vexDocument}`, ['VexDocumentPage']],
  ['vulnerability', () => '/vulnerabilities/CVE-2021-44228', ['Vulnerability']],
  ['integrations', () => '/connect', ['Integrations']],
  ['connections', () => '/connections', ['Connections']],
  ['connection', () => `/connections/${known.connection}`, ['Connection', 'VerificationProgress']],
  ['connection-activity', () => `/connections/${known.connection}/activity`, ['ConnectionActivity']],
  ['scans', () => '/scans', ['Scans']],
  ['scans-searched', () => '/scans?search=checkout&state=failed', ['Scans']],
  ['scan-failed', () => `/scans/${known.failedScan}`, ['Scan']],
  ['settings-profile', () => '/settings/profile', ['Profile']],
  ['settings-tokens', () => '/settings/tokens', ['AccessTokens']],
  ['settings-advisories', () => '/settings/advisories', ['Advisories']],
  ['settings-system', () => '/settings/system', ['System']],
  ['api', () => '/explorer', ['ApiSchema']],
];

const ofTheFrame = new Set(['Session', 'AdvisoryFreshness']);

describe.each(pages)('%s', (name, path, expected) => {
  it('asks what it needs and no more', async () => {
    operations = [];
    await open(path());
    const asked = operations.filter((operation) => !ofTheFrame.has(operation));
    expect(asked.toSorted()).toEqual([...expected].toSorted());
  });

  it.each([
    ['light', 'light', 1440, 900],
    ['dark', 'dark', 1440, 900],
    ['phone', 'light', 390, 844],
  ] as const)('has nothing axe objects to: %s', async (mode, colorScheme, width, height) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    await open(path());
    await picture(page, mode === 'light' ? name : `${name}-${mode}`);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('is reached by the keyboard past the navigation', async () => {
    await open(path());
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('main, [role=main]') !== null")).toBe(true);
  });
});

describe('components of an image', () => {
  const names = (): Promise<readonly string[]> => page.locator('table tbody tr > :first-child').allTextContents();
  const byCodePoint = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

  it('are ordered by a click, in the address, by the server, and the table is in the same order', async () => {
    await open(`/images/${known.image}/components`);
    // What is seen of the heading is a copy that stays in view; a click lands on it.
    await page.getByRole('button', { name: 'Component, not sorted' }).click({ force: true });
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('name');
    await page.getByRole('button', { name: 'Component, ascending' }).waitFor();
    await expect.poll(async () => (await names())[0]).toMatch(/^[A-Z]/);
    expect(await names()).toEqual((await names()).toSorted(byCodePoint));
    await page.getByRole('button', { name: 'Component, ascending' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('-name');
    await expect.poll(async () => (await names())[0]).toMatch(/^[u-z]/);
    expect(await names()).toEqual((await names()).toSorted(byCodePoint).toReversed());
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('page')).toBe('2');
    // Another order starts the list over.
    await page.getByRole('button', { name: 'Findings, not sorted' }).click({ force: true });
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await page.getByRole('button', { name: 'Findings, descending' }).waitFor();
    await open(`/images/${known.image}/components?sort=-name&search=spring`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
    const address = new URL(download.url());
    const [, ...lines] = (await api.download(address.pathname + address.search)).trim().split('\r\n');
    expect(lines.map((line) => line.split(',')[0])).toEqual(await names());
  });

  it('stand below what brought them in, unfolded by the keyboard and in the address', async () => {
    await open(`/images/${known.image}/components`);
    await page.getByText('checkout-api →').first().waitFor();
    await page.getByRole('button', { name: 'Show as tree' }).click();
    const unfold = page.getByRole('button', { name: 'Unfold checkout-api' });
    await unfold.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Fold checkout-api' }).waitFor();
    await page.getByRole('link', { name: 'logback-classic' }).waitFor();
    const address = page.url();
    await open(address.slice(product.origin.length));
    await page.getByRole('link', { name: 'logback-classic' }).click();
    await page.getByRole('heading', { name: /^logback-classic / }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Fold checkout-api' }).click();
    await expect.poll(() => page.getByRole('link', { name: 'logback-classic' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show as list' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('');
  });
});

describe('VEX documents by the keyboard', () => {
  const focused = () => page.evaluate('document.activeElement.textContent');

  it('arrow keys reach the links and buttons of a table', async () => {
    await open('/findings/vex', 'VEX documents');
    const trusts = page.getByRole('grid', { name: 'Attached documents' });
    await trusts.getByRole('link', { name: 'Production, Frankfurt' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Not read');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Trust');
    await page.keyboard.press('Enter');
    await trusts.getByRole('button', { name: 'Stop trusting documents attached in Production, Frankfurt' }).waitFor();
  });

  it('a document opens with Enter, and its page begins at its heading', async () => {
    await open('/findings/vex', 'VEX documents');
    await page.getByRole('link', { name: 'vendor.openvex.json' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'vendor.openvex.json' }).waitFor();
    expect(await focused()).toBe('vendor.openvex.json');
  });
});

describe('which of my images have this CVE, and what fixes it', () => {
  it('is two steps from anywhere: the search, and its page', async () => {
    await open('/settings/profile', 'Settings');
    await page.keyboard.press('/');
    await page.keyboard.type('cve-2021-44228');
    await page.getByRole('option', { name: /CVE-2021-44228/ }).first().click();
    await page.getByRole('heading', { level: 1, name: 'CVE-2021-44228' }).waitFor();
    await page.getByText('Upgrade log4j-core to 2.15.0').first().waitFor();
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(5);
  });

  it('has its proof: the file, the layer and the range', async () => {
    await open('/findings?group=none&exploited=yes&q=log4j', /Findings/);
    await page.getByRole('link', { name: 'CVE-2021-44228' }).first().click();
    const panel = page.getByRole('region', { name: 'CVE-2021-44228' });
    await panel.getByText('/opt/app/app.war!/WEB-INF/lib/log4j-core-2.14.1.jar').waitFor();
    await panel.getByText('2.14.1 is at or above 2.13.0 (introduced) and below 2.15.0 (fixed); compared as maven').waitFor();
    await picture(page, 'finding-panel');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });
});

describe('triage: a finding is decided about until a day', () => {
  const expiry = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const dialog = () => page.getByRole('dialog', { name: /Set state/ });
  const choose = async (field: string | RegExp, option: string) => {
    await dialog().getByRole('button', { name: field }).click();
    await page.getByRole('option', { name: option }).click();
  };

  it('in the panel: problems stand by their fields, and the decision says who, why, where and until when', async () => {
    await open('/findings?group=none&exploited=yes&q=log4j', /Findings/);
    await page.getByRole('link', { name: 'CVE-2021-44228' }).first().click();
    const panel = page.getByRole('region', { name: 'CVE-2021-44228' });
    await panel.getByText('Nobody has decided about this finding.').waitFor();
    await panel.getByRole('button', { name: 'Set state' }).click();
    await dialog().getByRole('button', { name: 'Set state' }).click();
    await dialog().getByText('Choose a state.').waitFor();
    await choose(/^State/, 'Not affected');
    await dialog().getByRole('button', { name: 'Set state' }).click();
    await dialog().getByText('Give a reason.').waitFor();
    await dialog().getByText('Say why it does no harm.').waitFor();
    await picture(page, 'triage-form');
    expect(await accessibilityViolations(page)).toEqual([]);
    await choose(/^Why it does no harm/, 'The vulnerable code is never run');
    await dialog().getByLabel('Reason').fill('Lookups are switched off by the start script.');
    await dialog().getByLabel(/^Expires/).fill(expiry);
    await dialog().getByRole('button', { name: 'Set state' }).click();
    await dialog().waitFor({ state: 'detached' });
    await panel.getByText('Lookups are switched off by the start script.').first().waitFor();
    await panel.getByText('Not affected: 1 decision, for the finding chosen and all others in its scope.').waitFor({ state: 'attached' });
    await panel.getByText(/^Every tag of /).waitFor();
    await panel.getByRole('list').filter({ hasText: 'First seen' }).getByText('Not affected, Ada Lovelace').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Set state');
    await picture(page, 'triage-panel');
    expect(await accessibilityViolations(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Set state' }).click();
    await dialog().waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await panel.waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('CVE-2021-44228');
    await page.getByRole('gridcell', { name: 'Not affected' }).first().waitFor();
  });

  it('several at once, found again by their state', async () => {
    await open('/findings?group=none&exploited=yes&state=open&q=log4j', /Findings/);
    const rows = page.locator('tbody tr');
    await rows.nth(0).getByRole('checkbox').check();
    await rows.nth(1).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Set state (2)' }).click();
    await choose(/^State/, 'Risk accepted');
    await dialog().getByLabel('Reason').fill('Replaced in the next release.');
    await dialog().getByRole('button', { name: 'In 90 days' }).click();
    await dialog().getByRole('button', { name: 'Set state', exact: true }).click();
    await page.getByText(/Risk accepted: \d decisions?, for the 2 findings chosen and all others in/).waitFor();
    await page.getByRole('button', { name: 'Set state (0)' }).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toContain('for the 2 findings chosen');
    await picture(page, 'triage-bulk');
    await open('/findings?group=none&state=accepted_risk', /Findings/);
    expect(await page.getByRole('gridcell', { name: 'Risk accepted' }).count()).toBeGreaterThan(1);
  });

  it('by vulnerability: every finding of the rows chosen, and no other', async () => {
    await open('/findings?q=CVE-2018', /Findings/);
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'CVE-2018-11307', exact: true }) });
    const images = (await row.getByRole('link', { name: /^\d+ images?$/ }).textContent()) ?? '';
    await row.getByRole('checkbox').check();
    const button = await page.getByRole('button', { name: /^Set state \([1-9]/ }).textContent();
    const count = button?.match(/[\d,]+/)?.[0] ?? '';
    await page.getByRole('button', { name: `Set state (${count})` }).click();
    await page.getByRole('dialog', { name: `Set state of ${count} findings` }).waitFor();
    await dialog().getByText(`${count} findings match now.`).first().waitFor();
    await choose(/^State/, 'Under investigation');
    await dialog().getByLabel('Reason').fill('Looked at in every image.');
    await dialog().getByRole('button', { name: 'Set state', exact: true }).click();
    await page.getByText(new RegExp(`^Under investigation: \\d+ decisions?, for the ${count} findings chosen`)).waitFor();
    await picture(page, 'triage-groups');
    await open('/findings?state=under_investigation&vulnerability=CVE-2018-11307', new RegExp(`^Findings \\(${count}\\)`));
    expect(await page.getByRole('link', { name: /^\d+ images?$/ }).textContent()).toBe(images);
    await open('/findings?state=under_investigation', new RegExp(`^Findings \\(${count}\\)`));
    await open('/findings/decisions', 'Decisions');
    await page.getByRole('link', { name: 'CVE-2018-11307' }).first().waitFor();
  });

  it('in the list of an image', async () => {
    await open(`/images/${known.legacy}/vulnerabilities`);
    await page.locator('tbody tr').nth(0).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Set state (1)' }).click();
    await choose(/^State/, 'False positive');
    await dialog().getByLabel('Reason').fill('Seen in production.');
    await dialog().getByRole('button', { name: 'Set state', exact: true }).click();
    await page.getByText(/^False positive: 1 decision, for the finding chosen/).waitFor();
    await picture(page, 'triage-image');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1 decision withdrawn.').waitFor();
  });

  it('all that match, on every page: said before, told after, what is decided is kept, and undone as one', async () => {
    await open('/findings?group=none&severity=high&fix=available', /Findings/);
    const total = (await page.getByRole('heading', { level: 1 }).textContent())?.match(/[\d,]+/)?.[0] ?? '';
    await page.getByRole('checkbox', { name: 'Select every row of this page' }).click();
    await page.getByText('All 50 findings of this page are chosen.').waitFor();
    await page.getByRole('button', { name: `Choose all ${total} that match` }).click();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: `Set state (${total})` }).click();
    await page.getByRole('dialog', { name: `Set state of all ${total} findings that match` }).waitFor();
    await dialog().getByText(`${total} findings match now.`).first().waitFor();
    await choose(/^State/, 'Under investigation');
    await choose(/^Holds for/, 'Everywhere');
    await dialog().getByLabel('Reason').fill('Upgraded with the next base image.');
    await dialog().getByText(/This makes [\d,]+ decisions/).first().waitFor();
    await picture(page, 'triage-all-that-match');
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Set state', exact: true }).click();
    await page.getByText(new RegExp(`^Under investigation: [\\d,]+ decisions, for the ${total} findings chosen`)).waitFor();
    await page.getByRole('gridcell', { name: 'Under investigation' }).first().waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/^[\d,]+ decisions withdrawn\.$/).waitFor();
    await page.getByRole('gridcell', { name: 'Not decided' }).first().waitFor();
  });

  it('is listed with what ends soon first, and withdrawn', async () => {
    await page.getByRole('link', { name: 'Decisions' }).click();
    const soon = page.getByRole('grid', { name: 'Ending within 30 days' });
    await soon.getByText('Lookups are switched off by the start script.').waitFor();
    expect(await soon.locator('tbody tr').count()).toBe(1);
    await page.emulateMedia({ colorScheme: 'dark' });
    await open('/findings/decisions', 'Decisions');
    await soon.waitFor();
    await picture(page, 'decisions-made-dark');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await open('/findings/decisions', 'Decisions');
    await soon.getByRole('button', { name: 'Withdraw the decision about CVE-2021-44228' }).click();
    await page.getByText('1 decision withdrawn.').waitFor();
    await soon.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Ended' }).or(page.getByRole('radio', { name: 'Ended' })).first().click();
    await page.getByText('Withdrawn').first().waitFor();
    await open('/findings?group=none&state=not_affected', /Findings/);
    await page.getByText(/^The filter hides [\d,]+ findings\.$/).waitFor();
  });

  it('several at once by the keyboard alone: to the rows, the form, what is missing in it, and the way back', async () => {
    const reach = async (key: 'Tab' | 'Shift+Tab', name: string) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press(key);
        if (await page.evaluate<boolean>(`(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).startsWith(${JSON.stringify(name)})`)) return;
      }
      throw new Error(`${key} does not lead to ${name}.`);
    };
    await open('/findings?group=none&vulnerability=CVE-2023-4911', /Findings/);
    await reach('Tab', 'Select every row');
    for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Space']) await page.keyboard.press(key);
    await reach('Shift+Tab', 'Set state (2)');
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Set state (2)');
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await reach('Tab', 'Choose a state');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /^Affected/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await reach('Tab', 'Set state');
    await page.keyboard.press('Enter');
    await dialog().getByText('Give a reason.').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    await page.keyboard.type('Waits for the next base image.');
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
    await page.getByText(/^Affected: \d decisions?, for the 2 findings chosen/).waitFor();
    await reach('Tab', 'Undo');
    await page.keyboard.press('Enter');
    await page.getByText(/decisions? withdrawn\.$/).waitFor();
  });
});

it('where is log4j: the version range narrows it to every copy with its file', async () => {
  await open('/components', 'Components');
  await page.getByLabel('Name or package URL').fill('log4j-core');
  await page.getByRole('link', { name: 'log4j-core' }).first().waitFor();
  await page.getByLabel('Version range, such as < 2.17.1').fill('< 2.17.1');
  await page.getByText('1 version of 1 component').waitFor();
  await page.getByRole('link', { name: 'log4j-core' }).first().click();
  await page.getByText('Where is log4j-core 2.14.1?').waitFor();
  await page.getByText('/opt/app/app.war!/WEB-INF/lib/log4j-core-2.14.1.jar').first().waitFor();
  await page.getByLabel('Version range, such as < 2.17.1').fill('< <');
  await page.getByText('This is no version range.').waitFor();
  await open('/components?search=log4j-core&range=%3C+2.17.1&type=npm', 'Components');
  await page.getByRole('button', { name: 'Clear range and type' }).click();
  await page.waitForURL(/components\?search=log4j-core$/);
  await page.getByRole('link', { name: 'log4j-core' }).first().waitFor();
});

it.each([
  ['/vulnerabilities/CVE-2021-44228', 'Vulnerability'],
  ['/components?search=log4j', 'SearchComponents'],
])('%s is asked for again when it is come back to', async (path, operation) => {
  await open(path);
  await page.getByRole('link', { name: 'Scans', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Scans' }).waitFor();
  operations = [];
  await page.goBack();
  await expect.poll(() => operations).toContain(operation);
});

it('two images are compared from the page of one', async () => {
  await open(`/images/${known.image}`);
  await page.getByRole('button', { name: 'Compare' }).or(page.getByRole('link', { name: 'Compare' })).first().click();
  await page.getByText('is the earlier image. Choose the later one.').waitFor();
  await page.locator('tbody a').first().click();
  await page.getByText('Components changed').waitFor();
  await page.getByRole('radio', { name: 'Layers' }).or(page.getByRole('button', { name: 'Layers', exact: true })).first().click();
  await page.getByText('= The same').first().waitFor();
});

it('what became of findings is told, exported as it is filtered, and each has its proof', async () => {
  await open(`/compare?from=${known.image}&to=${known.newer}`, 'Compare images');
  const tile = page.getByRole('region', { name: 'Findings new' });
  await tile.getByRole('link').click();
  await page.waitForURL(/view=findings&changes=introduced/);
  await page.getByRole('heading', { level: 2, name: /^Findings \(/ }).waitFor();
  const counter = async () => /\((\d+) of/.exec((await page.getByRole('heading', { level: 2, name: /^Findings/ }).textContent()) ?? '')?.[1];
  await expect.poll(async () => (await tile.getByRole('link').textContent())?.replace('+', '')).toBe(await counter());
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export findings' }).click();
  const address = new URL((await download).url());
  const lines = (await api.download(address.pathname + address.search)).trim().split('\r\n').slice(1);
  expect(String(lines.length)).toBe(await counter());
  expect(lines.every((line) => line.startsWith('introduced,'))).toBe(true);
  await page.getByRole('link', { name: /^CVE-/ }).first().click();
  await page.getByText('Why it matched').waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
});

it.each([
  ['/', 'Trend', 'Findings by day'],
  ['/', 'Age of open findings', 'Open findings by age'],
  ['/', 'Coverage', 'Images by what is known'],
  ['project', 'Trend', 'Findings by day'],
])('%s: the chart %s has a table twin', async (path, title, label) => {
  await open(path === 'project' ? `/projects/${known.project}` : path);
  await page.getByRole('button', { name: `${title}: show as table` }).click();
  await page.getByRole('region', { name: label }).getByRole('row').nth(1).waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
});

describe('a newer base image', () => {
  const rebuild = (base: string) => page.getByRole('link', { name: `Rebuild on a newer public.ecr.aws/base/${base}`, exact: true });

  it('is among what to fix first, and leads to its findings and to the images concerned', async () => {
    await open('/', 'Overview');
    const fix = page.getByRole('listitem').filter({ has: rebuild('almalinux-micro:9.1') });
    const removes = (await fix.getByText(/^removes up to /).innerText()).replace('removes up to ', '');
    const images = await fix.getByRole('link', { name: /^\d+ images$/ }).innerText();
    await rebuild('almalinux-micro:9.1').click();
    await page.getByRole('heading', { level: 1, name: /^Findings \(/ }).waitFor();
    const baseLayer = new URL(page.url()).searchParams.get('base');
    const { findings } = await api.run<{ findings: { totalCount: { count: number } } }>('query($filter: FindingFilterInput) { findings(first: 1, filter: $filter) { totalCount { count } } }', { filter: { baseLayer, fixAvailable: true } });
    expect(findings.totalCount.count.toLocaleString('en-GB')).toBe(removes);
    await page.goBack();
    await fix.getByRole('link', { name: images }).click();
    await page.getByRole('grid', { name: 'Findings' }).getByRole('columnheader', { name: 'Image' }).waitFor();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(Number.parseInt(images, 10));
  });

  it('is on the page of an image that is built on it, and in its table of fixes', async () => {
    await open(`/images/${known.legacy}`);
    const fix = page.getByRole('listitem').filter({ has: rebuild('almalinux:8.5') });
    expect(await fix.getByRole('link', { name: 'All images built on it' }).getAttribute('href')).toContain('group=image');
    await page.getByRole('link', { name: 'All fixes of this image' }).click();
    await page.getByRole('heading', { level: 1, name: 'Fixes' }).waitFor();
    await page.getByRole('grid', { name: 'Fixes' }).getByRole('link', { name: 'Rebuild on a newer public.ecr.aws/base/almalinux:8.5' }).waitFor();
    await page.getByRole('button', { name: /^Remove the filter Image: legacy\// }).waitFor();
  });
});

it('a layer leads from its instruction to components, findings and what fixes them', async () => {
  await open(`/images/${known.legacy}/layers`);
  await page.getByText('1 from the base image').waitFor();
  const layer = page.getByRole('listitem').filter({ has: page.getByText('glibc', { exact: true }) }).last();
  await layer.getByText('fixed in 2.28-225.el8_8.6').first().waitFor();
  await layer.getByRole('link', { name: 'CVE-2023-4911' }).click();
  await page.getByText('Why it matched').waitFor();
  await open(`/images/${known.legacy}/components`);
  const first = page.getByRole('row').nth(1);
  expect(await first.getByRole('img', { name: /critical/ }).count()).toBe(1);
});

it('a number of a chart opens what it counts', async () => {
  await open('/', 'Overview');
  const age = page.getByRole('link', { name: /open findings, under 7 days$/ });
  const count = (await age.textContent()) ?? '';
  await age.click();
  await page.getByRole('heading', { level: 1, name: `Findings (${count})` }).waitFor();
  await open('/', 'Overview');
  const failed = page.getByRole('link', { name: /images: failed$/ });
  const images = Number(await failed.textContent());
  await failed.click();
  await page.getByRole('heading', { level: 1, name: 'Images' }).waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(images);
});

it('a view is saved, opened and deleted', async () => {
  await open('/findings?severity=critical&group=component', /Findings/);
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Critical components');
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('list', { name: 'Saved views' }).getByText('Critical components').waitFor();
  await open('/findings', /Findings/);
  await page.getByRole('link', { name: 'Critical components' }).click();
  await page.waitForURL(/severity=critical/);
  await page.getByRole('button', { name: 'Delete the view Critical components' }).click();
  await page.getByRole('list', { name: 'Saved views' }).waitFor({ state: 'detached' });
});

it('the image findings are narrowed to is named, and can be dropped', async () => {
  await open(`/findings?image=${known.image}&severity=critical`, /Findings/);
  await page.getByText(/^Image: .*payments\/checkout-api/).waitFor();
  await picture(page, 'findings-of-an-image');
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: /^Remove the filter Image: / }).click();
  await page.waitForURL(/findings\?severity=critical$/);
});

it('the exported table is exactly what is filtered', async () => {
  await open('/findings?group=none&exploited=yes&type=maven', /Findings/);
  const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const text = await api.download(new URL((await download).url()).pathname + new URL((await download).url()).search);
  const lines = text.trim().split('\r\n').slice(1);
  expect(heading).toContain(`(${lines.length})`);
  expect(lines.every((line) => line.includes('pkg:maven/'))).toBe(true);
});

it('a token is made, shown once, and works from outside', async () => {
  await open('/settings/tokens', 'Access tokens');
  await page.getByRole('button', { name: 'Create a token' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('pipeline');
  await dialog.getByRole('button', { name: /Create/ }).click();
  const secret = (await page.getByRole('region', { name: 'token' }).textContent()) ?? '';
  const partner = new Api(product.origin);
  partner.useToken(secret.trim());
  expect(await partner.run('{ overview { imageCount } }')).toEqual({ overview: { imageCount: 400 } });
  await page.reload();
  await page.getByText('pipeline').first().waitFor();
  expect(await page.content()).not.toContain(secret.trim());
});

it('an example of the API runs as it stands', async () => {
  await open('/explorer', 'API');
  await page.getByRole('link', { name: 'Where is a component?' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Status 200').waitFor();
  await page.getByRole('region', { name: 'answer' }).getByText('"searchComponents"').waitFor();
});

it('single letters lead to pages, are listed, and can be switched off', async () => {
  await open('/images', 'Images');
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await page.getByRole('heading', { level: 1, name: /Findings/ }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.getByLabel('Use single-letter shortcuts').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  expect(page.url()).toContain('/findings');
  await page.evaluate("localStorage.removeItem('esscm.shortcuts')");
});

it('what is open and how the list stands is in the address, and back works', async () => {
  await open('/findings', /Findings/);
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.waitForURL(/page=2/);
  await page.goBack();
  await page.getByText('Page 1').waitFor();
  await page.getByRole('button', { name: 'By component' }).or(page.getByRole('radio', { name: 'By component' })).first().click();
  await page.waitForURL(/group=component/);
  await page.goBack();
  await page.waitForURL(/findings\??$/);
});

it('a scan says line by line what it did, and the last lines stand with a failure', async () => {
  await open(`/scans/${known.failedScan}`);
  await page.getByRole('heading', { name: 'Before it failed' }).waitFor();
  const log = page.getByRole('region', { name: 'Lines of the log' });
  await log.getByText(/^Attempt 1: asking the registry for/).waitFor();
  expect(await log.locator('tbody tr').count()).toBe(3);
  await page.getByText('Errors', { exact: true }).click();
  await expect.poll(() => log.locator('tbody tr').count()).toBe(1);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe(`${known.failedScan}.log`);
});

it('a tab learns what another one started', async () => {
  await open('/scans', 'Scans');
  const newest = () => page.locator('tbody a[href^="/scans/"]').first().getAttribute('href');
  const before = await newest();
  const other = await context.newPage();
  await other.goto(`${product.origin}/images/${known.image}`);
  await other.getByRole('button', { name: 'Scan again' }).click();
  await expect.poll(newest, { timeout: 60_000 }).not.toBe(before);
  await other.close();
});

it('an image that was never read leads to a rule that scans every new tag of its repository', async () => {
  await open(`/images/${known.unscanned}`);
  await page.getByText('Not scanned yet').waitFor();
  await page.getByRole('link', { name: 'Scan every new tag of this repository' }).or(page.getByRole('button', { name: 'Scan every new tag of this repository' })).click();
  await page.getByRole('button', { name: 'Save rules' }).waitFor();
  expect(await page.getByLabel('Repository', { exact: true }).last().inputValue()).toBe(known.unscannedRepository);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Save rules' }).waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('');
});

it('a session that ends half way leads to the sign-in and back to where the user was', async () => {
  await open('/projects', 'Projects');
  await context.clearCookies();
  await page.getByRole('link', { name: 'Findings', exact: true }).click();
  await page.getByText('You were signed out. Sign in to go back to where you were.').waitFor();
  await picture(page, 'signed-out');
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /Findings/ }).waitFor();
  // The answers that said so are no fault of the page.
  for (let index = faults.length - 1; index >= 0; index -= 1) if (/status of 401/.test(faults[index] ?? '')) faults.splice(index, 1);
});

it('says when the server is gone, and goes on when it is back', async () => {
  await open('/images', 'Images');
  faults.length = 0;
  await product.kill();
  await page.getByRole('link', { name: 'Scans', exact: true }).click();
  await page.getByText('No connection to the ESSCM server. Retrying.').waitFor();
  await product.startAgain();
  await page.getByText('No connection to the ESSCM server. Retrying.').waitFor({ state: 'detached', timeout: 60_000 });
  await page.getByRole('heading', { level: 1, name: 'Scans' }).waitFor();
  faults.length = 0;
});

it('nothing failed on the way, and no script or style came from elsewhere', async () => {
  expect(faults).toEqual([]);
  const policy = (await fetch(product.origin)).headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/script-src 'self'(;|$)/);
});

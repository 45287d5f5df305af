import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectStateInAddress } from './support/address-state.js';
import { Visit } from './support/visit.js';

/** Every page with a state of its own: the state is in the address, a reload shows the same, and back leads to it from anywhere. */

let visit: Visit;
let page: Page;
let image: string;
let other: string;
let project: string;
let connection: string;

beforeAll(async () => {
  visit = await Visit.start();
  ({ page } = visit);
  const [first, second] = await visit.images('legacy/');
  [image, other, project, connection] = [first?.id ?? '', second?.id ?? '', first?.projectId ?? '', first?.connectionId ?? ''];
}, 400_000);

afterAll(() => visit?.[Symbol.asyncDispose]());

const choose = async (list: string, option: string | RegExp) => {
  await page.getByRole('button', { name: list }).first().click();
  await page.getByRole('option', { name: option }).first().click();
};
const type = (field: string, text: string) => page.getByPlaceholder(field).fill(text);
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).or(page.getByRole('radio', { name, exact: true })).first().click();
/** What is seen of a heading is a copy that stays in view; a click lands on it. */
const sort = (name: RegExp) => page.getByRole('button', { name }).first().click({ force: true });
const follow = (name: string | RegExp) => page.locator('main').getByRole('link', { name }).first().click();
const nextPage = () => page.getByRole('button', { name: 'Next page' }).first().click();

/** A page, what somebody does there, and what the address says afterwards. */
const states: readonly (readonly [what: string, path: () => string, act: () => Promise<unknown>, address: RegExp])[] = [
  ['overview, a chart as its table', () => '/', () => press('Coverage: show as table'), /tables=coverage/],
  ['overview, another one too', () => '/?tables=coverage', () => press('Trend: show as table'), /tables=coverage%2Ctrend/],
  ['overview, one as a chart again', () => '/?tables=coverage%2Ctrend', () => press('Coverage: show as chart'), /tables=trend/],
  ['images, searched', () => '/images', () => type('Find by repository, tag or digest', 'payments'), /search=payments/],
  ['images, the second page', () => '/images', nextPage, /page=2/],
  ['image, another tab', () => `/images/${image}`, () => page.getByRole('tab', { name: /^Layers/ }).click(), /\/layers$/],
  ['image, a finding opened', () => `/images/${image}/vulnerabilities`, () => follow(/^CVE-/), /finding=/],
  ['image, the second page of findings', () => `/images/${image}/vulnerabilities`, nextPage, /page=2/],
  ['components of an image, searched', () => `/images/${image}/components`, () => type('Find by name, version or package URL', 'log4j'), /search=log4j/],
  ['components of an image, by type', () => `/images/${image}/components`, () => choose('Type', /^Maven/), /ecosystem=maven/],
  ['components of an image, of a layer', () => `/images/${image}/components`, () => choose('Layer', /^Layer 2/), /layer=1/],
  ['components of an image, sorted', () => `/images/${image}/components`, () => sort(/^Component, /), /sort=/],
  ['components of an image, one opened', () => `/images/${image}/components`, () => follow(/^log4j/), /component=/],
  ['components of an image, as a tree', () => `/images/${image}/components`, () => press('Show as tree'), /view=tree/],
  ['component tree, unfolded', () => `/images/${image}/components?view=tree`, () => press(/^Unfold /), /unfolded=/],
  ['layers of an image, one chosen', () => `/images/${image}/layers`, () => press(/COPY lib/), /layer=1/],
  ['licences of an image, components of one', () => `/images/${other}/licences`, () => follow(/^\d/), /licence=/],
  ['dependencies of an image, searched', () => `/images/${image}/dependencies`, () => type('Find by name, version or package URL', 'spring'), /search=spring/],
  ['dependencies of an image, one chosen', () => `/images/${image}/dependencies`, () => page.getByRole('tabpanel').getByRole('listitem').getByRole('link').first().click(), /component=/],
  ['compare, another view', () => `/compare?from=${image}&to=${other}`, () => press('Findings'), /view=findings/],
  ['compare, findings by severity', () => `/compare?from=${image}&to=${other}&view=findings&changes=all`, () => choose('Severity', 'High'), /severity=high/],
  ['compare, a finding opened', () => `/compare?from=${image}&to=${other}&view=findings&changes=all`, () => follow(/^CVE-/), /finding=/],
  ['compare, another image looked for', () => `/compare?from=${image}`, () => page.getByLabel('Find an image').fill('billing'), /search=billing/],
  ['component search, with a range', () => '/components?search=log4j', () => type('< 2.17.1', '< 2'), /range=/],
  ['component search, sorted', () => '/components?search=log4j', () => sort(/^Images, /), /sort=/],
  ['component search, a version chosen', () => '/components?search=log4j', () => follow(/^log4j/), /version=/],
  ['findings, grouped by component', () => '/findings', () => press('By component'), /group=component/],
  ['findings, the second page', () => '/findings', nextPage, /page=2/],
  ['findings, one opened', () => '/findings?group=none', () => follow(/^CVE-/), /finding=/],
  ['findings, other columns', () => '/findings?group=none', () => press('Columns').then(() => page.getByRole('menuitemcheckbox', { name: 'Aliases' }).click()), /columns=/],
  ['decisions, those that have ended', () => '/findings/decisions', () => press(/^Ended/), /show=/],
  ['VEX documents, attached ones', () => '/findings/vex', () => press(/^Attached/), /show=/],
  ['connection, its rules', () => `/connections/${connection}`, () => press(/^(Add a rule|Edit rules)$/), /open=rules/],
  ['activity, what failed', () => `/connections/${connection}/activity`, () => press(/^Failed/), /show=/],
  ['projects, searched', () => '/projects', () => type('Find a project', 'legacy'), /search=legacy/],
  ['project, its trend as a table', () => `/projects/${project}`, () => press('Trend: show as table'), /tables=trend/],
  ['project, one version', () => `/projects/${project}`, () => choose('Version', /^\d/), /version=/],
  ['scans, those that failed', () => '/scans', () => press(/^Failed/), /state=failed/],
  ['scans, searched', () => '/scans', () => type('Find by image, tag, digest or connection', 'checkout'), /search=checkout/],
  ['API explorer, another example', () => '/explorer', () => page.getByRole('navigation', { name: /examples/i }).getByRole('link').nth(1).click(), /example=/],
];

/** Pages have their rows after a while on a busy machine. */
const patient = { timeout: 15_000 };

it.each(states)('%s: in the address, the same in a tab that opens it anew, and come back to', async (_what, path, act, address) => {
  await visit.open(path());
  await act();
  await page.waitForURL(address);
  await expectStateInAddress(page, await visit.newTab());
});

describe('back', () => {
  const top = () => page.evaluate<number>('Math.round(scrollY)');
  /** Within half a row: the heads of a table are a little lower before they have been stuck. */
  const near = async (place: number) => Math.abs((await top()) - place) < 16;

  it.each([
    ['images', '/images', /^\/images\/img_/],
    ['findings by vulnerability', '/findings', /^\/vulnerabilities\//],
    ['projects', '/projects', /^\/projects\//],
    ['scans', '/scans', /^\/scans\//],
    ['vulnerability', '/vulnerabilities/CVE-2021-44228', /^\/images\//],
  ])('to %s: the page stands where it stood, and the link that led away has the focus; forward begins at the top again', async (_what, path, target) => {
    await visit.open(path);
    const links = page.locator('main tbody a');
    const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    const index = hrefs.findLastIndex((href) => target.test(href));
    await links.nth(index).focus();
    await links.nth(index).evaluate((link) => link.scrollIntoView({ block: 'center' }));
    await expect.poll(top, patient).toBeGreaterThan(0);
    const before = await top();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => target.test(url.pathname));
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await top()).toBe(0);
    await page.goBack();
    await expect.poll(() => near(before), patient).toBe(true);
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("href")'), patient).toBe(hrefs[index]);
    await page.reload();
    await expect.poll(() => near(before), patient).toBe(true);
  });

  it('to a chart from its table, step by step, on a page that stays where it is', async () => {
    await visit.open('/');
    const ages = page.getByRole('button', { name: /^Age of open findings: / });
    await ages.scrollIntoViewIfNeeded();
    const place = await top();
    await ages.click();
    await page.waitForURL(/tables=ages/);
    await page.getByRole('region', { name: 'Open findings by age' }).waitFor();
    expect(await top()).toBe(place);
    await page.goBack();
    await page.getByRole('button', { name: 'Age of open findings: show as table' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.goForward();
    await page.getByRole('region', { name: 'Open findings by age' }).waitFor();
  });

  it('a page of a list that is turned far below its head begins with its first row', async () => {
    await visit.open('/findings');
    await page.evaluate('scrollTo(0, 700)');
    await expect.poll(top, patient).toBe(700);
    await nextPage();
    await page.waitForURL(/page=2/);
    await expect.poll(top, patient).toBeLessThan(100);
    await page.goBack();
    await expect.poll(top, patient).toBe(700);
  });

  it('what opens beside a list leaves it where it is', async () => {
    await visit.open('/findings?group=none');
    await page.evaluate('scrollTo(0, 400)');
    const link = page.locator('tbody a[href*="finding="]').nth(20);
    await link.focus();
    const before = await top();
    await page.keyboard.press('Enter');
    await page.getByText('Why it matched').waitFor();
    expect(await top()).toBe(before);
  });
});

it('the browser had nothing to complain about', () => {
  expect(visit.faults).toEqual([]);
});

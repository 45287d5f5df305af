import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityViolations } from './support/browser.js';
import { Visit } from './support/visit.js';

/** What people paste into the address bar and into fields: nonsense, cut-off links, far too much, other scripts and markup. */

let visit: Visit;
let page: Page;
let image: string;
let newer: string;

beforeAll(async () => {
  visit = await Visit.start();
  ({ page } = visit);
  const images = await visit.images('payments/checkout-api');
  [image = '', newer = ''] = images.map(({ id }) => id);
}, 400_000);

afterAll(() => visit?.[Symbol.asyncDispose]());

const main = async () => (await page.locator('main').last().innerText()).replaceAll(/\s+/g, ' ');
const sideways = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');

it.each([
  ['a cursor of nowhere', '/images?after=garbage&page=-3', 'This address cannot be read', /made for another list/],
  ['a cursor of another list', '/findings?after=%00%00', 'This address cannot be read', /Show the first page/],
  ['values of a filter that there are not', '/findings?severity=purple&exploited=perhaps&fix=zzz&epss=abc&since=never&group=none', /^Findings \(20,190\)/, /CVE-/],
  ['a finding that is gone', '/findings?group=none&finding=fnd_nothing', /^Findings/, /This finding is gone/],
  ['a project, an image and a connection that are gone', '/findings?project=prj_x&image=img_x&connection=con_x', /^Findings/, /No match/],
  ['markup in a search', '/components?search=%3Cscript%3Ealert(1)%3C%2Fscript%3E', 'Components', /0 versions of 0 components/],
  ['other scripts in a search', `/images?search=${encodeURIComponent('مرحبا \u202E 😀 <b>')}`, 'Images', /No match/],
  ['no such image', '/images/img_nothing', 'There is no such image', /was deleted/],
  ['no such tab of an image', () => `/images/${image}/nonsense`, 'There is no such page', /mistyped/],
  ['no such layer', () => `/images/${image}/layers?layer=99`, /^payments\/checkout-api/, /Build instructions/],
  ['two images that are not', '/compare?from=a&to=b', 'Compare images', /cannot be compared/],
  ['an image with itself', () => `/compare?from=${image}&to=${image}`, 'Compare images', /From/],
  ['a view of a comparison that there is not', () => `/compare?from=${image}&to=${newer}&view=xx&changes=yy`, 'Compare images', /From/],
  ['fixes of an image that is not', '/findings/fixes?image=nothing', 'There is no such image', /was deleted/],
  ['no such scan', '/scans/scn_nothing', 'There is no such scan', /was deleted/],
  ['no such connection', '/connections/con_nothing/registry', 'There is no such connection', /was deleted/],
  ['no such project', '/projects/prj_nothing', 'There is no such project', /was deleted/],
  ['no such document', '/findings/vex/nothing', 'There is no such document', /was deleted/],
  ['markup as an identifier', '/vulnerabilities/%3Cimg%20src%3Dx%3E', '<img src=x>', /In none of your images/],
  ['an identifier of three thousand letters', `/vulnerabilities/${'A'.repeat(3000)}`, /^A+$/, /In none of your images/],
  ['no such integration', '/connect/nothing/new', 'There is no such integration', /was deleted/],
  ['a step, a draft and a variant that there are not', '/connect/ecr/new?step=zzz&draft=nothing&variant=qqq', 'Source', /Name the connection/],
  ['a step nobody has come to yet', '/connect/ecr/new?step=projects', 'Source', /Name the connection/],
  ['no such page', '/settings/zzz', 'There is no such page', /mistyped/],
  ['an address that is no text', '/%', 'There is no such page', /mistyped/],
])('%s', async (_, path, heading, says) => {
  await visit.open(typeof path === 'string' ? path : path(), heading);
  await expect.poll(async () => `${await main()} ${await page.locator('body').innerText()}`).toMatch(says);
  expect(await sideways()).toBeLessThanOrEqual(0);
});

it('the way out of an address nobody understands keeps the rest of it', async () => {
  await visit.open('/images?search=checkout&after=garbage&page=7', 'This address cannot be read');
  await page.getByRole('link', { name: 'Show the first page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Images' }).waitFor();
  expect(page.url()).toMatch(/\/images\?search=checkout$/);
});

it('three megabytes in a field are refused in words, by the field', async () => {
  await visit.open('/connect/ecr/new?variant=private', 'Source');
  await page.getByLabel('Name', { exact: true }).fill('x'.repeat(3_000_000));
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText(/3 to 60 characters/).first().waitFor();
  await expect.poll(() => page.evaluate("document.activeElement.getAttribute('aria-invalid')")).toBe('true');
  expect(await sideways()).toBeLessThanOrEqual(0);
});

it('a name of sixty letters, with markup and other scripts, breaks nothing', async () => {
  const name = `<b>W</b> 😀 مرحبا ${'w'.repeat(41)}`;
  await visit.open('/findings?severity=critical', /^Findings/);
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Name', { exact: true }).press('Control+Enter');
  const views = page.getByRole('list', { name: 'Saved views' });
  await views.getByText(name).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await visit.open('/findings', /^Findings/);
  await views.getByText(name).waitFor();
  expect(await sideways()).toBeLessThanOrEqual(0);
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
});

it('a link with panel, filter, group and page shows another person the same', async () => {
  await visit.open('/findings?group=none&severity=critical', /^Findings/);
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.waitForURL(/page=2/);
  await page.getByText('Page 2').waitFor();
  await page.locator('tbody a[href*="finding="]').nth(3).click();
  await page.getByText('Why it matched').waitFor();
  const [address, rows, panel] = [page.url(), await page.locator('tbody').innerText(), await page.getByRole('region', { name: /^CVE-/ }).getByRole('heading', { level: 2 }).innerText()];
  const other = await visit.newTab();
  await other.goto(address);
  await other.getByText('Why it matched').waitFor();
  expect(await other.locator('tbody').innerText()).toBe(rows);
  expect(await other.getByRole('region', { name: /^CVE-/ }).getByRole('heading', { level: 2 }).innerText()).toBe(panel);
  await other.close();
  await page.goBack();
  await page.getByText('Why it matched').waitFor({ state: 'detached' });
  await page.getByText('Page 2').waitFor();
  await page.goBack();
  await page.getByText('Page 1').waitFor();
  await page.goForward();
  await page.goForward();
  await page.getByText('Why it matched').waitFor();
});

it('the browser had nothing to complain about', () => {
  expect(visit.faults).toEqual([]);
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Visit } from './support/visit.js';

/** Columns of findings that come and go, and when each finding was first seen. */

let visit: Visit;
let page: Page;

beforeAll(async () => {
  visit = await Visit.start();
  ({ page } = visit);
}, 400_000);

afterAll(() => visit?.[Symbol.asyncDispose]());

const heads = () => page.getByRole('grid', { name: /indings/ }).getByRole('columnheader').allInnerTexts().then((texts) => texts.map((text) => text.trim()).filter((text) => text !== ''));
const choose = async (column: string) => {
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: column }).click();
};

const always = ['Severity', 'Vulnerability', 'Package', 'Fixed in', 'Image', 'EPSS', 'First seen'];

it('are chosen one by one, stand in the address, and are there for another person', async () => {
  await visit.open('/findings?group=none', /^Findings/);
  await expect.poll(heads).toEqual([...always, 'State']);
  await choose('Aliases');
  await expect.poll(heads).toEqual([...always, 'State', 'Aliases']);
  await choose('State');
  await expect.poll(heads).toEqual([...always, 'Aliases']);
  expect(new URL(page.url()).searchParams.get('columns')).toBe('aliases');
  await visit.open(page.url().slice(visit.product.origin.length), /^Findings/);
  expect(await heads()).toEqual([...always, 'Aliases']);
  await choose('Aliases');
  await expect.poll(heads).toEqual(always);
  await choose('State');
  await expect.poll(heads).toEqual([...always, 'State']);
  expect(new URL(page.url()).searchParams.has('columns')).toBe(false);
});

it('an alias is another name of the vulnerability in its row', async () => {
  await visit.open('/findings?group=none&q=CVE-2021-44228&columns=aliases', /^Findings/);
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'CVE-2021-44228' }) }).first();
  await row.getByText('GHSA-jfh8-c2jp-5v3q').waitFor();
});

interface Seen {
  readonly findings: { readonly edges: readonly { readonly node: { readonly firstSeenAt: string } }[] };
}

it('first seen is the moment the API gives, whole under the pointer', async () => {
  await visit.open('/findings?group=none&severity=critical', /^Findings/);
  const { findings } = await visit.api.run<Seen>('{ findings(first: 50, filter: { severities: [CRITICAL] }) { edges { node { firstSeenAt } } } }');
  const times = page.locator('tbody time');
  expect(await times.evaluateAll((all) => all.map((time) => time.getAttribute('datetime')))).toEqual(findings.edges.map(({ node }) => node.firstSeenAt));
  expect(await times.first().getAttribute('title')).toMatch(/\d{4}.*\d{2}:\d{2}/);
});

it('first seen filters: what is younger and what is older make the whole', async () => {
  const count = async (filter: string) => {
    await visit.open(`/findings?group=none${filter}`, /^Findings/);
    const text = await page.getByRole('heading', { level: 1 }).innerText();
    return Number(/\(([\d,]+)/.exec(text)?.[1]?.replaceAll(',', ''));
  };
  const [all, younger, older] = [await count(''), await count('&since=7'), await count('&before=7')];
  expect(younger).toBeGreaterThan(0);
  expect(older).toBeGreaterThan(0);
  expect(younger + older).toBe(all);
});

it('the browser had nothing to complain about', () => {
  expect(visit.faults).toEqual([]);
});

interface Ordered {
  readonly findingGroups: { readonly edges: readonly { readonly node: { readonly key: string } }[] };
}

it('of groups order them by a click, in the address, and the other way by a second', async () => {
  await visit.open('/findings', /^Findings/);
  const keysBy = async (order: string) => (await visit.api.run<Ordered>(`{ findingGroups(groupBy: VULNERABILITY, ${order}) { edges { node { key } } } }`)).findingGroups.edges.map(({ node }) => node.key);
  const shown = () => page.locator('tbody tr').getByRole('link', { name: /^(?:CVE|GHSA)-/ }).allInnerTexts();
  // What is seen of the heading is a copy that stays in view; a click lands on it.
  const orderBy = (column: string) => page.getByRole('button', { name: new RegExp(`^${column}, `) }).click({ force: true });
  await orderBy('Images');
  await expect.poll(shown).toEqual(await keysBy('sort: IMAGES'));
  expect(new URL(page.url()).searchParams.get('sort')).toBe('-images');
  await orderBy('Images');
  await expect.poll(shown).toEqual(await keysBy('sort: IMAGES, reversed: true'));
  await orderBy('Vulnerability');
  await expect.poll(shown).toEqual(await keysBy('sort: KEY'));
  await visit.open(page.url().slice(visit.product.origin.length), /^Findings/);
  expect(await shown()).toEqual(await keysBy('sort: KEY'));
  await orderBy('Severity');
  await expect.poll(shown).toEqual(await keysBy('sort: IMPORTANCE'));
  expect(new URL(page.url()).searchParams.has('sort')).toBe(false);
});

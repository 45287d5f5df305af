import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { accessibilityViolations, openBrowser, picture } from './support/browser.js';
import { administrator, allScansEnded, createAdministrator } from './support/journeys.js';
import { Product } from './support/product.js';

/** A vendor's VEX document, from the file on a desk to the finding it settles, and back. */

let product: Product;
let browser: Browser;
let page: Page;
let api: Api;
let finding: { id: string; vulnerabilityId: string; packageUrl: string; packageName: string; image: { id: string } };

beforeAll(async () => {
  product = await Product.start({ ESSCM_ADVISORY_UPDATES: 'off' });
  api = new Api(product.origin);
  await createAdministrator(api);
  const { connectSample } = await api.run<{ connectSample: { connection: { id: string } } }>('mutation { connectSample { ... on ConnectPayload { connection { id } } } }');
  await allScansEnded(api, connectSample.connection.id);
  const { findings } = await api.run<{ findings: { edges: { node: typeof finding }[] } }>('{ findings(first: 1) { edges { node { id vulnerabilityId packageUrl packageName image { id } } } } }');
  const [first] = findings.edges;
  if (first === undefined) throw new Error('The sample has no finding.');
  finding = first.node;
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true });
  await page.goto(`${product.origin}/sign-in`);
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await product?.[Symbol.asyncDispose]();
});

/** Writes a file that states of the finding's package that it is not affected, and something about a package nobody has. */
async function writeDocument(name: string, text?: string): Promise<string> {
  const file = join(product.folder, name);
  const statements = [
    { vulnerability: { name: finding.vulnerabilityId }, products: [{ '@id': finding.packageUrl.split('?')[0] }], status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path', impact_statement: 'The function is never called.' },
    { vulnerability: { name: 'CVE-1999-0001' }, products: [{ '@id': 'pkg:npm/not-in-any-image@1.0.0' }], status: 'fixed' },
  ];
  await writeFile(file, text ?? JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://vendor.example/vex/1', author: 'Example Vendor', timestamp: '2026-11-01T00:00:00Z', version: 1, statements }));
  return file;
}

const row = () => page.getByRole('grid', { name: 'VEX documents' }).getByRole('row').filter({ hasText: 'vendor.json' });

describe('a VEX document', () => {
  it('that is none is refused with what to do', async () => {
    await page.goto(`${product.origin}/findings/vex`);
    await page.getByText('No VEX documents').waitFor();
    await picture(page, 'vex-empty');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add document' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add a VEX document' });
    await dialog.getByLabel('File', { exact: true }).setInputFiles(await writeDocument('notes.json', '{"hello":"world"}'));
    await dialog.getByRole('button', { name: 'Add document' }).click();
    await dialog.getByText(/Give an OpenVEX, CSAF VEX or CycloneDX document in JSON/).waitFor();
    await picture(page, 'vex-refused');
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByLabel('File', { exact: true }).setInputFiles(await writeDocument('vendor.json'));
    await dialog.getByRole('button', { name: 'Add document' }).click();
    await page.getByText('vendor.json was added, with 2 statements.').waitFor();
  });

  it('says in the list what it changes, and which statement changes nothing', async () => {
    await row().getByText(/^Settles \d+ findings? of \d+ images?$/).waitFor({ timeout: 30_000 });
    await picture(page, 'vex-documents');
    expect(await accessibilityViolations(page)).toEqual([]);
    await row().getByRole('link', { name: 'vendor.json' }).click();
    await page.getByRole('heading', { level: 1, name: 'vendor.json' }).waitFor();
    await page.getByText('Changes nothing: no image has this vulnerability in what it names.').waitFor();
    await page.getByRole('link', { name: /^Settles \d+ finding/ }).waitFor();
    await picture(page, 'vex-document');
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('settles the finding, which says by whom and why', async () => {
    await page.getByRole('link', { name: /^Settles \d+ finding/ }).click();
    await page.getByRole('heading', { level: 1, name: /Findings/ }).waitFor();
    await page.getByRole('link', { name: finding.vulnerabilityId }).first().click();
    const panel = page.getByRole('region', { name: finding.vulnerabilityId });
    await panel.getByRole('link', { name: 'vendor.json' }).waitFor();
    await panel.getByText('The vulnerable code is never run').waitFor();
    await panel.getByText('Not affected according to vendor.json by Example Vendor').last().waitFor();
    await picture(page, 'vex-finding');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.goto(`${product.origin}/images/${finding.image.id}`);
    await page.getByText(/settled by VEX documents/).waitFor();
    await picture(page, 'vex-image');
  });

  it('is given out again with the image', async () => {
    await page.getByRole('button', { name: /^Download/ }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'OpenVEX' }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await waiting).createReadStream()) chunks.push(chunk);
    const document: { statements: { vulnerability: { name: string }; status: string; status_notes: string }[] } = JSON.parse(Buffer.concat(chunks).toString());
    const said = document.statements.filter(({ vulnerability, status }) => vulnerability.name === finding.vulnerabilityId && status === 'not_affected');
    expect(said.map(({ status_notes: notes }) => notes)).toEqual(['As Example Vendor states in vendor.json.']);
  });

  it.each([
    ['dark', 'dark', 1440, 900],
    ['phone', 'light', 390, 844],
  ] as const)('can be read: %s', async (mode, colorScheme, width, height) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    await page.goto(`${product.origin}/findings/vex`);
    await page.getByRole('link', { name: 'vendor.json' }).waitFor();
    await picture(page, `vex-documents-${mode}`);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'vendor.json' }).click();
    await page.getByText('CVE-1999-0001').waitFor();
    await picture(page, `vex-document-${mode}`);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('says before it goes how many findings are open again, and they are', async () => {
    await page.goto(`${product.origin}/findings/vex`);
    await row().getByRole('button', { name: 'Remove vendor.json' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove vendor.json' });
    await dialog.getByText(/^\d+ findings? will be open again/).waitFor();
    await picture(page, 'vex-remove');
    await dialog.getByRole('button', { name: 'Remove document' }).click();
    await page.getByText('vendor.json was removed.').waitFor();
    const state = await api.run<{ finding: { state: string; verdict: unknown } }>('query($id: ID!) { finding(id: $id) { state verdict { status } } }', { id: finding.id });
    expect(state.finding).toEqual({ state: 'UNTRIAGED', verdict: null });
  });
});

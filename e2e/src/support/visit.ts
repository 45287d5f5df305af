import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { Api } from './api.js';
import { openBrowser } from './browser.js';
import { administrator, createAdministrator } from './journeys.js';
import { Product } from './product.js';

/** Somebody signed in to the demonstration, in a browser of their own. */
export class Visit {
  readonly product: Product;
  readonly api: Api;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser has complained about so far. */
  readonly faults: string[] = [];
  readonly #browser: Browser;

  private constructor(product: Product, api: Api, browser: Browser, context: BrowserContext, page: Page) {
    this.product = product;
    this.api = api;
    this.#browser = browser;
    this.context = context;
    this.page = page;
    this.#listen(page);
  }

  static async start(): Promise<Visit> {
    const product = await Product.startWithDemo();
    const api = new Api(product.origin);
    await createAdministrator(api);
    const browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true });
    const visit = new Visit(product, api, browser, context, await context.newPage());
    await visit.page.goto(`${product.origin}/sign-in`);
    await visit.signIn();
    await visit.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    return visit;
  }

  /** Fills in the page of the sign-in. */
  async signIn(page = this.page): Promise<void> {
    await page.getByLabel('Email').fill(administrator.email);
    await page.getByLabel('Password').fill(administrator.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Opens an address and waits until the page stands. */
  async open(path: string, heading?: string | RegExp, page = this.page): Promise<void> {
    await page.goto(`${this.product.origin}${path}`);
    await page.getByRole('heading', { level: 1, ...(heading === undefined ? {} : { name: heading }) }).first().waitFor();
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
  }

  async newTab(): Promise<Page> {
    const page = await this.context.newPage();
    this.#listen(page);
    return page;
  }

  /** A page of the same person in a window of another kind; who asks closes its context. */
  async newWindow(options: BrowserContextOptions): Promise<Page> {
    const context = await this.#browser.newContext({ reducedMotion: 'reduce', storageState: await this.context.storageState(), ...options });
    const page = await context.newPage();
    this.#listen(page);
    return page;
  }

  /** Images by a part of their name, those with a result. */
  async images(search: string): Promise<readonly { readonly id: string; readonly projectId: string; readonly connectionId: string }[]> {
    const { images } = await this.api.run<{ images: { edges: { node: { id: string; content: unknown; projectVersion: { projectId: string }; connection: { id: string } } }[] } }>(
      'query($search: String) { images(first: 100, filter: { search: $search }) { edges { node { id content { id } projectVersion { projectId } connection { id } } } } }',
      { search },
    );
    return images.edges.filter(({ node }) => node.content !== null).map(({ node }) => ({ id: node.id, projectId: node.projectVersion.projectId, connectionId: node.connection.id }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.product[Symbol.asyncDispose]();
  }

  #listen(page: Page): void {
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(message.text());
    });
  }
}

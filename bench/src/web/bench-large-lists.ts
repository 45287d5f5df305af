import { Api } from '@esscm/e2e/support/api';
import { openBrowser } from '@esscm/e2e/support/browser';
import { administrator, createAdministrator } from '@esscm/e2e/support/journeys';
import { median } from '../measure.js';
import { type Browser, type Page, settled, signedIn, type StorageState, wide } from './browser-session.js';
import { markActed, markDrawn, traced, type ThreadTrace } from './thread-trace.js';
import { told } from './told.js';

/** Processor time of the page's thread from the end of the answer until rows that stood there are others. */
const goal = 100;
/** More than that, and the rows are not coming. */
const waitedMs = 120_000;
/** What the rows of a page are, where they stand in no table. */
const rowsOfTables = 'main tbody';
const graph = '[aria-label^="Dependency graph"]';

interface Step {
  readonly name: string;
  /** Where it begins; without it, where the step before ended. */
  readonly at?: string;
  /** An address opens rows without loading the app again. What changes rows is done several times in a row, `turn` from 0 on. */
  readonly act: string | ((page: Page, turn: number) => Promise<void>);
  readonly rows?: string;
}

/** The pages of what `bench scale` made, and what people do on them. */
async function stepsOf(api: Api): Promise<readonly (readonly Step[])[]> {
  const [large, newer, hub] = await Promise.all([imageOf(api, 'fleet/monolith', '1.0.0'), imageOf(api, 'fleet/monolith', '2.0.0'), imageOf(api, 'fleet/hub', '1.0.0')]);
  const fleet = await projectOf(api, 'Fleet');
  const at = (image: string, tab: string): string => `/images/${image}${tab}`;
  // The other way at the end of a short list.
  const nextPage = async (page: Page): Promise<void> => {
    const next = page.getByRole('button', { name: 'Next page' }).first();
    await ((await next.isDisabled()) ? page.getByRole('button', { name: 'Previous page' }).first() : next).click();
  };
  // Its copy that stays in view may lie above it.
  const column = (name: string) => (page: Page): Promise<void> => page.getByRole('columnheader', { name: new RegExp(`^${name}`) }).getByRole('button').first().dispatchEvent('click');
  const search = (page: Page, turn: number): Promise<void> => page.getByRole('main').getByRole('searchbox').first().fill(['lib', 'base', 'perl', 'python', 'dev'][turn % 5] ?? 'lib');
  const unfold = (page: Page): Promise<void> => page.getByRole('button', { name: /^Unfold / }).first().click();
  const libraryOfHub = encodeURIComponent('pkg:npm/%40company/needed-by-everybody@1.0.0');
  return [
    [
      { name: 'components, first page', at: at(large, '/history'), act: at(large, '/components') },
      { name: 'components, next page', act: nextPage },
      { name: 'components, by another column', act: column('Version') },
      { name: 'components, filtered', act: search },
    ],
    [
      { name: 'component tree, first page', at: at(large, '/history'), act: at(large, '/components?view=tree') },
      { name: 'component tree, next page', act: nextPage },
    ],
    [
      { name: 'component tree, six hundred below one', at: at(hub, '/history'), act: at(hub, '/components?view=tree') },
      { name: 'component tree, unfolded (six hundred first)', act: unfold },
    ],
    [
      { name: 'findings of the image, first page', at: at(large, '/history'), act: at(large, '/vulnerabilities') },
      { name: 'findings of the image, next page', act: nextPage },
    ],
    [
      { name: 'findings by vulnerability', at: '/settings/profile', act: '/findings' },
      { name: 'findings by vulnerability, next page', act: nextPage },
      { name: 'findings by component', act: '/findings?group=component' },
      { name: 'findings ungrouped', act: '/findings?group=none' },
      { name: 'findings ungrouped, next page', act: nextPage },
      { name: 'findings, high ones', act: '/findings?group=none&severity=high' },
    ],
    [
      { name: 'images of a vulnerability in 1,000', at: '/settings/profile', act: '/vulnerabilities/CVE-2021-44228' },
      { name: 'images of a vulnerability, next page', act: nextPage },
    ],
    [
      { name: 'compare two large images', at: '/settings/profile', act: `/compare?from=${large}&to=${newer}` },
      { name: 'compare, next page', act: nextPage },
      { name: 'compare, findings', act: `/compare?from=${large}&to=${newer}&view=findings&changes=all` },
    ],
    [
      { name: 'component search', at: '/settings/profile', act: '/components?search=lib' },
      { name: 'component search, next page', act: nextPage },
      { name: 'component search, version in 1,000 images', act: `/components?search=log4j-core&version=${encodeURIComponent('pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1')}` },
    ],
    [
      { name: 'dependencies of what needs 600', at: at(hub, '/history'), act: at(hub, `/dependencies?component=${encodeURIComponent('pkg:npm/hub@1.0.0')}`), rows: graph },
      { name: 'dependencies of what 500 need', act: at(hub, `/dependencies?component=${libraryOfHub}`), rows: graph },
      { name: 'dependencies in the large image', at: at(large, '/history'), act: at(large, `/dependencies?component=${encodeURIComponent('pkg:npm/monolith@1.0.0')}`), rows: graph },
    ],
    [
      { name: 'layers', at: at(large, '/history'), act: at(large, '/layers'), rows: 'main' },
      { name: 'licences', act: at(large, '/licences') },
      { name: 'images', act: '/images' },
      { name: 'images, next page', act: nextPage },
      { name: 'projects', act: '/projects' },
      { name: 'project of 501 versions', act: `/projects/${fleet}` },
      { name: 'project of 501 versions, next page', act: nextPage },
      { name: 'scans', act: '/scans' },
    ],
  ];
}

/** How lists of ten thousand come onto the screen, over a demonstration that `bench scale` filled up. @param options where it is served, and how often each is done */
export async function benchLargeLists({ origin, rounds }: { readonly origin: string; readonly rounds: number }): Promise<void> {
  const api = new Api(origin);
  const { installation } = await api.run<{ readonly installation: { readonly administratorExists: boolean } }>('{ installation { administratorExists } }');
  if (installation.administratorExists) await api.run('mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { __typename } }', { email: administrator.email, password: administrator.password });
  else await createAdministrator(api);
  const browser = await openBrowser();
  try {
    const storageState = await signedIn(browser, origin);
    console.log(`From the end of an answer until its rows are painted, processor time of the page's thread, the middle of ${rounds}: pages opened, and judged, rows that stood there changed. Tasks above 50 ms, and what the longest did.`);
    for (const walk of await stepsOf(api)) console.table(await measureWalk(browser, storageState, { origin, rounds }, walk));
  } finally {
    await browser.close();
  }
}

async function measureWalk(browser: Browser, storageState: StorageState, { origin, rounds }: { readonly origin: string; readonly rounds: number }, walk: readonly Step[]) {
  const traces = walk.map((): ThreadTrace[] => []);
  const elements = walk.map(() => 0);
  const bytes = walk.map(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ storageState, viewport: wide, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const answers: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/graphql')) answers.push(response.body().then(({ length }) => length, () => 0));
    });
    for (const [index, step] of walk.entries()) {
      if (step.at !== undefined) await settled(page, origin + step.at);
      // A page is opened anew in each round; rows that stand there are changed again and again in the last.
      const times = typeof step.act === 'string' ? 1 : round === rounds - 1 ? rounds : 0;
      for (let turn = 0; turn < times; turn += 1) {
        answers.length = 0;
        traces[index]?.push(await traced(browser, page, () => perform(page, step, turn)));
        await page.waitForLoadState('networkidle');
        bytes[index] = Math.max(bytes[index] ?? 0, ...(await Promise.all(answers)));
      }
      if (times > 0) elements[index] = await page.evaluate<number>('document.querySelectorAll("*").length');
    }
    await context.close();
  }
  return walk.map((step, index) => report(step, traces[index] ?? [], elements[index] ?? 0, bytes[index] ?? 0));
}

/** Does what the step says and waits until other rows are painted. */
async function perform(page: Page, { name, act, rows = rowsOfTables }: Step, turn: number): Promise<void> {
  const text = `[...document.querySelectorAll(${JSON.stringify(rows)})].map((part) => part.textContent).join()`;
  await page.evaluate(`{
    const before = ${text};
    window.rowsDrawn = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('No other rows came: ' + ${JSON.stringify(name)})), ${waitedMs});
      const changes = new MutationObserver(() => {
        const now = ${text};
        if (now === before || now === '') return;
        changes.disconnect();
        resolve(${markDrawn});
      });
      changes.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    ${markActed};
  }`);
  if (typeof act === 'string') await page.evaluate(`history.pushState(null, '', ${JSON.stringify(act)}); dispatchEvent(new PopStateEvent('popstate', { state: null }))`);
  else await act(page, turn);
  await page.evaluate('window.rowsDrawn');
}

function report({ name, act }: Step, traces: readonly ThreadTrace[], elements: number, bytes: number) {
  const worst = traces.flatMap(({ longTasks }) => longTasks).toSorted((one, other) => other.cpuMs - one.cpuMs)[0];
  const times = traces.map(({ toRowsMs }) => toRowsMs);
  return {
    step: name,
    'CPU ms to the rows': typeof act === 'string' ? median(times).toFixed(0) : told(median(times), goal, 0),
    first: times[0]?.toFixed(0),
    from: traces.every(({ answered }) => answered) ? 'answer' : 'click',
    'long tasks': median(traces.map(({ longTasks }) => longTasks.length)),
    'longest ms': worst === undefined ? '' : Math.round(worst.cpuMs),
    'what it did': worst?.cause ?? '',
    elements,
    'answer kB': Math.round(bytes / 1000),
  };
}

/** The id of an image that `bench scale` made. */
async function imageOf(api: Api, name: string, tag: string): Promise<string> {
  const { images } = await api.run<{ readonly images: { readonly edges: readonly { readonly node: { readonly id: string; readonly name: string; readonly tag: string | null } }[] } }>('query ($search: String) { images(first: 10, filter: { search: $search }) { edges { node { id name tag } } } }', { search: name });
  const found = images.edges.find(({ node }) => node.name === name && node.tag === tag);
  if (found === undefined) throw new Error(`There is no ${name}:${tag}. Fill the data folder with \`bench scale\` first.`);
  return found.node.id;
}

/** The id of a project that `bench scale` made. */
async function projectOf(api: Api, name: string): Promise<string> {
  const { projects } = await api.run<{ readonly projects: { readonly edges: readonly { readonly node: { readonly id: string; readonly name: string } }[] } }>('query ($search: String) { projects(first: 10, search: $search) { edges { node { id name } } } }', { search: name });
  const found = projects.edges.find(({ node }) => node.name === name);
  if (found === undefined) throw new Error(`There is no project ${name}. Fill the data folder with \`bench scale\` first.`);
  return found.node.id;
}

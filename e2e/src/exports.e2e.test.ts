import { afterAll, beforeAll, expect, it } from 'vitest';
import { Visit } from './support/visit.js';

/** Every list that offers a table: the file holds what the API gives for the same filter, row by row and in its order, and nothing else. */

let visit: Visit;
let pair: { readonly from: string; readonly to: string };

beforeAll(async () => {
  visit = await Visit.start();
  const [from, to] = await visit.images('payments/checkout-api');
  pair = { from: from?.id ?? '', to: to?.id ?? '' };
}, 400_000);

afterAll(() => visit?.[Symbol.asyncDispose]());

/** The table behind a button of a page, as the signed-in user gets it. */
async function exported(path: string, button: RegExp): Promise<readonly Readonly<Record<string, string>>[]> {
  await visit.open(path);
  const download = visit.page.waitForEvent('download');
  await visit.page.getByRole('button', { name: button }).or(visit.page.getByRole('link', { name: button })).first().click();
  const address = new URL((await download).url());
  return rows(await visit.api.download(address.pathname + address.search));
}

function rows(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...lines] = text
    .trim()
    .split('\r\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''));
  return lines.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

/** Every entry of a list of the API, page by page. */
async function everything<Node>(query: string, field: string, variables: object): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const data: Record<string, { edges: { node: Node }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } }> = await visit.api.run(query, { ...variables, after });
    const page = data[field];
    nodes.push(...(page?.edges.map(({ node }) => node) ?? []));
    after = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}

interface FindingNode {
  readonly vulnerabilityId: string;
  readonly packageUrl: string;
  readonly image: { readonly repository: string; readonly tag: string | null };
}

const findings = (filter: object) =>
  everything<FindingNode>(
    'query($filter: FindingFilterInput, $after: String) { findings(first: 100, filter: $filter, after: $after) { edges { node { vulnerabilityId packageUrl image { repository tag } } } pageInfo { endCursor hasNextPage } } }',
    'findings',
    { filter },
  );

const findingKey = ({ vulnerabilityId, packageUrl, image }: FindingNode) => `${vulnerabilityId} ${packageUrl} ${image.tag}`;

it.each([
  ['by vulnerability', '/findings?severity=critical&fix=available', { severities: ['CRITICAL'], fixAvailable: true }],
  ['by component', '/findings?group=component&severity=critical', { severities: ['CRITICAL'] }],
  ['by image', '/findings?group=image&type=maven&exploited=yes', { ecosystem: 'maven', exploited: true }],
  ['ungrouped', '/findings?group=none&q=log4j', { search: 'log4j' }],
  ['filtered to nothing', '/findings?group=none&q=nothing-is-called-so', { search: 'nothing-is-called-so' }],
])('findings %s', async (_, path, filter) => {
  const [table, listed] = [await exported(path, /^Export CSV$/), await findings(filter)];
  expect(table.map((row) => `${row['vulnerability']} ${row['package_url']} ${row['tag']}`)).toEqual(listed.map(findingKey));
});

it('findings of an image', async () => {
  const [table, listed] = [await exported(`/images/${pair.to}/vulnerabilities?severity=critical,high`, /^Export CSV$/), await findings({ imageId: pair.to, severities: ['CRITICAL', 'HIGH'] })];
  expect(listed.length).toBeGreaterThan(0);
  expect(table.map((row) => `${row['vulnerability']} ${row['package_url']} ${row['tag']}`)).toEqual(listed.map(findingKey));
});

it('components: every copy of every version that the search finds', async () => {
  const table = await exported('/components?search=log4j&range=%3C+2.17.1&type=maven', /^Export list$/);
  const { searchComponents } = await visit.api.run<{ searchComponents: { edges: { node: { name: string; version: string; imageCount: number } }[] } }>(
    'query($search: ComponentSearchInput!) { searchComponents(search: $search) { ... on ComponentSearchPayload { edges { node { name version imageCount } } } } }',
    { search: { text: 'log4j', versionRange: '< 2.17.1', ecosystem: 'maven' } },
  );
  const copies = Map.groupBy(table, (row) => `${row['component']} ${row['version']}`);
  expect([...copies].map(([version, of]) => [version, new Set(of.map((row) => `${row['image']}:${row['tag']}`)).size])).toEqual(searchComponents.edges.map(({ node: { name, version, imageCount } }) => [`${name} ${version}`, imageCount]));
});

it.each([
  ['new and fixed', '', ['INTRODUCED', 'FIXED']],
  ['new', '&changes=introduced', ['INTRODUCED']],
  ['every finding', '&changes=all', ['INTRODUCED', 'FIXED', 'UNCHANGED']],
])('comparison: %s', async (_, choice, kinds) => {
  const table = await exported(`/compare?from=${pair.from}&to=${pair.to}&view=findings${choice}`, /^Export findings$/);
  const query = `query($from: ID!, $to: ID!, $filter: FindingChangeFilterInput, $after: String) {
    compareImages(from: $from, to: $to) { findings(first: 100, filter: $filter, after: $after) { edges { node { kind finding { vulnerabilityId packageUrl } } } pageInfo { endCursor hasNextPage } } } }`;
  const listed: { kind: string; finding: { vulnerabilityId: string; packageUrl: string } }[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const answer: { compareImages: { findings: { edges: { node: (typeof listed)[number] }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } } } } = await visit.api.run(query, { ...pair, filter: { kinds }, after });
    const { edges, pageInfo } = answer.compareImages.findings;
    listed.push(...edges.map(({ node }) => node));
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  expect(listed.length).toBeGreaterThan(0);
  expect(table.map((row) => `${row['change']} ${row['vulnerability']} ${row['package_url']}`)).toEqual(listed.map(({ kind, finding }) => `${kind.toLowerCase()} ${finding.vulnerabilityId} ${finding.packageUrl}`));
});

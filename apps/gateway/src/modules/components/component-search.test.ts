import { expect, onTestFinished, test } from 'vitest';
import { MemoryStore } from '../../test-support/memory-store.js';
import { openRealStore, scannedImage, storedFinding, storedMatching } from '../../test-support/stored-findings.js';
import { finishScans } from '../../test-support/stored-content.js';
import { resultOf, startTestGateway } from '../../test-support/test-gateway.js';
import { ComponentSearchService } from './component-search.service.js';

const search = `query($search: ComponentSearchInput!, $first: Int!, $after: String) {
  searchComponents(search: $search, first: $first, after: $after) {
    __typename
    ... on ComponentSearchPayload {
      totalCount componentCount imageCount truncated
      connections { imageCount connection { name } }
      pageInfo { hasNextPage endCursor }
      edges { node { id packageKey ecosystem namespace name version imageCount } }
    }
    ... on ValidationProblem { issues { field message } }
  }
}`;

async function startWithSample() {
  const gateway = await startTestGateway();
  const headers = await gateway.signIn();
  await gateway.query('mutation { connectSample { __typename } }', {}, headers);
  finishScans(gateway.store);
  return { ...gateway, headers };
}

test('a component is found by name, told with its images, and every copy with its file', async () => {
  const { query, headers } = await startWithSample();
  const found = resultOf(await query(search, { search: { text: 'zlib' }, first: 10 }, headers), 'searchComponents');
  expect(found).toEqual({
    __typename: 'ComponentSearchPayload',
    totalCount: 1,
    componentCount: 1,
    imageCount: 1,
    truncated: false,
    connections: [{ imageCount: 1, connection: { name: 'Sample registry' } }],
    pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
    edges: [{ node: { id: 'pkg:deb/debian/zlib1g@1.0', packageKey: 'pkg:deb/debian/zlib1g', ecosystem: 'deb', namespace: 'debian', name: 'zlib1g', version: '1.0', imageCount: 1 } }],
  });
  const places = await query(
    'query($key: String!, $version: String!) { componentPlaces(packageKey: $key, version: $version) { edges { node { componentId image { repository tag projectVersion { projectName } } locations { path layerIndex } } } } }',
    { key: 'pkg:deb/debian/zlib1g', version: '1.0' },
    headers,
  );
  expect(resultOf(places, 'componentPlaces')).toEqual({
    edges: [
      {
        node: {
          componentId: 'pkg:deb/debian/zlib1g@1.0',
          image: { repository: 'sample/web', tag: '1.0', projectVersion: { projectName: 'Sample' } },
          locations: [{ path: '/var/lib/dpkg/status', layerIndex: 0 }],
        },
      },
    ],
  });
});

test('pages follow each other, and a wrong question is answered field by field', async () => {
  const { query, headers } = await startWithSample();
  const first = resultOf<{ pageInfo: { hasNextPage: boolean; endCursor: string } }>(await query(search, { search: { text: 'pkg:deb/debian/' }, first: 1 }, headers), 'searchComponents');
  expect(first).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true }, edges: [{ node: { name: 'bash' } }] });
  const reversed = await query('query($search: ComponentSearchInput!) { searchComponents(search: $search, sort: NAME, reversed: true) { ... on ComponentSearchPayload { tookMs edges { node { name } } } } }', { search: { text: 'pkg:deb/debian/' } }, headers);
  expect(resultOf(reversed, 'searchComponents')).toEqual({ tookMs: expect.any(Number), edges: [{ node: { name: 'zlib1g' } }, { node: { name: 'bash' } }] });
  const second = await query(search, { search: { text: 'pkg:deb/debian/' }, first: 1, after: first.pageInfo.endCursor }, headers);
  expect(resultOf(second, 'searchComponents')).toMatchObject({ pageInfo: { hasNextPage: false }, edges: [{ node: { name: 'zlib1g' } }] });
  expect(resultOf(await query(search, { search: { text: ' ', versionRange: '<' }, first: 1 }, headers), 'searchComponents')).toEqual({
    __typename: 'ValidationProblem',
    issues: [
      { field: 'text', message: 'Give a name or a package URL of at most 300 characters.' },
      { field: 'versionRange', message: 'This is no version range. Write it as < 2.17.1 or >= 2.0, < 2.17.1.' },
    ],
  });
});

const versions = ['maven log4j-core 2.17.1', 'maven log4j-core 2.9.0', 'maven log4j 1.2.17', 'maven slf4j-log4j12 1.7.36', 'maven log4j-core 2.14.1'];

test.each([
  ['log4j', undefined, ['log4j 1.2.17', 'log4j-core 2.17.1', 'log4j-core 2.14.1', 'log4j-core 2.9.0', 'slf4j-log4j12 1.7.36']],
  ['log4j', '>= 2, < 2.17.1', ['log4j-core 2.14.1', 'log4j-core 2.9.0']],
  ['pkg:maven/g/log4j-core@2.9.0', undefined, ['log4j-core 2.9.0']],
  ['pkg:maven/g/log4j-core', '> 2.9', ['log4j-core 2.17.1', 'log4j-core 2.14.1']],
])('%s in %s', async (text, versionRange, expected) => {
  const store = new MemoryStore(() => new Date());
  const rows = versions.map((line) => {
    const [ecosystem = '', name = '', version = ''] = line.split(' ');
    return { ecosystem, name, version, packageKey: `pkg:maven/g/${name}` };
  });
  store.packages.search = async (_organizationId, { packageKey = '' }) => rows.filter((row) => row.packageKey.startsWith(packageKey));
  const found = await new ComponentSearchService(store).search('org_1', { text, ...(versionRange !== undefined && { versionRange }) });
  expect('versions' in found ? found.versions.map(({ name, version }) => `${name} ${version}`) : found).toEqual(expected);
});

test('what has the worst findings comes first, also alone, and what was not judged has no number', async () => {
  const real = await openRealStore(() => new Date('2026-11-23T06:00:00Z'));
  onTestFinished(() => real.close());
  const { store, organizationId } = real;
  const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;
  await scannedImage(store, organizationId, '1', storedMatching([storedFinding('CVE-1'), storedFinding('CVE-2', { severity: 'critical', exploitedSince: '2026-01-01' })]), { digest: digestOf('1') });
  await scannedImage(store, organizationId, '2', undefined, { digest: digestOf('2') });
  const gateway = await startTestGateway({ store });
  const headers = await gateway.signIn();
  const ask = async (text: string, vulnerable: boolean) => {
    const answer = await gateway.query(
      'query($search: ComponentSearchInput!) { searchComponents(search: $search) { ... on ComponentSearchPayload { imageCount edges { node { name imageCount judgedImageCount findings { exploitedCount counts { critical high total } } } } } } }',
      { search: { text, vulnerable } },
      headers,
    );
    return resultOf<{ edges: { node: unknown }[] }>(answer, 'searchComponents').edges.map(({ node }) => node);
  };
  const lodash = { name: 'lodash', imageCount: 2, judgedImageCount: 1, findings: { exploitedCount: 1, counts: { critical: 1, high: 1, total: 2 } } };
  const bash = { name: 'bash', imageCount: 2, judgedImageCount: 1, findings: { exploitedCount: 0, counts: { critical: 0, high: 0, total: 0 } } };
  expect(await ask('as', false)).toEqual([lodash, bash]);
  expect(await ask('as', true)).toEqual([lodash]);
  const places = await gateway.query('{ componentPlaces(packageKey: "pkg:npm/lodash", version: "4.17.20") { edges { node { image { tag } findings { counts { total } } } } } }', {}, headers);
  expect(resultOf(places, 'componentPlaces')).toEqual({ edges: [{ node: { image: { tag: '1' }, findings: { counts: { total: 2 } } } }, { node: { image: { tag: '2' }, findings: null } }] });

  const table = (query: string) => fetch(`${gateway.address}/api/components.csv?${query}`, { headers });
  expect((await (await table('text=as')).text()).trim().split('\r\n')).toEqual([
    'component,version,type,package_url,critical,high,medium,low,image,tag,project,project_version,file,layer',
    'lodash,4.17.20,npm,pkg:npm/lodash@4.17.20,1,1,0,0,registry.example/shop,1,Shop,1,/app/lodash,1',
    'lodash,4.17.20,npm,pkg:npm/lodash@4.17.20,,,,,registry.example/shop,2,Shop,1,/app/lodash,1',
    'bash,5.2,deb,pkg:deb/bash@5.2,0,0,0,0,registry.example/shop,1,Shop,1,/app/bash,1',
    'bash,5.2,deb,pkg:deb/bash@5.2,,,,,registry.example/shop,2,Shop,1,/app/bash,1',
  ]);
  expect((await (await table('text=as&vulnerable=true&ecosystem=npm')).text()).trim().split('\r\n')).toHaveLength(3);
  expect([(await table('text=')).status, (await table('text=as&versionRange=%3C')).status, (await table('text=as&colour=red')).status, (await fetch(`${gateway.address}/api/components.csv?text=as`)).status]).toEqual([400, 400, 400, 401]);
});

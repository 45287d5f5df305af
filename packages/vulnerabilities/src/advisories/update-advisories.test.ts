import { statSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { answerWith, serveFeeds, updatedFolder } from '../testing/feed-server.js';
import type { FeedServer, Route, UpdatedFolder } from '../testing/feed-server.js';
import { zipArchive } from '../testing/zip-archive.js';
import { mirroredFeeds } from './feed-addresses.js';
import { readSourceChecks } from './source-checks.js';

const record = (id: string, fixed: string, more: object = {}): string => JSON.stringify({ id, ...more, affected: [{ package: { ecosystem: 'npm', name: id }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] }] });
const kev = JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2024-11111', dateAdded: '2024-05-01', dueDate: '2024-05-22', knownRansomwareCampaignUse: 'Known', requiredAction: 'Apply updates.' }] });
const epss = gzipSync('#model_version:v2025.03.14,score_date:2026-08-01\ncve,epss,percentile\nCVE-2024-11111,0.5,0.97\nCVE-2024-22222,2,1\n');
const bundle = (...ids: string[]): Buffer => zipArchive(Object.fromEntries(ids.map((id) => [`${id}.json`, record(id, '1.0.0')])));

async function serving(routes: Record<string, Route>): Promise<AsyncDisposable & { server: FeedServer; folder: UpdatedFolder }> {
  const server = await serveFeeds(routes);
  const folder = await updatedFolder({ osv: server.address, kev: `${server.address}kev`, epss: `${server.address}epss` });
  return {
    server,
    folder,
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function held(folder: UpdatedFolder): Promise<Record<string, number>> {
  using database = await folder.open();
  return Object.fromEntries(database.sources().map((source) => [source.name, source.records + source.entries]));
}

test('an update takes the sources asked for, and asks again only for what changed', async () => {
  const mixed = JSON.stringify({
    id: 'GHSA-1',
    aliases: ['CVE-2024-11111'],
    affected: [
      { package: { ecosystem: 'Red Hat:x', name: 'x' }, versions: ['1'] },
      { package: { ecosystem: 'npm', name: 'x' }, versions: ['1'] },
    ],
  });
  await using made = await serving({ '/Red Hat/all.zip': zipArchive({ 'GHSA-1.json': mixed }), '/kev': kev, '/epss': epss });
  const first = await made.folder.update(['osv:Red Hat', 'kev', 'epss']);
  expect(first.map((outcome) => [outcome.source, outcome.changed, outcome.counts?.ranges, outcome.entries])).toEqual([['osv:Red Hat', true, 1, 0], ['kev', true, 0, 1], ['epss', true, 0, 1]]);
  expect((await made.folder.update(['osv:Red Hat', 'kev', 'epss'])).map((outcome) => outcome.changed)).toEqual([false, false, false]);
  expect((await readdir(made.folder.path)).filter((name) => name.endsWith('.sqlite'))).toHaveLength(1);
  using database = await made.folder.open();
  expect([database.ecosystems(), database.enrichment('CVE-2024-11111'), database.sources().map(({ name, licence, attribution, location, records, entries }) => [name, licence, attribution, location.replace(made.server.address, ''), records, entries])]).toEqual([
    ['Red Hat:x'],
    { epss: { probability: 0.5, percentile: 0.97 }, exploited: { added: '2024-05-01', due: '2024-05-22', ransomware: true, action: 'Apply updates.' } },
    [
      ['epss', 'free with attribution', 'FIRST, Exploit Prediction Scoring System', 'epss', 0, 1],
      ['kev', 'CC0-1.0', 'CISA, catalogue of known exploited vulnerabilities', 'kev', 0, 1],
      ['osv:Red Hat', 'CC-BY-4.0', 'Red Hat', 'Red%20Hat/all.zip', 1, 0],
    ],
  ]);
});

test('one source that is not there does not keep the others back, and what it brought before stays', async () => {
  await using made = await serving({ '/npm/all.zip': bundle('A'), '/kev': kev });
  await made.folder.update(['osv:npm', 'kev']);
  delete made.server.routes['/kev'];
  made.server.routes['/npm/all.zip'] = bundle('A', 'B');
  const outcomes = await made.folder.update(['kev', 'osv:npm'], { now: '2026-08-02T00:00:00Z' });
  expect(outcomes.map(({ source, changed, failure }) => [source, changed, failure?.code, failure?.source, failure?.message.replace(made.server.address, '/')])).toEqual([
    ['kev', false, 'download-failed', 'kev', 'kev: /kev was not fetched: it answers 404.'],
    ['osv:npm', true, undefined, undefined, undefined],
  ]);
  expect(await held(made.folder)).toEqual({ kev: 1, 'osv:npm': 2 });
  expect([...(await readSourceChecks(made.folder.path)).values()].map((check) => [check.source, check.checkedAt, check.currentAt, check.failure !== undefined])).toEqual([
    ['osv:npm', '2026-08-02T00:00:00Z', '2026-08-02T00:00:00Z', false],
    ['kev', '2026-08-02T00:00:00Z', '2026-08-01T00:00:00Z', true],
  ]);
});

test('a source nobody knows is refused before anything is fetched', async () => {
  await using made = await serving({});
  await expect(made.folder.update(['osv:npm', 'kev:now'])).rejects.toMatchObject({ code: 'source-unknown', source: 'kev:now' });
  expect(made.server.requests).toEqual([]);
});

test('two updates of one folder do not run at once; the lock of a process that is gone is taken over', async () => {
  await using made = await serving({ '/kev': kev });
  await made.folder.update(['kev']);
  const lock = path.join(made.folder.path, 'update.lock');
  await writeFile(lock, '2147483646');
  expect((await made.folder.update(['kev']))[0]?.failure).toBeUndefined();
  expect(await readdir(made.folder.path)).not.toContain('update.lock');
});

test('a folder stands for a server', async () => {
  await using made = await serving({});
  const mirror = path.join(made.folder.path, 'mirror.json');
  await writeFile(mirror, kev);
  const feeds = { kev: pathToFileURL(mirror).href };
  expect((await made.folder.update(['kev'], { feeds })).map((outcome) => outcome.changed)).toEqual([true]);
  expect((await made.folder.update(['kev'], { feeds })).map((outcome) => outcome.changed)).toEqual([false]);
  expect((await made.folder.update(['kev'], { feeds: { kev: pathToFileURL(`${mirror}.none`).href } }))[0]?.failure?.message).toMatch(/^kev: file:.* was not read: there is no such file\.$/);
});

test.each([
  ['kev', '', 'kev.json', '{}', 'Put a whole copy of it into the folder and update again; the entries in use stay.'],
  ['epss', '', 'epss.csv.gz', gzipSync('made').subarray(0, 12), 'Put a whole copy of it into the folder and update again; the records in use stay.'],
  ['npm', 'npm/', 'all.zip', 'half an archive', 'Put a whole copy of it into the folder and update again; compare its checksum with that of the source.'],
] as const)('of %s in a folder that is damaged, the remedy is one for who keeps the folder', async (source, below, file, content, remedy) => {
  await using made = await serving({});
  const folder = path.join(made.folder.path, 'mirror', below);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, file), content);
  const address = pathToFileURL(source === 'npm' ? `${path.join(made.folder.path, 'mirror')}/` : path.join(folder, file)).href;
  const [outcome] = await made.folder.update([source], { feeds: { [source === 'npm' ? 'osv' : source]: address } });
  expect(outcome?.failure?.remedy).toBe(remedy);
});

test('from a server, what is damaged is fetched again', async () => {
  await using made = await serving({ '/kev': '{}' });
  expect((await made.folder.update(['kev']))[0]?.failure?.remedy).toBe('Fetch it again; the entries in use stay.');
});

test('a database that is damaged is made anew by an update', async () => {
  await using made = await serving({});
  const mirror = path.join(made.folder.path, 'mirror.json');
  await writeFile(mirror, kev);
  const feeds = { kev: pathToFileURL(mirror).href };
  await made.folder.update(['kev'], { feeds });
  const [generation = ''] = (await readdir(made.folder.path)).filter((name) => name.endsWith('.sqlite'));
  await writeFile(path.join(made.folder.path, generation), 'half a file');
  expect((await made.folder.update(['kev'], { feeds })).map((outcome) => [outcome.changed, outcome.failure])).toEqual([[true, undefined]]);
  using database = await made.folder.open();
  expect(database.sources().map((source) => source.name)).toEqual(['kev']);
});

describe('a transfer that breaks off', () => {
  const whole = Buffer.from(`${kev}${' '.repeat(50_000)}`);
  /** Sends the first half, and drops the connection once that has arrived. */
  const breakOff = async (folder: string, response: ServerResponse, headers: Record<string, string | number>): Promise<void> => {
    response.writeHead(200, headers).write(whole.subarray(0, 25_000));
    const hasArrived = async (): Promise<boolean> => (await readdir(folder)).some((name) => name.endsWith('.part') && statSync(path.join(folder, name)).size === 25_000);
    while (!(await hasArrived())) await setImmediate();
    response.socket?.destroy();
  };
  /** Breaks off once; then answers as it should. */
  const breakingOnce = (folder: () => string, then: Route, headers: Record<string, string | number>): Route => {
    let isFirst = true;
    return (request, response) => {
      if (!isFirst) return (typeof then === 'function' ? then : answerWith(then))(request, response);
      isFirst = false;
      void breakOff(folder(), response, headers);
    };
  };
  async function breaking(then: Route, headers: Record<string, string | number>): ReturnType<typeof serving> {
    const made = await serving({});
    made.server.routes['/kev'] = breakingOnce(() => path.join(made.folder.path, 'downloads'), then, headers);
    return made;
  }
  const etagOf = (body: Buffer): string => `"${body.length}-${body.subarray(0, 16).toString('hex')}-${body.subarray(-16).toString('hex')}"`;

  test('goes on where it was, when it is still the same file', async () => {
    await using made = await breaking(whole, { etag: etagOf(whole), 'content-length': whole.length });
    expect((await made.folder.update(['kev']))[0]?.entries).toBe(1);
    expect(made.server.requests).toEqual(['/kev', '/kev bytes=25000-']);
  });

  test('starts again when the file is another one by now', async () => {
    const newer = kev.replace('CVE-2024-11111', 'CVE-2024-33333');
    await using made = await breaking(newer, { etag: etagOf(whole), 'content-length': whole.length });
    await made.folder.update(['kev']);
    using database = await made.folder.open();
    expect([database.enrichment('CVE-2024-11111'), database.enrichment('CVE-2024-33333')?.exploited?.added]).toEqual([undefined, '2024-05-01']);
  });

  test('starts again when the server cannot tell', async () => {
    await using made = await breaking(whole, { 'content-length': whole.length });
    expect((await made.folder.update(['kev']))[0]?.entries).toBe(1);
    expect(made.server.requests).toEqual(['/kev', '/kev']);
  });

  test('goes on in the next update, when it kept breaking off', async () => {
    await using made = await breaking((_request, response) => response.writeHead(503).end(), { etag: etagOf(whole), 'content-length': whole.length });
    expect((await made.folder.update(['kev']))[0]?.failure).toMatchObject({ code: 'download-failed', source: 'kev' });
    made.server.routes['/kev'] = whole;
    expect((await made.folder.update(['kev']))[0]?.entries).toBe(1);
    expect(made.server.requests.at(-1)).toBe('/kev bytes=25000-');
  });
});

describe('a feed that is not what it should be leaves the database as it is, and is named', () => {
  const lying: Route = (_request, response) => response.writeHead(200, { 'content-length': 4 * 1024 * 1024 * 1024 * 1024 }).write('x');
  const endless: Route = (_request, response) => {
    response.writeHead(200);
    const send = (): void => {
      if (!response.destroyed) response.write(Buffer.alloc(1024 * 1024), send);
    };
    send();
  };
  test.each<[string, string, string, Route, string]>([
    ['cut off half way', 'osv:npm', '/npm/all.zip', bundle('A', 'B').subarray(0, 150), 'bundle-damaged'],
    ['corrupt inside', 'osv:npm', '/npm/all.zip', Buffer.from(bundle('A', 'B')).fill(0, 0, 30), 'bundle-damaged'],
    ['of another kind', 'osv:npm', '/npm/all.zip', '<html>maintenance</html>', 'bundle-damaged'],
    ['that states a size no feed has', 'kev', '/kev', lying, 'bundle-too-large'],
    ['that never ends', 'kev', '/kev', endless, 'bundle-too-large'],
    ['that unfolds without end', 'kev', '/kev', gzipSync(Buffer.alloc(40 * 1024 * 1024)), 'bundle-too-large'],
    ['gzip cut short', 'epss', '/epss', epss.subarray(0, 40), 'bundle-damaged'],
    ['with a changed schema', 'kev', '/kev', kev.replace('cveID', 'cve'), 'feed-malformed'],
    ['empty', 'epss', '/epss', '', 'feed-malformed'],
    ['that lost most of its records', 'osv:npm', '/npm/all.zip', bundle('A'), 'database-shrunk'],
    ['with a list of changes of another form', 'osv:npm', '/npm/modified_id.csv', '<html>maintenance</html>', 'feed-malformed'],
  ])('%s', async (_, source, route, answer, code) => {
    await using made = await serving({ '/npm/all.zip': bundle('A', 'B', 'C'), '/kev': kev, '/epss': epss });
    await made.folder.update(['osv:npm', 'kev', 'epss']);
    using database = await made.folder.open();
    const before = await readFile(database.file);
    made.server.routes[route] = answer;
    const [outcome] = await made.folder.update([source]);
    expect([outcome?.failure?.code, outcome?.failure?.source, outcome?.failure?.message.startsWith(`${source}: `)]).toEqual([code, source, true]);
    expect((await readFile(database.file)).equals(before)).toBe(true);
    expect((await readdir(made.folder.path)).filter((name) => name.startsWith('advisories-'))).toEqual([path.basename(database.file)]);
  });

  test('while the others of the same update are brought in', async () => {
    await using made = await serving({ '/npm/all.zip': 'broken', '/kev': kev.replace('cveID', 'cve'), '/epss': epss });
    const outcomes = await made.folder.update(['osv:npm', 'kev', 'epss']);
    expect(outcomes.map(({ changed, failure }) => [changed, failure?.code])).toEqual([[false, 'bundle-damaged'], [false, 'feed-malformed'], [true, undefined]]);
    expect(await held(made.folder)).toEqual({ epss: 1 });
  });

  test('one bad record is left out by name', async () => {
    await using made = await serving({ '/npm/all.zip': zipArchive({ 'A.json': record('A', '1.0.0'), 'bad.json': '{' }) });
    const [outcome] = await made.folder.update(['osv:npm']);
    expect([outcome?.counts?.records, outcome?.counts?.refused, made.folder.refused.map((refused) => refused.name)]).toEqual([1, 1, ['bad.json']]);
  });
});

describe('a page of another kind in the place of a feed is refused, and named', () => {
  const page = '<!doctype html><html><body>Down for maintenance</body></html>';
  const sources = ['osv:npm', 'alpine-secdb', 'alpine-secdb:v3.19', 'amazon-linux:1', 'amazon-linux:2', 'amazon-linux:2023', 'azure-linux-oval:2.0', 'debian-tracker', 'oracle-linux', 'photon:5.0', 'red-hat-vex', 'kev', 'epss', 'end-of-life'];

  test.each(sources)('%s', async (source) => {
    await using server = await serveFeeds({ '*': page });
    await using folder = await updatedFolder(mirroredFeeds(server.address));
    const [outcome] = await folder.update([source]);
    expect([outcome?.failure?.source, outcome?.failure?.message.startsWith(`${source}: `), ['feed-malformed', 'bundle-damaged'].includes(outcome?.failure?.code ?? '')]).toEqual([source, true, true]);
    expect((await readdir(folder.path)).filter((name) => name.startsWith('advisories-'))).toEqual([]);
  });

  test.each(sources)('%s that is not there', async (source) => {
    await using server = await serveFeeds({});
    await using folder = await updatedFolder(mirroredFeeds(server.address));
    expect((await folder.update([source]))[0]?.failure).toMatchObject({ code: 'download-failed', source });
  });
});

describe('records that changed are fetched one by one', () => {
  const routes = (): Record<string, Route> => ({
    '/npm/all.zip': bundle('A', 'B', 'C'),
    '/npm/modified_id.csv': '2026-07-01T00:00:03Z,C\n2026-07-01T00:00:02.5Z,B\n2026-07-01T00:00:01Z,A\n',
  });

  test('those that are new and changed', async () => {
    await using made = await serving(routes());
    await made.folder.update(['osv:npm']);
    Object.assign(made.server.routes, {
      '/npm/modified_id.csv': '2026-07-02T00:00:03Z,D\n2026-07-02T00:00:02Z,A\n2026-07-01T00:00:03Z,C\n',
      '/npm/A.json': record('A', '1.5.0'),
      '/npm/D.json': record('D', '2.0.0'),
    });
    made.server.requests.length = 0;
    const [outcome] = await made.folder.update(['osv:npm'], { now: '2026-08-02T00:00:00Z' });
    expect([outcome?.counts, made.server.requests.toSorted()]).toEqual([
      { records: 4, vulnerabilities: 4, informational: 0, malware: 0, withdrawn: 0, ranges: 4, refused: 0, newestRecord: '' },
      ['/npm/A.json', '/npm/D.json', '/npm/modified_id.csv'],
    ]);
    {
      using database = await made.folder.open();
      expect(['A', 'B', 'C', 'D'].map((name) => database.ranges('affected', 'npm', name).map((range) => range.events))).toEqual([['i0\nf1.5.0'], ['i0\nf1.0.0'], ['i0\nf1.0.0'], ['i0\nf2.0.0']]);
      expect(database.sources()).toMatchObject([{ records: 4, cursor: '2026-07-02T00:00:03Z', importedAt: '2026-08-02T00:00:00Z', completeAt: '2026-08-01T00:00:00Z' }]);
    }
    made.server.requests.length = 0;
    expect((await made.folder.update(['osv:npm'], { now: '2026-08-02T01:00:00Z' }))[0]?.changed).toBe(false);
    expect(made.server.requests).toEqual(['/npm/modified_id.csv']);
  });

  test('where one of them is not there, the bundle says whether it went', async () => {
    await using made = await serving(routes());
    await made.folder.update(['osv:npm']);
    made.server.routes['/npm/modified_id.csv'] = '2026-07-02T00:00:02Z,A\n2026-07-02T00:00:01Z,B\n2026-07-01T00:00:03Z,C\n';
    made.server.routes['/npm/A.json'] = record('A', '1.5.0');
    expect((await made.folder.update(['osv:npm']))[0]?.failure).toMatchObject({ code: 'download-failed', message: 'osv:npm: B is listed as changed and is not there, and the bundle did not change.' });
    made.server.routes['/npm/all.zip'] = bundle('A', 'C');
    expect((await made.folder.update(['osv:npm'], { allowShrink: true }))[0]?.counts?.records).toBe(2);
    using database = await made.folder.open();
    expect(database.sources()).toMatchObject([{ cursor: '2026-07-02T00:00:02Z' }]);
  });

  test('one that is refused is not taken for gone', async () => {
    await using made = await serving(routes());
    await made.folder.update(['osv:npm']);
    made.server.routes['/npm/modified_id.csv'] = '2026-07-02T00:00:01Z,B\n2026-07-01T00:00:03Z,C\n';
    made.server.routes['/npm/B.json'] = (_, response) => void response.writeHead(403).end();
    expect((await made.folder.update(['osv:npm'], { allowShrink: true }))[0]?.failure).toMatchObject({ code: 'download-failed', message: expect.stringMatching(/B\.json was not fetched: it answers 403\.$/) });
    using database = await made.folder.open();
    expect([database.ranges('affected', 'npm', 'B').length, database.sources()[0]?.cursor]).toEqual([1, '2026-07-01T00:00:03Z']);
  });

  test('a list that may not be read is done without', async () => {
    await using made = await serving({ ...routes(), '/npm/modified_id.csv': (_, response) => void response.writeHead(403).end() });
    expect((await made.folder.update(['osv:npm']))[0]?.counts?.records).toBe(3);
  });

  test('a record that vanished without a word goes with the next whole bundle', async () => {
    await using made = await serving(routes());
    await made.folder.update(['osv:npm']);
    made.server.routes['/npm/all.zip'] = bundle('A', 'C');
    expect((await made.folder.update(['osv:npm'], { now: '2026-08-05T00:00:00Z', allowShrink: true }))[0]?.changed).toBe(false);
    expect((await made.folder.update(['osv:npm'], { now: '2026-08-09T00:00:00Z', allowShrink: true }))[0]?.counts?.records).toBe(2);
  });

  test('beyond a share of the records the bundle is fetched', async () => {
    await using made = await serving(routes());
    await made.folder.update(['osv:npm']);
    const ids = Array.from({ length: 60 }, (_, index) => `N${index}`);
    made.server.routes['/npm/modified_id.csv'] = `${ids.map((id) => `2026-07-03T00:00:00Z,${id}`).join('\n')}\n2026-07-01T00:00:03Z,C\n`;
    made.server.routes['/npm/all.zip'] = bundle('A', 'B', 'C', ...ids);
    made.server.requests.length = 0;
    expect((await made.folder.update(['osv:npm']))[0]?.counts?.records).toBe(63);
    expect(made.server.requests).toEqual(['/npm/modified_id.csv', '/npm/all.zip']);
  });

  test('one that is malformed is left out by name, and the others are kept', async () => {
    await using made = await serving(routes());
    await made.folder.update(['osv:npm']);
    Object.assign(made.server.routes, { '/npm/modified_id.csv': '2026-07-02T00:00:03Z,A\n2026-07-02T00:00:03Z,B\n2026-07-01T00:00:03Z,C\n', '/npm/A.json': '{', '/npm/B.json': record('B', '9.0.0') });
    const [outcome] = await made.folder.update(['osv:npm'], { now: '2026-08-02T00:00:00Z' });
    expect([outcome?.counts?.records, outcome?.counts?.refused, made.folder.refused.map((refused) => refused.name)]).toEqual([3, 1, ['A.json']]);
    using database = await made.folder.open();
    expect(['A', 'B'].map((name) => database.ranges('affected', 'npm', name)[0]?.events)).toEqual(['i0\nf1.0.0', 'i0\nf9.0.0']);
  });
});

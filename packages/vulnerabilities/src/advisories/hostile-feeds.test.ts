import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { serveFeeds, updatedFolder } from '../testing/feed-server.js';
import type { Route } from '../testing/feed-server.js';
import { tarArchive } from '../testing/tar-archive.js';
import { zipArchive } from '../testing/zip-archive.js';
import { mirroredFeeds } from './feed-addresses.js';

type Publication = 'first' | 'second';

/** One kind of feed, as a mirror holds it. */
interface KindOfFeed {
  readonly source: string;
  /** Where the records are; 'first' stands for the publication. */
  readonly path: string;
  readonly good: Buffer;
  /** Well-formed, but with other names for its parts. */
  readonly changed: Buffer;
  /** With one record more that cannot be read. */
  readonly bad: Buffer;
  /** What is left out then, by name; undefined where one refuses the whole. */
  readonly refused: readonly string[] | undefined;
  /** What else is there, for a given content at `path`; later publications may be at another place. */
  readonly beside?: (content: Buffer, publication: Publication) => Record<string, Route>;
}

const fixture = (name: string): Promise<Buffer> => readFile(path.join(import.meta.dirname, name));
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const edited = (content: Buffer, from: string, to: string): Buffer => Buffer.from(content.toString('utf8').replaceAll(from, to));
const gzipped = (content: Buffer, from: string, to: string): Buffer => gzipSync(edited(gunzipSync(content), from, to));

const osv = (id: string, field = 'id'): string => JSON.stringify({ [field]: id, affected: [{ package: { ecosystem: 'npm', name: id }, versions: ['1'] }] });
const alpine = (await fixture('alpine-secdb/fixtures/v3.16-main.json')).toString('utf8');
const amazon = await fixture('amazon-linux/fixtures/updateinfo_2_core.xml.gz');
const amazonIndex = (await fixture('amazon-linux/fixtures/repomd_valid.xml')).toString('utf8');
const amazonIndexWithout = (await fixture('amazon-linux/fixtures/repomd_noupdateinfo.xml')).toString('utf8');
const mariner = await fixture('azure-linux/fixtures/mariner-truncated-2.0-oval.xml');
const debian = await fixture('debian-tracker/fixtures/debian.json');
const photon = await fixture('photon/fixtures/cve_data_photon3.0.json');
const redHat = (await fixture('red-hat-vex/fixtures/cve-2026-0968.json')).toString('utf8');
const exploited = { cveID: 'CVE-2024-11111', dateAdded: '2024-05-01', dueDate: '2024-05-22' };
const probabilities = '#model_version:v2025.03.14,score_date:2026-08-01\ncve,epss,percentile\n' + Array.from({ length: 100 }, (_, index) => `CVE-2024-${10_000 + index},0.5,0.97\n`).join('');
const endOfLife = await fixture('end-of-life/fixtures/products.json');

/** What leads to the notices of a repository; the checksum in its index is that of the content it was made for. */
function amazonRepository(content: Buffer, publication: Publication): Record<string, Route> {
  const index = amazonIndex.replace('bec8d2c717d39b54b81de021332338e22edac2da0b363a407f86880c4fb62d6f', createHash('sha256').update(content).digest('hex'));
  return {
    '/amazon-linux/2/extras-catalog.json': JSON.stringify({ topics: [] }),
    '/amazon-linux/2/core/latest/x86_64/mirror.list': `https://cdn.amazonlinux.com/2/core/guids/${publication}/`,
    '/amazon-linux/2/core/latest/aarch64/mirror.list': 'https://cdn.amazonlinux.com/2/core/guids/aarch64/',
    '/amazon-linux/2/core/guids/aarch64/repodata/repomd.xml': amazonIndexWithout,
    [`/amazon-linux/2/core/guids/${publication}/repodata/repomd.xml`]: index,
  };
}

const kinds: readonly KindOfFeed[] = [
  { source: 'osv:npm', path: '/osv/npm/all.zip', good: zipArchive({ 'A.json': osv('A'), 'B.json': osv('B') }), changed: zipArchive({ 'A.json': osv('A', 'identifier'), 'B.json': osv('B', 'identifier') }), bad: zipArchive({ 'A.json': osv('A'), 'bad.json': '{', 'B.json': osv('B') }), refused: ['bad.json'] },
  { source: 'alpine-secdb:v3.16', path: '/alpine-secdb/v3.16/main.json', good: Buffer.from(alpine), changed: edited(Buffer.from(alpine), '"packages"', '"pkgs"'), bad: edited(Buffer.from(alpine), '"packages": [', '"packages": [{"pkg": {"name": "bad", "secfixes": 5}},'), refused: ['v3.16 bad'] },
  { source: 'amazon-linux:2', path: '/amazon-linux/2/core/guids/first/repodata/updateinfo.xml.gz', good: amazon, changed: gzipped(amazon, 'update', 'notice'), bad: gzipped(amazon, '</updates>', '<update><id>bad</id></update></updates>'), refused: ['bad'], beside: amazonRepository },
  { source: 'azure-linux-oval:2.0', path: '/azure-linux/cbl-mariner-2.0-oval.xml', good: mariner, changed: edited(mariner, 'definition', 'statement'), bad: edited(mariner, '</definitions>', '<definition id="bad" class="vulnerability"><metadata><title>bad</title></metadata></definition></definitions>'), refused: ['bad'] },
  { source: 'debian-tracker', path: '/debian-tracker.json', good: debian, changed: edited(debian, '"releases"', '"suites"'), bad: edited(debian, '"prototypejs": {', '"bad": {"CVE-2020-11111": 5}, "prototypejs": {'), refused: ['bad CVE-2020-11111', 'chromium-browser CVE-2022-0358'] },
  { source: 'oracle-linux', path: '/com.oracle.elsa-all.xml.bz2', good: await fixture('oracle-linux/fixtures/com.oracle.elsa-all.xml.bz2'), changed: await fixture('oracle-linux/fixtures/changed-schema.xml.bz2'), bad: await fixture('oracle-linux/fixtures/bad-record.xml.bz2'), refused: ['oval:com.oracle.elsa:def:1'] },
  { source: 'photon:3.0', path: '/photon/cve_data_photon3.0.json', good: photon, changed: edited(photon, '"cve_id"', '"cve"'), bad: Buffer.from(photon.toString('utf8').replace('[', '[{"cve_id": 5, "pkg": "bad"},')), refused: ['a row'] },
  {
    source: 'red-hat-vex',
    path: '/red-hat-vex/csaf_vex_2026-07-20.tar.zst',
    good: zstdCompressSync(tarArchive({ '2026/cve-2026-0968.json': redHat })),
    changed: zstdCompressSync(tarArchive({ '2026/cve-2026-0968.json': redHat.replace('"vulnerabilities"', '"flaws"') })),
    bad: zstdCompressSync(tarArchive({ '2026/cve-2026-0968.json': redHat, '2026/cve-2026-11111.json': '{' })),
    refused: ['2026/cve-2026-11111.json'],
    beside: () => ({ '/red-hat-vex/archive_latest.txt': 'csaf_vex_2026-07-20.tar.zst', '/red-hat-vex/changes.csv': '', '/red-hat-vex/deletions.csv': '' }),
  },
  { source: 'kev', path: '/known_exploited_vulnerabilities.json', good: json({ vulnerabilities: [exploited] }), changed: json({ entries: [exploited] }), bad: json({ vulnerabilities: [exploited, { cveID: 5 }] }), refused: undefined },
  { source: 'epss', path: '/epss_scores-current.csv.gz', good: gzipSync(probabilities), changed: gzipSync(probabilities.replaceAll(',', ';')), bad: gzipSync(`${probabilities}CVE-2024-22222,many,1\n`), refused: [] },
  { source: 'end-of-life', path: '/end-of-life.json', good: endOfLife, changed: edited(endOfLife, '"result"', '"products"'), bad: edited(endOfLife, '"result": [', '"result": [{"name": 5},'), refused: ['a product'] },
];

interface Update {
  readonly failure: string | undefined;
  readonly isNamed: boolean;
  readonly isUntouched: boolean;
  readonly records: number;
  readonly refused: readonly string[];
}

/** A good update, then one with something else at the place of the records. */
async function updatedTwice({ source, path: place, good, beside }: KindOfFeed, later: Route, besideLater: Buffer = good): Promise<Update> {
  await using server = await serveFeeds({ ...beside?.(good, 'first'), [place]: good });
  await using folder = await updatedFolder(mirroredFeeds(server.address));
  expect((await folder.update([source], { now: '2020-01-01T00:00:00Z' }))[0]).toMatchObject({ changed: true, failure: undefined });
  const [file = ''] = (await readdir(folder.path)).filter((name) => name.startsWith('advisories-'));
  const before = await readFile(path.join(folder.path, file));
  folder.refused.length = 0;
  Object.assign(server.routes, { ...beside?.(besideLater, 'second'), [place.replace('/first/', '/second/')]: later });
  // Long after, so that the whole is fetched again.
  const [outcome] = await folder.update([source], { now: '2020-12-01T00:00:00Z' });
  using database = await folder.open();
  const [held] = database.sources();
  return {
    failure: outcome?.failure?.code,
    isNamed: outcome?.failure === undefined || (outcome.failure.source === source && outcome.failure.message.startsWith(`${source}: `)),
    isUntouched: (await readFile(path.join(folder.path, file))).equals(before) && path.basename(database.file) === file,
    records: (held?.records ?? 0) + (held?.entries ?? 0),
    refused: folder.refused.map(({ name }) => name),
  };
}

const kept = (failure: unknown): object => ({ failure, isNamed: true, isUntouched: true });

describe.each(kinds.map((kind) => [kind.source, kind] as const))('%s leaves what is there in place, and is named, when it', (_, kind) => {
  test('is cut off half way', async () => {
    expect(await updatedTwice(kind, kind.good.subarray(0, Math.floor(kind.good.length / 2)))).toMatchObject(kept(expect.stringMatching(/^(?:bundle-damaged|feed-malformed)$/)));
  });

  test('is damaged in the middle', async () => {
    const damaged = Buffer.from(kind.good);
    damaged.fill(0, Math.floor(damaged.length / 3), Math.floor(damaged.length / 3) * 2);
    // Without an entity tag, which is made of the ends.
    expect(await updatedTwice(kind, (_request, response: ServerResponse) => response.writeHead(200, { 'content-length': damaged.length }).end(damaged))).toMatchObject(kept(expect.stringMatching(/^(?:bundle-damaged|feed-malformed)$/)));
  });

  test('states a size no feed has', async () => {
    const lying: Route = (_request, response: ServerResponse) => response.writeHead(200, { 'content-length': 4 * 1024 ** 4 }).write('x');
    expect(await updatedTwice(kind, lying)).toMatchObject(kept('bundle-too-large'));
  });

  test('sends less than it states', async () => {
    const short: Route = (_request, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': kind.good.length + 1_000 });
      response.write(kind.good, () => response.socket?.destroy());
    };
    expect(await updatedTwice(kind, short)).toMatchObject(kept('download-failed'));
  });

  test('has another schema', async () => {
    expect(await updatedTwice(kind, kind.changed, kind.changed)).toMatchObject(kept(expect.stringMatching(/^(?:feed-malformed|database-shrunk)$/)));
  });
});

test.each(kinds.map((kind) => [kind.source, kind] as const))('one bad record of %s is left out by name and the others are kept, or the whole is refused where it is a list of plain facts', async (_, kind) => {
  const { records } = await updatedTwice(kind, kind.good);
  const outcome = await updatedTwice(kind, kind.bad, kind.bad);
  const whole = { ...kept('feed-malformed'), records, refused: [] };
  expect(outcome).toEqual(kind.refused === undefined ? whole : { failure: undefined, isNamed: true, isUntouched: false, records, refused: kind.refused });
});

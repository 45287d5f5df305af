import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchComponents } from '../../matchers/match-components.js';
import { serveFeeds, updatedFolder } from '../../testing/feed-server.js';
import { XmlElements } from '../xml-elements.js';
import type { AdvisoryRecord } from '../advisory-record.js';
import { readDefinition } from './read-definition.js';

const fixture = (name: string): Promise<Buffer> => readFile(path.join(import.meta.dirname, 'fixtures', name));

async function records(name: string): Promise<AdvisoryRecord[]> {
  const found: AdvisoryRecord[] = [];
  const elements = new XmlElements(['definition'], (definition) => found.push(readDefinition(definition)));
  elements.write(await fixture(name));
  elements.end();
  return found;
}

/** Each package with the version that fixes it and, unless it is all of them, the architectures. */
function fixes(record: AdvisoryRecord | undefined): string[] {
  return (record?.affected ?? []).map(({ ecosystem, name, ranges, detail }) => [ecosystem, name, ranges[0]?.split('\nf')[1], ...(detail?.architectures ?? []), ...(detail?.module === undefined ? [] : [detail.module])].join(' '));
}

test('the document is read as Oracle publishes it, compressed', async () => {
  await using server = await serveFeeds({ '/oval.bz2': await fixture('com.oracle.elsa-all.xml.bz2') });
  await using folder = await updatedFolder({ oracleLinux: `${server.address}oval.bz2` });
  expect((await folder.update(['Oracle Linux']))[0]).toMatchObject({ source: 'oracle-linux', failure: undefined, counts: { refused: 0 } });
  using database = await folder.open();
  expect(database.advisoriesNaming('CVE-2007-0493').map(({ id, published, summary, upstream, severities }) => ({ id, published, summary, upstream, severities }))).toEqual([
    { id: 'ELSA-2007-0057', published: '2007-06-26T00:00:00Z', summary: 'ELSA-2007-0057: Moderate: bind security update (MODERATE)', upstream: ['CVE-2007-0493', 'CVE-2007-0494'], severities: [{ type: 'word', score: 'MODERATE' }] },
  ]);
  const bind = { id: '1', ecosystem: 'rpm', name: 'bind', version: '30:9.3.3-7.el5', architecture: 'x86_64', packageUrl: 'pkg:rpm/ol/bind@9.3.3-7.el5', locations: [] };
  const { findings } = matchComponents({ components: [bind], distribution: { id: 'ol', idLike: ['fedora'], versionId: '5.11' } }, database);
  expect(findings.map((finding) => [finding.id, finding.severity.level, finding.fix.version])).toEqual([['CVE-2007-0493', 'medium', '30:9.3.3-8.el5'], ['CVE-2007-0494', 'medium', '30:9.3.3-8.el5']]);
});

test('fixes of one architecture are kept apart', async () => {
  const all = (await records('per-arch.xml')).flatMap(fixes);
  expect(all.filter((line) => / (?:rsyslog|firefox|osbuild) /.test(line))).toEqual([
    'Oracle Linux:7 rsyslog 0:8.24.0-57.0.4.el7_9.3 aarch64',
    'Oracle Linux:7 rsyslog 0:8.24.0-57.0.1.el7_9.3 x86_64',
    'Oracle Linux:10 firefox 0:128.12.0-1.0.1.el10_0',
    'Oracle Linux:8 osbuild 0:110-1.0.1.el8',
    'Oracle Linux:8 osbuild 0:110-1.el8',
  ]);
});

test('what is joined by OR does not hold for its neighbours, and a module is remembered', () => {
  const xml = `<definition id="d"><metadata><reference source="elsa" ref_id="ELSA-2024-1"/><reference source="CVE" ref_id="CVE-2024-11111"/></metadata>
    <criteria operator="AND"><criterion comment="Oracle Linux 8 is installed"/>
      <criteria operator="OR">
        <criteria operator="AND"><criterion comment="Oracle Linux arch is x86_64"/><criterion comment="Module nodejs:18 is enabled"/><criterion comment="nodejs is earlier than 1:18.20.2-1.module+el8"/></criteria>
        <criterion comment="npm is earlier than 1:10.5.0-1.el8"/>
      </criteria>
    </criteria></definition>`;
  let found: AdvisoryRecord | undefined;
  const elements = new XmlElements(['definition'], (definition) => (found = readDefinition(definition)));
  elements.write(Buffer.from(xml));
  elements.end();
  expect(fixes(found)).toEqual(['Oracle Linux:8 npm 1:10.5.0-1.el8', 'Oracle Linux:8 nodejs 1:18.20.2-1.module+el8 x86_64 nodejs:18']);
});

test('Ksplice builds are told by their version', async () => {
  const [first] = await records('ksplice.xml');
  expect([first?.id, fixes(first).filter((line) => !line.includes('debug'))]).toEqual([
    'ELSA-2021-9151',
    [...['openssl', 'openssl-devel', 'openssl-libs', 'openssl-perl'].map((name) => `Oracle Linux:8 ${name} 2:1.1.1g-15.ksplice1.el8_3`), 'Oracle Linux:8 openssl-static 2:1.1.1g-15.ksplice1.el8_3 aarch64'],
  ]);
});

describe('a document', () => {
  test.each<[string, (whole: Buffer) => Buffer, string]>([
    ['cut off half way', (whole) => whole.subarray(0, whole.length / 2), 'bundle-damaged'],
    ['with a flipped bit', (whole) => Buffer.from(whole).fill(0xff, 2_000, 2_001), 'bundle-damaged'],
    ['of another kind', () => Buffer.from('<html></html>'), 'bundle-damaged'],
    ['without content', () => Buffer.alloc(0), 'bundle-damaged'],
  ])('%s is refused, and named', async (_, change, code) => {
    await using server = await serveFeeds({ '/oval.bz2': change(await fixture('com.oracle.elsa-all.xml.bz2')) });
    await using folder = await updatedFolder({ oracleLinux: `${server.address}oval.bz2` });
    expect((await folder.update(['oracle-linux']))[0]?.failure).toMatchObject({ code, source: 'oracle-linux' });
  });
});

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ImageBuilder, TestRegistry } from '@esscm/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { allScansEnded, createAdministrator } from './support/journeys.js';
import { Product } from './support/product.js';
import { until } from './support/until.js';

/** An image of Amazon Linux 2 brings the notices of its release and, after them, what the CVE explorer says beside them. */

const image = new ImageBuilder()
  .layer({
    'etc/os-release': 'NAME="Amazon Linux"\nVERSION="2"\nID="amzn"\nID_LIKE="centos rhel fedora"\nVERSION_ID="2"\nPRETTY_NAME="Amazon Linux 2"\n',
    'var/lib/rpmmanifest/container-manifest-2': 'libcurl\t8.3.0-1.amzn2\t0\t0\tAmazon Linux\t(none)\t0\tx86_64\t0\tcurl-8.3.0-1.amzn2.src.rpm\n',
  })
  .build();

const notices = gzipSync(`<?xml version="1.0"?><updates><update><id>ALAS2-2025-1</id><title>curl</title><issued date="2025-01-05 00:00"/><updated date="2025-01-05 00:00"/><severity>important</severity>
<references><reference id="CVE-2025-11111" type="cve"/></references><pkglist><collection>
<package name="libcurl" version="8.3.0" release="2.amzn2" epoch="0" arch="x86_64"/></collection></pkglist></update>
<update><id>ALAS2-2025-2</id><title>wget</title><issued date="2025-01-06 00:00"/><updated date="2025-01-06 00:00"/><severity>low</severity>
<references><reference id="CVE-2025-22222" type="cve"/><reference id="CVE-2025-33333" type="cve"/></references><pkglist><collection>
<package name="libcurl" version="8.2.0" release="1.amzn2" epoch="0" arch="aarch64"/></collection></pkglist></update></updates>`);

function page(cve: string, status: string): string {
  const cells = (tag: string, texts: readonly string[]): string => `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join('')}</tr>`;
  return `<title>${cve}</title><table>${cells('th', ['Platform', 'Package', 'Release Date', 'Advisory', 'Status'])}${cells('td', ['Amazon Linux 2 - Core', 'curl', '', '', status])}</table>`;
}

const index = `<repomd><data type="updateinfo"><checksum type="sha256">${createHash('sha256').update(notices).digest('hex')}</checksum><location href="repodata/updateinfo.xml.gz"/></data></repomd>`;
const mirror: Readonly<Record<string, string | Buffer>> = {
  'amazon-linux/2/extras-catalog.json': JSON.stringify({ topics: [] }),
  ...Object.fromEntries(
    ['x86_64', 'aarch64'].flatMap((architecture) => [
      [`amazon-linux/2/core/latest/${architecture}/mirror.list`, `https://cdn.amazonlinux.com/2/core/guids/${architecture}`],
      [`amazon-linux/2/core/guids/${architecture}/repodata/repomd.xml`, index],
      [`amazon-linux/2/core/guids/${architecture}/repodata/updateinfo.xml.gz`, notices],
    ]),
  ),
  'debian-tracker.json': JSON.stringify({ curl: { 'CVE-2026-44444': { description: 'Named by Debian alone.', releases: { bookworm: { status: 'open' } } } } }),
  'amazon-explorer/CVE-2026-44444.html': page('CVE-2026-44444', 'No Fix Planned'),
  'amazon-explorer/CVE-2025-22222.html': page('CVE-2025-22222', 'Pending Fix'),
  'amazon-explorer/CVE-2025-33333.html': page('CVE-2025-33333', 'Not Affected'),
};

let folder: string;
let registry: TestRegistry;
let product: Product;
let api: Api;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'esscm-amazon-'));
  for (const [name, content] of Object.entries(mirror)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  registry = await TestRegistry.start();
  registry.add('team/app', image, { tags: ['1.0'] });
  product = await Product.start({ ESSCM_PLAIN_HTTP_REGISTRIES: registry.host, ESSCM_ADVISORY_MIRROR: pathToFileURL(`${folder}/`).href });
  api = new Api(product.origin);
  await createAdministrator(api);
});

afterAll(async () => {
  await product[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

it('finds what a notice fixes, what waits for its fix and what gets none, with the explorer as a source of its own', async () => {
  const { connect } = await api.run<{ connect: { connection: { id: string } } }>('mutation ($input: ConnectInput!) { connect(input: $input) { ... on ConnectPayload { connection { id } } } }', {
    input: { clientMutationId: crypto.randomUUID(), plugin: 'oci', variant: 'public', name: 'Amazon', images: [{ reference: `${registry.host}/team/app:1.0`, projectName: 'app', projectVersion: '1.0' }] },
  });
  await allScansEnded(api, connect.connection.id);
  const findings = await until('all findings', async () => {
    const answer = await api.run<{ findings: { edges: { node: { vulnerabilityId: string; fixState: string; fixVersion: string | null; packageName: string } }[] } }>('{ findings(first: 10) { edges { node { vulnerabilityId fixState fixVersion packageName } } } }');
    const nodes = answer.findings.edges.map(({ node }) => `${node.vulnerabilityId} ${node.packageName} ${node.fixState} ${node.fixVersion ?? ''}`.trim()).toSorted();
    return nodes.length < 3 ? undefined : nodes;
  });
  expect(findings).toEqual(['CVE-2025-11111 libcurl fixed 0:8.3.0-2.amzn2', 'CVE-2025-22222 libcurl unfixed', 'CVE-2026-44444 libcurl will-not-fix']);
  const { advisorySources } = await api.run<{ advisorySources: { name: string; state: string; feeds: { name: string; records: number }[] }[] }>('{ advisorySources { name state feeds { name records } } }');
  expect(advisorySources.filter(({ name }) => name.startsWith('Amazon'))).toEqual([
    { name: 'Amazon Linux:2', state: 'READY', feeds: [{ name: 'amazon-linux:2', records: 2 }] },
    { name: 'Amazon Linux:explorer', state: 'READY', feeds: [{ name: 'amazon-explorer', records: 4 }, { name: 'debian-tracker', records: 1 }] },
  ]);
});

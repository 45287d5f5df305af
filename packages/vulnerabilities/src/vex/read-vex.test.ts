import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-database.js';
import { readVex } from './read-vex.js';

const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
const read = (name: string): ReturnType<typeof readVex> => readVex(fixture(name), { location: name });

test('OpenVEX: who says what of which component of which image', () => {
  const document = read('trivy.openvex.json');
  expect(document).toMatchObject({ format: 'openvex', author: 'Aqua Security', version: '1', timestamp: '2024-07-10T12:17:44.60495+04:00', location: 'trivy.openvex.json', problems: [] });
  expect(document.statements).toHaveLength(7);
  const [first] = document.statements;
  expect(first).toMatchObject({ vulnerability: 'CVE-2023-42363', aliases: [], status: 'not_affected', justification: 'vulnerable_code_cannot_be_controlled_by_adversary', impact: 'awk is not used', timestamp: '2024-07-10T12:17:44.60495+04:00' });
  expect(first?.products).toHaveLength(9);
  expect(first?.products[3]).toEqual({
    product: { packageUrls: ['pkg:oci/trivy?repository_url=public.ecr.aws%2Faquasecurity%2Ftrivy'], digests: [], cpes: [], name: 'pkg:oci/trivy?repository_url=public.ecr.aws%2Faquasecurity%2Ftrivy', versions: undefined },
    subcomponent: { packageUrls: ['pkg:apk/alpine/busybox'], digests: [], cpes: [], name: 'pkg:apk/alpine/busybox', versions: undefined },
  });
});

test('OpenVEX: its context may be one of several', () => {
  const text = JSON.stringify({ ...JSON.parse(fixture('trivy.openvex.json')), '@context': ['https://example.org/ns', 'https://openvex.dev/ns/v0.2.0'] });
  expect(readVex(text, { location: 'x' }).format).toBe('openvex');
});

test('CSAF: products with the same status and details are one statement', () => {
  const document = read('cve-2026-0968.csaf.json');
  expect({ ...document, statements: document.statements.map(({ products, ...statement }) => ({ ...statement, products: products.length })) }).toEqual({
    format: 'csaf',
    id: 'CVE-2026-0968',
    author: 'Red Hat Product Security',
    version: expect.any(String),
    timestamp: expect.stringMatching(/^2026-/),
    location: 'cve-2026-0968.csaf.json',
    attachedTo: [],
    problems: [],
    statements: [
      { vulnerability: 'CVE-2026-0968', aliases: [], status: 'not_affected', justification: 'vulnerable_code_not_present', timestamp: document.timestamp, products: 8 },
      { vulnerability: 'CVE-2026-0968', aliases: [], status: 'affected', action: 'Affected', timestamp: document.timestamp, products: 8 },
      { vulnerability: 'CVE-2026-0968', aliases: [], status: 'affected', action: 'Fix deferred', timestamp: document.timestamp, products: 5 },
    ],
  });
  expect(document.statements[0]?.products[0]).toEqual({
    product: { packageUrls: [], digests: [], cpes: ['cpe:/o:redhat:enterprise_linux:6'], name: 'Red Hat Enterprise Linux 6', versions: undefined },
    subcomponent: { packageUrls: ['pkg:rpm/redhat/libssh2'], digests: [], cpes: [], name: 'libssh2', versions: undefined },
  });
});

test('CycloneDX: analyses with ranges, and links into other documents', () => {
  expect(read('ranges.cdx.json').statements).toEqual([
    { vulnerability: 'CVE-2020-25649', aliases: [], status: 'affected', timestamp: '2022-01-13T00:00:00Z', products: [{ product: { packageUrls: [], digests: [], cpes: [], name: 'Acme Product', versions: 'vers:semver/<7.0.0|>=1.5.0' } }] },
    {
      vulnerability: 'CVE-2020-25649',
      aliases: [],
      status: 'not_affected',
      justification: 'code_not_reachable',
      impact: 'Automated dataflow analysis and manual code review indicates that the vulnerable code is not reachable, either directly or indirectly.',
      action: 'will not fix, update',
      timestamp: '2022-01-13T00:00:00Z',
      products: [{ product: { packageUrls: [], digests: [], cpes: [], name: 'Acme Product', versions: 'vers:semver/<1.5.0|>=7.0.0' } }],
    },
  ]);
  const linked = read('bom-link.cdx.json').statements;
  expect(linked.map(({ status, products }) => [status, products.map(({ product }) => `${product.name ?? ''} ${product.versions ?? ''}`)])).toMatchObject([
    ['affected', ['product-ABC vers:generic/2.4', 'product-ABC vers:generic/2.6', 'product-ABC vers:generic/>=2.9|<=4.1', 'product-JKL vers:generic/>=4.5|<=5.0']],
    ['not_affected', expect.arrayContaining(['product-ABC vers:generic/>=1.0|<=2.3'])],
    ['not_affected', ['product-JKL vers:generic/>=1.0|<=4.4']],
    ['fixed', ['product-JKL vers:generic/5.1']],
  ]);
});

test('a CycloneDX list without an analysis states nothing', () => {
  expect(readVex(JSON.stringify({ bomFormat: 'CycloneDX', vulnerabilities: [{ id: 'CVE-2024-1', affects: [{ ref: 'a' }] }] }), { location: 'x' }).statements).toEqual([]);
});

test('an in-toto statement in its envelope names what it is attached to', () => {
  const statement = { _type: 'https://in-toto.io/Statement/v0.1', predicateType: 'https://openvex.dev/ns/v0.2.0', subject: [{ name: 'x', digest: { sha256: 'a'.repeat(64) } }], predicate: JSON.parse(fixture('trivy.openvex.json')) };
  const envelope = { payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(JSON.stringify(statement)).toString('base64'), signatures: [] };
  for (const document of [envelope, statement, { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: envelope }]) expect(readVex(JSON.stringify(document), { location: 'x' })).toMatchObject({ format: 'openvex', attachedTo: [`sha256:${'a'.repeat(64)}`] });
});

describe('bad input', () => {
  test('a bad statement is named, the others stay', () => {
    const document = JSON.parse(fixture('trivy.openvex.json'));
    document.statements[1].status = 'probably fine';
    document.statements[2].vulnerability = {};
    const { statements, problems } = readVex(JSON.stringify(document), { location: 'x' });
    expect([statements.length, problems]).toEqual([5, ['Statement 2: status: Invalid option: expected one of "not_affected"|"affected"|"fixed"|"under_investigation"', 'Statement 3: it names no vulnerability']]);
  });

  test.each([
    ['no JSON', '<vex/>', 'x is not a VEX document that can be read: it is no JSON.'],
    ['no object', '[]', 'x is not a VEX document that can be read: it has the marks of none of the three formats.'],
    ['another document', '{"spdxVersion":"SPDX-2.3"}', 'x is not a VEX document that can be read: it has the marks of none of the three formats.'],
    ['a context nested more deeply than a stack goes', `{"@context":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'x is not a VEX document that can be read: it has the marks of none of the three formats.'],
    ['OpenVEX without an author', '{"@context":"https://openvex.dev/ns/v0.2.0","@id":"a","timestamp":"2024-01-01T00:00:00Z","version":1,"statements":[]}', 'x is not a VEX document that can be read: as OpenVEX it is wrong at author: Invalid input: expected string, received undefined.'],
    ['a time that is none', '{"@context":"https://openvex.dev/ns/v0.2.0","@id":"a","author":"b","timestamp":"yesterday","version":1,"statements":[]}', 'x is not a VEX document that can be read: as OpenVEX it is wrong at timestamp: it is no time.'],
    ['an envelope with rubbish in it', '{"payloadType":"application/vnd.in-toto+json","payload":"AAAA"}', 'x is not a VEX document that can be read: the statement inside its envelope is no JSON.'],
  ])('%s', (_what, text, message) => {
    expect(() => readVex(text, { location: 'x' })).toThrow(expect.objectContaining({ code: 'vex-malformed', message }));
  });

  test('a tree of products that goes round in circles ends', () => {
    const document = JSON.parse(fixture('cve-2026-0968.csaf.json'));
    document.product_tree.relationships = [{ category: 'default_component_of', product_reference: 'a', relates_to_product_reference: 'b', full_product_name: { name: 'b', product_id: 'b' } }];
    expect(readVex(JSON.stringify(document), { location: 'x' }).problems[0]).toMatch(/is not in its tree$/);
  });
});

const archives = ['openvex-documents', 'redhat-vex-csaf-samples'].map((name) => path.join(import.meta.dirname, '../../../../../shared/advisories/native', `${name}.tar.gz`));

test.runIf(archives.every((file) => existsSync(file)))('every published document at hand, with as many products as it lists', async () => {
  await using folder = await temporaryFolder();
  for (const archive of archives) execFileSync('tar', ['xzf', archive, '-C', folder.path]);
  const files = globSync('**/*.json', { cwd: folder.path }).filter((file) => !/manifest|index|vex-repository/.test(path.basename(file)));
  const wrong = files.flatMap((file) => {
    const text = readFileSync(path.join(folder.path, file), 'utf8');
    const document = readVex(text, { location: file });
    const products = document.statements.reduce((sum, statement) => sum + statement.products.length, 0);
    const listed = listedProducts(JSON.parse(text));
    return document.problems.length === 0 && products === listed ? [] : [{ file, problems: document.problems, products, listed }];
  });
  expect(files.length).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});

/** Counted without the reader: ids in the lists of CSAF, pairs of product and component in OpenVEX. */
function listedProducts(document: { vulnerabilities?: { product_status: Record<string, string[]> }[]; statements?: { products: { subcomponents?: unknown[] }[] }[] }): number {
  const listed = (document.vulnerabilities ?? []).flatMap((each) => Object.values(each.product_status));
  const paired = (document.statements ?? []).flatMap((each) => each.products.map((product) => product.subcomponents ?? [product]));
  return [...listed, ...paired].reduce((sum, list) => sum + list.length, 0);
}

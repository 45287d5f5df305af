import { describe, expect, test } from 'vitest';
import { exampleReport } from '../testing/example-report.js';
import { hasOfficialSchemas, schemaViolations } from '../testing/official-schemas.js';
import { applyVex } from './apply-vex.js';
import { readVex } from './read-vex.js';
import type { VexFormat, VexProduct, VexStatement } from './vex-document.js';
import { vexOfReport } from './vex-of-report.js';
import type { VexToWrite } from './vex-to-write.js';
import { writeVex } from './write-vex.js';

const now = '2026-08-02T00:00:00Z';
const report = await exampleReport();
const document: VexToWrite = { author: { name: 'Acme Security', namespace: 'https://acme.example' }, timestamp: now, tool: { name: 'ESSCM', version: '0.1.0' }, title: 'Vulnerabilities of ghcr.io/acme/shop:1.4', statements: vexOfReport(report, now) };
const formats: readonly VexFormat[] = ['openvex', 'csaf', 'cyclonedx'];

const names = ({ product, subcomponent }: VexProduct): string => `${subcomponent?.packageUrls[0] ?? ''} in ${product.packageUrls[0] ?? ''}`;
const brief = (said: VexStatement): unknown[] => [said.vulnerability, said.status, said.justification, said.action, said.products.map(names)];

test('a report says again what was said, and of the rest that nobody looked yet', () => {
  const image = `pkg:oci/shop@sha256:${'3'.repeat(64)}?arch=amd64&repository_url=ghcr.io%2Facme%2Fshop&tag=1.4`;
  expect(document.statements.map(brief)).toEqual([
    ['CVE-2024-9999', 'affected', undefined, 'Do not start a shell.', [`pkg:deb/debian/bash@5.2-1?distro=debian-12 in ${image}`]],
    ['CVE-2021-23337', 'under_investigation', undefined, undefined, [`pkg:npm/lodash@4.17.20 in ${image}`]],
    ['CVE-2024-37890', 'affected', undefined, 'Accepted: only reachable from inside (jane@example.org, until 2026-12-31)', [`pkg:npm/ws@7.0.0 in ${image}`]],
    ['CVE-2020-7598', 'not_affected', 'vulnerable_code_not_in_execute_path', undefined, [`pkg:npm/minimist@0.0.8 in ${image}`]],
    ['MAL-2024-1', 'under_investigation', undefined, undefined, [`pkg:npm/evil@1.0.0 in ${image}`]],
  ]);
});

describe.each(formats)('%s', (format) => {
  const text = writeVex(document, format);

  test.runIf(hasOfficialSchemas)('follows its official schema', () => {
    expect(schemaViolations(format, JSON.parse(text))).toEqual([]);
  });

  test('is the same text again', () => expect(writeVex(document, format)).toBe(text));

  test('read again says the same of the same', () => {
    const read = readVex(text, { location: 'x' });
    expect({ author: read.author, timestamp: read.timestamp, problems: read.problems }).toEqual({ author: 'Acme Security', timestamp: now, problems: [] });
    const status = (said: VexStatement): unknown[] => [said.vulnerability, said.aliases, said.status, said.action, said.products.map(names)];
    const byId = (statements: readonly VexStatement[]): unknown[] => statements.toSorted((one, other) => (one.vulnerability < other.vulnerability ? -1 : 1)).map(status);
    expect(byId(read.statements)).toEqual(byId(document.statements));
  });

  test('applied to the same image takes the same finding out', () => {
    const { image, distribution, components } = report;
    const open = { ...report.result, findings: [...report.result.findings, ...report.result.suppressed.map((entry) => entry.finding)].map(({ vex: _, ...finding }) => finding), suppressed: [] };
    const { result } = applyVex(open, [readVex(text, { location: 'x' })], { image: { ...image, digests: [image.digest] }, ...(distribution === undefined ? {} : { distribution }), components });
    expect(result.suppressed.map((entry) => entry.finding.id)).toEqual(['CVE-2020-7598']);
    const other = applyVex(open, [readVex(text, { location: 'x' })], { image: { name: 'ghcr.io/acme/shop', digests: ['sha256:other'] }, components });
    expect(other.documents[0]?.decided).toBe(0);
  });
});

describe('a statement that lacks what a format asks for', () => {
  const bare: VexStatement = { vulnerability: 'GHSA-aaaa-bbbb-cccc', aliases: [], status: 'not_affected', timestamp: '', products: [{ product: { packageUrls: ['pkg:npm/a'], digests: [], cpes: [], name: undefined, versions: undefined } }] };
  test.runIf(hasOfficialSchemas).each(formats)('still makes a valid document: %s', (format) => {
    for (const status of ['not_affected', 'affected', 'fixed', 'under_investigation'] as const) {
      const statements = [{ ...bare, status }, { ...bare, status, vulnerability: 'CVE-2024-1', justification: 'requires_configuration' as const }];
      expect(schemaViolations(format, JSON.parse(writeVex({ ...document, statements }, format)))).toEqual([]);
    }
  });
});

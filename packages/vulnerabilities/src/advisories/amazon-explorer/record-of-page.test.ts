import { expect, test } from 'vitest';
import type { ExplorerStatus } from './read-page.js';
import { recordOfPage } from './record-of-page.js';

const now = '2026-08-01T00:00:00.000Z';

test.each<[string, ExplorerStatus, unknown]>([
  ['Amazon Linux 2 - Core', 'pending fix', ['Amazon Linux:explorer:2', 'i0', undefined]],
  ['Amazon Linux 2', 'pending fix', ['Amazon Linux:explorer:2', 'i0', undefined]],
  ['Amazon Linux 1', 'not affected', ['Amazon Linux:explorer:1', 'i0\nf0', undefined]],
  ['Amazon Linux 2023', 'no fix planned', ['Amazon Linux:explorer:2023', 'i0', { fixState: 'will-not-fix', fixNote: 'Amazon plans no fix for this package in this release' }]],
  ['Amazon Linux 2 - Kernel-5.10 Extra', 'pending fix', ['Amazon Linux:explorer:2', 'i0', { versionLine: '5.10' }]],
  ['Amazon Linux 2 - Postgresql13 Extra', 'pending fix', ['Amazon Linux:explorer:2', 'i0', { versionLine: '13' }]],
  ['Amazon Linux 2 - Docker Extra', 'pending fix', undefined],
  ['Amazon Linux 2027', 'pending fix', undefined],
  ['Bottlerocket', 'pending fix', undefined],
  ['Amazon Linux 2023', 'fixed', undefined],
])('%s, %s', (platform, status, expected) => {
  const [affected, ...more] = recordOfPage({ cve: 'CVE-2025-11111', description: '', vectors: [], statements: [{ platform, package: 'curl', status }] }, now).affected;
  expect([affected === undefined ? undefined : [affected.ecosystem, affected.ranges[0], affected.detail], more]).toEqual([expected, []]);
});

test('the record names the vulnerability, its vectors and when it was asked for', () => {
  expect(recordOfPage({ cve: 'CVE-2025-11111', description: 'A flaw.', vectors: ['CVSS:4.0/AV:N', 'AV:N/AC:L/Au:N/C:P/I:N/A:N'], statements: [] }, now)).toEqual({
    id: 'AMAZON-CVE-2025-11111', kind: 'vulnerability', modified: now, published: undefined, withdrawn: undefined, summary: 'A flaw.', aliases: [], upstream: ['CVE-2025-11111'], related: [],
    severities: [{ type: 'CVSS_V4', score: 'CVSS:4.0/AV:N' }, { type: 'CVSS_V2', score: 'AV:N/AC:L/Au:N/C:P/I:N/A:N' }],
    affected: [],
  });
});

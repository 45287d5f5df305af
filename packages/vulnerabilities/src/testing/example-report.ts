import { applyExceptions } from '../exceptions/apply-exceptions.js';
import { readExceptions } from '../exceptions/read-exceptions.js';
import { matchComponents } from '../matchers/match-components.js';
import type { Report, ReportComponent } from '../reports/report.js';
import { applyVex } from '../vex/apply-vex.js';
import { readVex } from '../vex/read-vex.js';
import { databaseOf } from './temporary-database.js';
import type { RecordForTest } from './temporary-database.js';

const digest = `sha256:${'3'.repeat(64)}`;

function component(packageUrl: string, path: string, layerIndex: number): ReportComponent {
  const [, ecosystem = '', name = '', version = ''] = /^pkg:([a-z]+)\/(?:debian\/)?(.+)@([^?]+)/.exec(packageUrl) ?? [];
  return { id: packageUrl, ecosystem, name, version, packageUrl, locations: [{ path, layerIndex, layerDiffId: `sha256:${String(layerIndex).repeat(64)}` }] };
}

const components: readonly ReportComponent[] = [
  component('pkg:npm/app@1.0.0', '/app/package.json', 1),
  component('pkg:npm/lodash@4.17.20', '/app/node_modules/lodash/package.json', 1),
  component('pkg:npm/minimist@0.0.8', '/app/node_modules/minimist/package.json', 1),
  component('pkg:npm/evil@1.0.0', '/app/node_modules/evil/package.json', 1),
  component('pkg:npm/ws@7.0.0', '/app/node_modules/ws/package.json', 1),
  component('pkg:deb/debian/bash@5.2-1?distro=debian-12', '/var/lib/dpkg/status', 0),
  component('pkg:deb/debian/zlib1g@1.2-1?distro=debian-12', '/var/lib/dpkg/status', 0),
];

const range = (ecosystem: string, name: string, fixed?: string, more: object = {}): object => ({ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, ...(fixed === undefined ? [] : [{ fixed }])] }], ...more });
const cvss = (score: string): object => ({ severity: [{ type: 'CVSS_V3', score: `CVSS:3.1/${score}` }] });

const npm: readonly RecordForTest[] = [
  { id: 'GHSA-aaaa-aaaa-aaaa', aliases: ['CVE-2021-23337'], summary: 'Command injection in "lodash", by a template', published: '2021-05-06T16:05:51Z', ...cvss('AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H'), affected: [range('npm', 'lodash', '4.17.21')] },
  { id: 'GHSA-bbbb-bbbb-bbbb', aliases: ['CVE-2020-7598'], summary: 'Prototype pollution', ...cvss('AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L'), affected: [range('npm', 'minimist', '0.2.1')] },
  { id: 'GHSA-cccc-cccc-cccc', aliases: ['CVE-2024-37890'], summary: 'Denial of service', ...cvss('AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H'), affected: [range('npm', 'ws')] },
  { id: 'MAL-2024-1', summary: 'Malicious code in evil', affected: [{ package: { ecosystem: 'npm', name: 'evil' }, versions: ['1.0.0'] }] },
];
const debian: readonly RecordForTest[] = [
  { id: 'DEBIAN-CVE-2023-45853', upstream: ['CVE-2023-45853'], affected: [range('Debian:12', 'zlib1g', undefined, { ecosystem_specific: { urgency: 'unimportant' } })] },
  { id: 'DEBIAN-CVE-2024-9999', upstream: ['CVE-2024-9999'], ...cvss('AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'), affected: [range('Debian:12', 'bash', '5.2-2')] },
];

const vex = {
  '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.org/vex/1', author: 'Acme Security', timestamp: '2026-07-01T00:00:00Z', version: 1,
  statements: [
    { vulnerability: { name: 'CVE-2020-7598' }, products: [{ '@id': 'pkg:npm/minimist' }], status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path', impact_statement: 'Arguments are fixed.' },
    { vulnerability: { name: 'CVE-2024-9999' }, products: [{ '@id': 'pkg:deb/debian/bash' }], status: 'affected', action_statement: 'Do not start a shell.' },
  ],
};

const exceptions = `
exceptions:
  - vulnerability: CVE-2024-37890
    package: pkg:npm/ws
    reason: only reachable from inside
    author: jane@example.org
    expires: 2026-12-31
`;

/** One of everything a report can hold: open, hidden, malicious, judged by a VEX document, excepted; for tests. */
export async function exampleReport(): Promise<Report> {
  await using made = await databaseOf({ npm, Debian: debian });
  const image = { name: 'ghcr.io/acme/shop', tag: '1.4', digest, platform: { os: 'linux', architecture: 'amd64' }, layers: [{ createdBy: 'ADD rootfs.tar /' }, { createdBy: 'RUN npm ci' }] };
  const distribution = { id: 'debian', idLike: [], versionId: '12', prettyName: 'Debian GNU/Linux 12' };
  const relationships = [1, 2, 3, 4].map((index) => ({ from: components[0]?.id ?? '', to: components[index]?.id ?? '', kind: 'depends-on' })).slice(0, 2);
  const subject = { image: { ...image, digests: [digest] }, distribution, components, relationships };
  const matched = matchComponents({ components, distribution }, made.database);
  const judged = applyVex(matched, [readVex(JSON.stringify(vex), { location: 'vex.json' })], subject).result;
  const { result } = applyExceptions(judged, readExceptions(exceptions, 'exceptions.yaml'), subject, '2026-08-01T00:00:00Z');
  // The folder of the sources is a temporary one.
  const sources = made.database.sources().map((source) => ({ ...source, location: `${source.name}.zip` }));
  return { tool: { name: 'ESSCM', version: '0.1.0' }, image, distribution, components, relationships, result, sources };
}

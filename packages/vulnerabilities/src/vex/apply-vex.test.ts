import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding, MatchResult } from '../matchers/finding.js';
import type { MatchComponent } from '../matchers/match-input.js';
import { applyVex } from './apply-vex.js';
import { readVex } from './read-vex.js';
import type { VexDocument } from './vex-document.js';
import type { VexSubject } from './vex-subject.js';

const digest = `sha256:${'a'.repeat(64)}`;
const image = { name: 'ghcr.io/acme/shop', tag: '1.4', digests: [digest] };

function component(packageUrl: string, more: Partial<MatchComponent> = {}): MatchComponent {
  const [, ecosystem = '', name = '', version = ''] = /^pkg:([a-z]+)\/(.+)@([^?]+)/.exec(packageUrl) ?? [];
  return { id: packageUrl, ecosystem, name, version, packageUrl, locations: [{ path: `/${name}` }], ...more };
}

function finding(of: MatchComponent, identifiers: readonly string[] = ['CVE-2024-1', 'GHSA-aaaa-bbbb-cccc']): Finding {
  const [id = ''] = identifiers;
  return {
    id, identifiers, componentId: of.id, component: { name: of.name, version: of.version, ecosystem: of.ecosystem, packageUrl: of.packageUrl, paths: [] }, summary: '',
    severity: { level: 'high', source: 'test' }, ratings: [], fix: { state: 'unfixed', version: undefined, alsoFixedIn: [] }, class: 'vulnerability', hidden: false, confidence: 'high',
    evidence: [], notes: [], enrichment: undefined, published: undefined, ownedBy: undefined,
  };
}

function result(...findings: readonly Finding[]): MatchResult {
  return { findings, suppressed: [], notices: [], counts: { critical: 0, high: findings.length, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 } };
}

interface Said {
  readonly status: string;
  readonly of?: string;
  readonly in?: string;
  readonly at?: string;
  readonly about?: string;
}

/** An OpenVEX document with one statement. */
function says({ status, of, in: within, at = '2024-01-01T00:00:00Z', about = 'CVE-2024-1' }: Said, attachedTo: readonly string[] = []): VexDocument {
  const product = within ?? of;
  const text = JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0', '@id': `https://example.org/${status}/${at}`, author: 'Acme', timestamp: at, version: 1,
    statements: [{ vulnerability: { name: about }, status, ...(product === undefined ? {} : { products: [{ '@id': product, ...(within === undefined || of === undefined ? {} : { subcomponents: [{ '@id': of }] }) }] }) }],
  });
  return readVex(text, { location: 'test.json', attachedTo });
}

const lodash = component('pkg:npm/lodash@4.17.20');
const subject: VexSubject = { image, components: [lodash] };

function decide(documents: readonly VexDocument[], of: VexSubject = subject, about = lodash): string | undefined {
  const { result: judged } = applyVex(result(finding(about)), documents, of);
  return [...judged.findings, ...judged.suppressed.map((entry) => entry.finding)][0]?.vex?.status;
}

test('a package type that is the name of a property of every object is an unknown type', () => {
  expect(decide([says({ status: 'fixed', of: 'pkg:constructor/lodash' })])).toBeUndefined();
});

describe('a statement applies to', () => {
  test.each<[string, Said, boolean]>([
    ['the component in this very version', { status: 'fixed', of: 'pkg:npm/lodash@4.17.20' }, true],
    ['the component in every version', { status: 'fixed', of: 'pkg:npm/lodash' }, true],
    ['not another version', { status: 'fixed', of: 'pkg:npm/lodash@4.17.19' }, false],
    ['not another package', { status: 'fixed', of: 'pkg:npm/%40acme/lodash' }, false],
    ['not another vulnerability', { status: 'fixed', of: 'pkg:npm/lodash', about: 'CVE-2024-2' }, false],
    ['the vulnerability by any of its names', { status: 'fixed', of: 'pkg:npm/lodash', about: 'ghsa-aaaa-bbbb-cccc' }, true],
    ['the image by digest', { status: 'fixed', in: `pkg:oci/shop@${digest.replace(':', '%3A')}` }, true],
    ['not another digest', { status: 'fixed', in: `pkg:oci/shop@sha256:${'b'.repeat(64)}` }, false],
    ['the image by repository', { status: 'fixed', in: 'pkg:oci/shop?repository_url=ghcr.io/acme/shop' }, true],
    ['the image by the repository its name is in', { status: 'fixed', in: 'pkg:oci/shop?repository_url=ghcr.io/acme' }, true],
    ['not another repository', { status: 'fixed', in: 'pkg:oci/shop?repository_url=ghcr.io/other/shop' }, false],
    ['the image by tag', { status: 'fixed', in: 'pkg:oci/shop?repository_url=ghcr.io/acme/shop&tag=1.4' }, true],
    ['not another tag', { status: 'fixed', in: 'pkg:oci/shop?repository_url=ghcr.io/acme/shop&tag=1.5' }, false],
    ['the image as it is typed for a pull', { status: 'fixed', in: 'ghcr.io/acme/shop:1.4' }, true],
    ['a component of the image', { status: 'fixed', in: 'pkg:oci/shop?repository_url=ghcr.io/acme/shop', of: 'pkg:npm/lodash' }, true],
    ['not another component of the image', { status: 'fixed', in: 'pkg:oci/shop?repository_url=ghcr.io/acme/shop', of: 'pkg:npm/minimist' }, false],
    ['not the component in another image', { status: 'fixed', in: 'pkg:oci/basket', of: 'pkg:npm/lodash' }, false],
  ])('%s', (_what, said, expected) => {
    expect(decide([says(said)])).toBe(expected ? said.status : undefined);
  });

  test('the image it is attached to, and no other, when it names no product', () => {
    expect([decide([says({ status: 'fixed' }, [digest])]), decide([says({ status: 'fixed' }, ['sha256:0'])]), decide([says({ status: 'fixed' })])]).toEqual(['fixed', undefined, undefined]);
  });

  test('a module of a program whose main module is the product', () => {
    const main = component('pkg:golang/github.com/acme/tool@v1.0.0', { locations: [{ path: '/tool' }] });
    const module = component('pkg:golang/golang.org/x/net@v0.1.0', { locations: [{ path: '/tool' }] });
    const elsewhere = component('pkg:golang/golang.org/x/net@v0.1.0', { id: 'other', locations: [{ path: '/other' }] });
    const components = { components: [main, module, elsewhere] };
    const document = says({ status: 'not_affected', in: 'pkg:golang/github.com/acme/tool', of: 'pkg:golang/golang.org/x/net@0.1.0' });
    expect([decide([document], components, module), decide([document], components, elsewhere)]).toEqual(['not_affected', undefined]);
  });

  test('what a package depends on, what it owns, and what an archive holds', () => {
    const document = says({ status: 'not_affected', in: 'pkg:npm/app', of: 'pkg:npm/lodash' });
    const app = component('pkg:npm/app@1.0.0');
    const between = component('pkg:npm/between@1.0.0');
    const chain = [{ from: app.id, to: between.id }, { from: between.id, to: lodash.id }, { from: lodash.id, to: between.id }];
    expect(decide([document], { components: [app, between, lodash], relationships: chain })).toBe('not_affected');
    expect(decide([document], { components: [app, between, lodash] })).toBeUndefined();
    const owned = { ...lodash, ownedBy: app.id };
    expect(decide([document], { components: [app, owned] }, owned)).toBe('not_affected');
    const inside = { ...lodash, locations: [{ path: '/app.zip!/lodash' }] };
    expect(decide([document], { components: [{ ...app, locations: [{ path: '/app.zip' }] }, inside] }, inside)).toBe('not_affected');
  });
});

describe('the statement that decides', () => {
  test.each<[string, readonly Said[], string]>([
    ['is the one about this image, not the older one about the library', [{ status: 'affected', of: 'pkg:npm/lodash@4.17.20', at: '2025-01-01T00:00:00Z' }, { status: 'not_affected', in: 'pkg:oci/shop?repository_url=ghcr.io/acme/shop', of: 'pkg:npm/lodash' }], 'not_affected'],
    ['is the one about this digest, not the one about the repository', [{ status: 'not_affected', in: 'pkg:oci/shop?repository_url=ghcr.io/acme/shop', at: '2025-01-01T00:00:00Z' }, { status: 'affected', in: `pkg:oci/shop@${digest}` }], 'affected'],
    ['is the one about this version, not the one about all', [{ status: 'fixed', of: 'pkg:npm/lodash@4.17.20' }, { status: 'affected', of: 'pkg:npm/lodash', at: '2025-01-01T00:00:00Z' }], 'fixed'],
    ['is the later of equally near ones', [{ status: 'under_investigation', of: 'pkg:npm/lodash' }, { status: 'not_affected', of: 'pkg:npm/lodash', at: '2024-02-01T00:00:00Z' }], 'not_affected'],
    ['compares times across zones', [{ status: 'affected', of: 'pkg:npm/lodash', at: '2024-02-01T00:30:00Z' }, { status: 'not_affected', of: 'pkg:npm/lodash', at: '2024-02-01T01:00:00+02:00' }], 'affected'],
    ['is the more cautious of equally late ones', [{ status: 'not_affected', of: 'pkg:npm/lodash' }, { status: 'affected', of: 'pkg:npm/lodash' }], 'affected'],
  ])('%s', (_what, said, expected) => {
    expect(decide(said.map((each) => says(each)))).toBe(expected);
    expect(decide(said.map((each) => says(each)).toReversed())).toBe(expected);
  });
});

test('a decision explains itself, and findings taken out are kept with the reason', () => {
  const trivy = readVex(readFileSync(path.join(import.meta.dirname, 'fixtures/trivy.openvex.json'), 'utf8'), { location: 'trivy.openvex.json' });
  const busybox = component('pkg:apk/alpine/busybox@1.36.1-r15?arch=x86_64&distro=alpine-3.19.1');
  const about = [finding(busybox, ['CVE-2023-42363']), finding(busybox, ['CVE-2099-1'])];
  const distribution = says({ status: 'affected', of: 'pkg:apk/alpine/busybox', about: 'CVE-2023-42363' });
  const applied = applyVex(result(...about), [trivy, distribution], { image: { name: 'public.ecr.aws/aquasecurity/trivy', tag: '0.50', digests: [] }, components: [busybox] });
  const verdict = {
    status: 'not_affected',
    justification: 'vulnerable_code_cannot_be_controlled_by_adversary',
    impact: 'awk is not used',
    author: 'Aqua Security',
    documentId: 'https://openvex.dev/docs/public/vex-8e30ed756ae8e4196af93bf43edf68360f396a98c0268787453a3443b26e7d6c',
    location: 'trivy.openvex.json',
    timestamp: '2024-07-10T12:17:44.60495+04:00',
    reason: 'It speaks of pkg:apk/alpine/busybox in pkg:oci/trivy?repository_url=public.ecr.aws%2Faquasecurity%2Ftrivy. Others speak of it less closely.',
    overruled: ['Acme, 2024-01-01T00:00:00Z: affected, of pkg:apk/alpine/busybox'],
  };
  expect(applied).toEqual({
    result: {
      findings: [about[1]],
      suppressed: [{ finding: { ...about[0], vex: verdict }, by: 'vex', reason: 'Aqua Security states not affected: vulnerable code cannot be controlled by adversary; awk is not used' }],
      notices: [],
      counts: { critical: 0, high: 1, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 },
    },
    documents: [{ document: trivy, decided: 1 }, { document: distribution, decided: 0 }],
  });
});

test('a statement of affected keeps the finding, and brings back one left to the distribution', () => {
  const left = { ...result(), suppressed: [{ finding: finding(lodash), by: 'distribution' as const, reason: 'Part of node' }] };
  const back = applyVex(left, [says({ status: 'affected', of: 'pkg:npm/lodash' })], subject).result;
  expect([back.findings.map((each) => each.vex?.status), back.suppressed, back.counts.high]).toEqual([['affected'], [], 1]);
  expect(applyVex(left, [says({ status: 'not_affected', of: 'pkg:npm/lodash' })], subject).result.suppressed).toMatchObject([{ by: 'distribution', finding: { vex: { status: 'not_affected' } } }]);
});

describe('a published statement of Red Hat', () => {
  const redHat = readVex(readFileSync(path.join(import.meta.dirname, 'fixtures/cve-2026-0968.csaf.json'), 'utf8'), { location: 'cve-2026-0968.json' });
  const libssh = component('pkg:rpm/rhel/libssh@0.10.4-13.el9?arch=x86_64&distro=rhel-9.4&upstream=libssh-0.10.4-13.el9.src.rpm', { name: 'libssh', version: '0.10.4-13.el9', source: { name: 'libssh', version: '0.10.4-13.el9' } });
  const judge = (of: MatchComponent, id: string, versionId: string): string | undefined => {
    const { result: judged } = applyVex(result(finding(of, ['CVE-2026-0968'])), [redHat], { distribution: { id, idLike: [], versionId }, components: [of] });
    const [vex] = [...judged.findings, ...judged.suppressed.map((entry) => entry.finding)].flatMap((each) => each.vex ?? []);
    return vex === undefined ? undefined : `${vex.status}: ${vex.action ?? vex.justification ?? ''}`;
  };
  const libssh2 = component('pkg:rpm/rhel/libssh2@1.4.2-3.el6?arch=x86_64', { name: 'libssh2', version: '1.4.2-3.el6' });

  test.each([
    ['RHEL 9', libssh, 'rhel', '9.4', 'affected: Affected'],
    ['RHEL 8', libssh, 'rhel', '8.10', 'affected: Fix deferred'],
    ['RHEL 6, another package', libssh2, 'rhel', '6.10', 'not_affected: vulnerable_code_not_present'],
    ['a release it does not name', libssh, 'rhel', '7.9', undefined],
    ['another distribution', libssh, 'fedora', '9', undefined],
    ['a distribution that has the name of a property of every object', libssh, 'constructor', '9', undefined],
    ['a package built from the source it names', component('pkg:rpm/rhel/libssh-extra@0.10.4-13.el9', { name: 'libssh-extra', source: { name: 'libssh', version: '0.10.4-13.el9' } }), 'rhel', '9.4', 'affected: Affected'],
  ])('on %s', (_what, of, id, versionId, expected) => {
    expect(judge(of, id, versionId)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, alpineRelease, debianRelease } from '../../test-support/catalogue-fixture.js';
import { hasSharedFixtures, readSharedFixture, sharedFixtures } from '../../test-support/shared-fixtures.js';
import { fromOsRelease } from './identify-distribution.js';
import { parseOsRelease } from './parse-os-release.js';

describe('parseOsRelease', () => {
  it.each([
    ['plain values', 'ID=debian', { ID: 'debian' }],
    ['double quotes', 'NAME="Debian GNU/Linux"', { NAME: 'Debian GNU/Linux' }],
    ['single quotes', "NAME='a \"b\" $c'", { NAME: 'a "b" $c' }],
    ['escapes in double quotes', 'NAME="a \\"b\\" \\$c \\\\d \\e"', { NAME: 'a "b" $c \\d \\e' }],
    ['empty values', 'A=\nB=""', { A: '', B: '' }],
    ['comments, blank lines and lines that assign nothing', '# ID=no\n\nnonsense\nID=yes', { ID: 'yes' }],
    ['the last of two', 'ID=a\nID=b', { ID: 'b' }],
    ['line ends of other systems', 'ID=debian\r\nVERSION_ID="8"\r\n', { ID: 'debian', VERSION_ID: '8' }],
    ['blanks without quotes', 'PRETTY_NAME=Wind River Linux 7', { PRETTY_NAME: 'Wind River Linux 7' }],
    ['a quote that is never closed', 'NAME="abc', { NAME: 'abc' }],
  ])('reads %s', (_what, text, expected) => {
    expect(Object.fromEntries(parseOsRelease(text))).toEqual(expected);
  });
});

describe('the distribution of an image', () => {
  const debian = { id: 'debian', idLike: [], versionId: '12', codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)' };
  const alpine = { id: 'alpine', idLike: [], versionId: '3.20.1' };

  it.each([
    ['/etc/os-release', [{ 'etc/os-release': debianRelease }], debian],
    ['/usr/lib/os-release alone', [{ 'usr/lib/os-release': debianRelease }], debian],
    ['the first of both', [{ 'usr/lib/os-release': debianRelease, 'etc/os-release': alpineRelease }], alpine],
    ['a link to the other', [{ 'usr/lib/os-release': debianRelease, 'etc/os-release': '->../usr/lib/os-release' }], debian],
    ['a link to a file of another name', [{ 'usr/lib/os.release.d/os-release': debianRelease, 'etc/os-release': '->/usr/lib/os.release.d/os-release' }], debian],
    ['the upper layer, after an upgrade', [{ 'etc/os-release': 'ID=debian\nVERSION_ID=11\n' }, { 'etc/os-release': debianRelease }], debian],
    ['the lower layer, when the upper one deletes one of both', [{ 'etc/os-release': alpineRelease, 'usr/lib/os-release': debianRelease }, { 'etc/.wh.os-release': '' }], debian],
    ['Alpine without os-release', [{ 'etc/alpine-release': '2.6.6\n' }], { id: 'alpine', idLike: [], versionId: '2.6.6' }],
    ['Debian without os-release', [{ 'etc/debian_version': '12.5\n' }], { id: 'debian', idLike: [], versionId: '12' }],
    ['CentOS 6', [{ 'etc/centos-release': 'CentOS release 6.10 (Final)\n', 'etc/redhat-release': '->centos-release' }], { id: 'centos', idLike: [], versionId: '6.10', prettyName: 'CentOS release 6.10 (Final)' }],
    ['Oracle Linux 6, which calls itself Red Hat in one of two files', [{ 'etc/oracle-release': 'Oracle Linux Server release 6.10\n', 'etc/redhat-release': 'Red Hat Enterprise Linux Server release 6.10 (Santiago)\n' }], { id: 'ol', idLike: [], versionId: '6.10', prettyName: 'Oracle Linux Server release 6.10' }],
    ['Amazon Linux by its release file', [{ 'etc/system-release': 'Amazon Linux AMI release 2018.03\n' }], { id: 'amzn', idLike: [], versionId: '2018.03', prettyName: 'Amazon Linux AMI release 2018.03' }],
    ['a release file of something else', [{ 'etc/redhat-release': 'Other release 1\n' }], undefined],
    ['no number in debian_version, which Ubuntu ships too', [{ 'etc/debian_version': 'bookworm/sid\n' }], undefined],
    ['a file without ID', [{ 'etc/os-release': 'VERSION_ID=8\nID_LIKE="debian other"\n' }], { id: 'linux', idLike: ['debian', 'other'], versionId: '8' }],
    ['an image without any', [{ a: '' }], undefined],
  ])('comes from %s', async (_what, layers, expected) => {
    expect((await catalogueOf(layers)).distribution).toEqual(expected);
  });
});

describe('repositories of an image', () => {
  const redHat = 'ID="rhel"\nID_LIKE="fedora"\nVERSION_ID="9.4"\n';
  const manifest = (...names: readonly unknown[]): string => JSON.stringify({ metadata: { icm_version: 1, image_layer_index: 1 }, content_sets: names, image_contents: [] });

  it.each<[string, Readonly<Record<string, string>>, object]>([
    ['none', {}, {}],
    ['those of every content manifest, each once', { 'root/buildinfo/content_manifests/ubi.json': manifest('b', 'a__9_DOT_4'), 'root/buildinfo/content_manifests/app.json': manifest('c', 'b') }, { contentSets: ['a__9_DOT_4', 'b', 'c'] }],
    ['those of newer builds, with the product', { 'usr/share/buildinfo/content-sets.json': manifest('a'), 'usr/share/buildinfo/labels.json': '{"cpe":"cpe:/a:redhat:enterprise_linux:9::el9","name":"ubi9"}' }, { contentSets: ['a'], productCpe: 'cpe:/a:redhat:enterprise_linux:9::el9' }],
    ['none of manifests that list contents alone', { 'root/buildinfo/content_manifests/sbom.json': '{"image_contents":{"dependencies":[]}}' }, {}],
    ['none of wrong shapes', { 'root/buildinfo/content_manifests/a.json': manifest(1, '', null, 'x'.repeat(600)), 'root/buildinfo/labels.json': '{"cpe":["x"]}', 'usr/share/buildinfo/other.json': '[1]' }, {}],
    ['none of other folders', { 'srv/root/buildinfo/content_manifests/a.json': manifest('a') }, {}],
  ])('are %s', async (_what, files, expected) => {
    const { distribution, diagnostics } = await catalogueOf([{ 'etc/os-release': redHat, ...files }]);
    expect([distribution, diagnostics]).toEqual([{ id: 'rhel', idLike: ['fedora'], versionId: '9.4', ...expected }, []]);
  });

  it('are those of the final view', async () => {
    const path = 'root/buildinfo/content_manifests/a.json';
    const { distribution } = await catalogueOf([{ 'etc/os-release': redHat, [path]: manifest('a') }, { [path]: manifest('b') }]);
    expect(distribution?.contentSets).toEqual(['b']);
  });

  it('are said not to be readable', async () => {
    const { diagnostics } = await catalogueOf([{ 'etc/os-release': redHat, 'root/buildinfo/content_manifests/a.json': '{' }]);
    expect(diagnostics).toMatchObject([{ code: 'build-information-unreadable', severity: 'notice', path: '/root/buildinfo/content_manifests/a.json' }]);
  });

  it.each(hasSharedFixtures ? ['misc/syft-os/rhel_content_manifests'] : [])('agree with the collection: %s', async (folder) => {
    const files = sharedFixtures(folder, '').filter((name) => /os-release$|\.json$/.test(name));
    const { distribution } = await catalogueOf([Object.fromEntries(files.map((name) => [name.slice(folder.length + 1).replace(/-container-.*(?=\.json)/, ''), readSharedFixture(name)]))]);
    // jq -r '.content_sets[]' on both files, sorted, each once.
    expect(distribution?.contentSets).toEqual([
      'rhel-9-for-x86_64-appstream-eus-rpms__9_DOT_4',
      'rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4',
      'rhel-9-for-x86_64-rt-rpms__9_DOT_4',
      'rhocp-4.16-for-rhel-9-x86_64-rpms',
    ]);
  });
});

/** What a POSIX shell makes of each file; see the README of the collection. */
const witness = z.record(
  z.string(),
  z.object({ id: z.string().optional(), idLike: z.string().optional(), versionId: z.string().optional(), codename: z.string().optional(), prettyName: z.string().optional() }),
);
const collection = hasSharedFixtures ? Object.entries(witness.parse(JSON.parse(readSharedFixture('os-release/expected.json')))) : [];

describe('os-release files of many distributions', () => {
  it.each(collection)('%s', (name, expected) => {
    const found = fromOsRelease(Object.fromEntries(parseOsRelease(readSharedFixture(`os-release/${name}`))));
    // A shell keeps the carriage return of files with such line ends; it is no part of a name.
    const clean = (text: string | undefined): string | undefined => (text === '' ? undefined : text?.replace(/\r$/, ''));
    expect({ ...found, codename: undefined }).toEqual({
      id: clean(expected.id)?.toLowerCase() ?? 'linux',
      idLike: (expected.idLike ?? '').split(' ').filter((id) => id !== ''),
      versionId: clean(expected.versionId),
      // A shell refuses the unquoted blanks of this one file.
      prettyName: name === 'chef/wrlinux' ? 'Wind River Linux 7.0.0.2' : clean(expected.prettyName),
      codename: undefined,
    });
    expect(expected.codename === undefined ? undefined : found.codename).toBe(clean(expected.codename));
  });
});

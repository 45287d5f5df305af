import { deflateSync } from 'node:zlib';
import { alpineRelease, debianRelease } from '../catalogue-fixture.js';
import { assemblyFile, singleFileProgram, standardKey, versionResource } from '../assembly-fixture.js';
import { elfFile } from '../elf-fixture.js';
import { goProgram, macGoProgram, oldGoProgram, windowsGoProgram } from '../go-fixture.js';
import { macProgram, universalProgram, windowsProgram } from '../program-fixture.js';
import { berkeleyDatabase, ndbDatabase, rpmPackage, sqliteDatabase } from '../rpm-fixture.js';
import { zipFile } from '../zip-fixture.js';

/** A file of an image as it should be, to be damaged. */
export interface Seed {
  /** In the image; decides which cataloguers read it. */
  readonly path: string;
  readonly content: Buffer;
  /** What its damage can make use of. */
  readonly form: 'bytes' | 'text' | 'json';
  /** Files that have to be there for it to count. */
  readonly beside?: Readonly<Record<string, string>>;
}

const text = (path: string, content: string, beside: Readonly<Record<string, string>> = {}): Seed => ({ path, content: Buffer.from(content), form: 'text', beside });
const json = (path: string, content: unknown): Seed => ({ path, content: Buffer.from(JSON.stringify(content)), form: 'json' });
const bytes = (path: string, content: Buffer): Seed => ({ path, content, form: 'bytes' });

const rpmHeaders = [rpmPackage('bash', '5.1.8-9.el9', { 1014: 'GPLv3+', 1044: 'bash-5.1.8-9.el9.src.rpm' }), rpmPackage('zlib', '1.2.11-40.el9')];
const pom = 'groupId=org.example\nartifactId=library\nversion=1.0.0\n';
const jar = zipFile({ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\nImplementation-Title: library\nImplementation-Version: 1.0.0\n', 'META-INF/maven/org.example/library/pom.properties': pom, 'org/example/A.class': 'x' });
const goModules = 'path\texample.org/app\nmod\texample.org/app\tv1.2.3\th1:abc=\ndep\tgolang.org/x/text\tv0.3.7\th1:def=\n';
const crates = { packages: [{ name: 'app', version: '0.1.0', source: 'local', root: true, dependencies: [1] }, { name: 'serde', version: '1.0.0', source: 'crates.io' }] };

/** One for each kind of file that a parser of ours reads. */
export const seeds: readonly Seed[] = [
  text('etc/os-release', debianRelease),
  text('usr/lib/os-release', 'NAME="Red Hat"\nID="rhel"\nID_LIKE="fedora"\nVERSION_ID="9.4"\nPRETTY_NAME="Red Hat Enterprise Linux 9.4"\n'),
  text('var/lib/dpkg/status', 'Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nMulti-Arch: same\nSource: glibc (2.36-9)\nVersion: 2.36-9+deb12u9\nDepends: libgcc-s1, libcrypt1 (>= 1:4.4) | other\nDescription: GNU C\n Library\n  more\n\nPackage: base-files\nStatus: install ok installed\nVersion: 12.4\nArchitecture: amd64\n', { 'etc/os-release': debianRelease }),
  text('var/lib/dpkg/status.d/base', 'Package: base-files\nVersion: 12.4\nArchitecture: amd64\nMaintainer: A <a@b>\n', { 'etc/os-release': debianRelease }),
  text('var/lib/dpkg/info/libc6.list', '/.\n/lib\n/lib/libc.so.6\n', { 'etc/os-release': debianRelease }),
  text('usr/share/doc/libc6/copyright', 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nCopyright: 2020 A\nLicense: GPL-2+ or MIT\n text\n .\n more\n', { 'var/lib/dpkg/status': 'Package: libc6\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n' }),
  text('lib/apk/db/installed', 'C:Q1abc=\nP:musl\nV:1.2.5-r0\nA:x86_64\nT:the musl c library\nL:MIT\no:musl\nD:so:libc.musl-x86_64.so.1\np:so:libc.musl-x86_64.so.1=1\nF:lib\nR:ld-musl-x86_64.so.1\nZ:Q1x=\n\nP:zlib\nV:1.3.1-r1\nA:x86_64\nL:Zlib\nD:so:libc.musl-x86_64.so.1\n\n', { 'etc/os-release': alpineRelease }),
  bytes('var/lib/rpm/rpmdb.sqlite', sqliteDatabase(rpmHeaders)),
  bytes('usr/lib/sysimage/rpm/Packages.db', ndbDatabase(rpmHeaders)),
  bytes('var/lib/rpm/Packages', berkeleyDatabase(rpmHeaders, 'little')),
  bytes('var/lib/rpm/Packages', berkeleyDatabase(rpmHeaders, 'big', true)),
  json('app/node_modules/left-pad/package.json', { name: 'left-pad', version: '1.3.0', license: 'WTFPL', dependencies: { a: '^1.0.0' }, author: { name: 'A' }, licenses: [{ type: 'MIT' }], repository: { url: 'git+https://example.org/a.git' } }),
  text('usr/lib/python3/dist-packages/flask-2.0.dist-info/METADATA', 'Metadata-Version: 2.1\nName: Flask\nVersion: 2.0.1\nLicense: BSD-3-Clause\nClassifier: License :: OSI Approved :: BSD License\nRequires-Dist: click (>=7.1.2)\nRequires-Dist: asgiref ; extra == "async"\n\nbody\n'),
  text('usr/lib/python3/dist-packages/old.egg-info', 'Metadata-Version: 1.0\nName: old\nVersion: 1.0\n'),
  bytes('srv/library-1.0.0.jar', jar),
  bytes('srv/app.jar', zipFile([{ name: 'BOOT-INF/lib/library-1.0.0.jar', content: jar, isStored: true }, { name: 'META-INF/MANIFEST.MF', content: 'Manifest-Version: 1.0\n' }])),
  bytes('usr/local/bin/app', goProgram('go1.22.1', goModules)),
  bytes('usr/local/bin/old', oldGoProgram('go1.16', goModules)),
  bytes('usr/local/bin/app.exe', windowsGoProgram('go1.22.1', goModules)),
  bytes('usr/local/bin/mac', macGoProgram('go1.22.1', goModules)),
  bytes('usr/local/bin/rusty', elfFile({ sections: { '.text': Buffer.alloc(300), '.dep-v0': deflateSync(JSON.stringify(crates)) } })),
  json('app/App.deps.json', { runtimeTarget: { name: '.NETCoreApp,Version=v8.0' }, targets: { '.NETCoreApp,Version=v8.0': { 'App/1.0.0': { dependencies: { A: '1.0.0' } }, 'A/1.0.0': { runtime: { 'lib/A.dll': {} } } } }, libraries: { 'App/1.0.0': { type: 'project' }, 'A/1.0.0': { type: 'package', sha512: 'sha512-abc' } } }),
  bytes('app/A.dll', assemblyFile({ name: 'A', publicKey: standardKey, references: ['B', 'C'], strings: { ProductVersion: '1.2.3+abc', CompanyName: 'A' } })),
  bytes('srv/single.exe', singleFileProgram({ 'A.deps.json': JSON.stringify({ runtimeTarget: { name: 'x' }, targets: { x: { 'A/1.0.0': { runtime: { 'A.dll': {} } } } }, libraries: { 'A/1.0.0': { type: 'package' } } }) }, 6, 'windows')),
  bytes('srv/rust.exe', windowsProgram([{ name: '.dep-v0', content: deflateSync(JSON.stringify(crates)) }])),
  bytes('srv/universal', universalProgram([macProgram([{ name: '.dep-v0', content: deflateSync(JSON.stringify(crates)) }]), macGoProgram('go1.22.1', goModules)])),
  bytes('srv/library.dll', windowsProgram([{ name: '.rsrc', content: versionResource({ ProductName: 'Library', ProductVersion: '1.2.3' }), address: 0x2000 }], { resources: 0 })),
  bytes('usr/local/bin/single', singleFileProgram({ 'A.dll': 'MZ', 'A.deps.json': JSON.stringify({ runtimeTarget: { name: 'x' }, targets: { x: {} }, libraries: { 'A/1.0.0': { type: 'package' } } }) })),
  json('app/vendor/composer/installed.json', { packages: [{ name: 'monolog/monolog', version: '2.0.0', license: ['MIT'], require: { 'psr/log': '^1' }, type: 'library', 'install-path': '../monolog/monolog' }], 'dev-package-names': [] }),
  text('usr/lib/ruby/gems/3.1.0/specifications/rack-2.2.4.gemspec', '# -*- encoding: utf-8 -*-\n# stub: rack 2.2.4 ruby lib\n\nGem::Specification.new do |s|\n  s.name = "rack".freeze\n  s.version = "2.2.4"\n  s.licenses = ["MIT".freeze]\n  s.add_runtime_dependency(%q<a>.freeze, ["~> 1.0"])\nend\n'),
];

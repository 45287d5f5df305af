import { expect, it } from 'vitest';
import { PathRouter } from './path-router.js';
import { cataloguers } from './table.js';

/** For each cataloguer a path it wants, in the forms that its `candidates` tell apart. */
const wantedPaths: readonly string[] = [
  'etc/os-release', 'etc/alpine-release', 'etc/centos-release', 'root/buildinfo/content_manifests/ubi9.json', 'usr/share/buildinfo/labels.json',
  'var/lib/dpkg/status', 'var/lib/dpkg/status.d/base-files', 'var/lib/dpkg/info/libc6:amd64.list', 'var/lib/dpkg/info/libc6.md5sums', 'usr/share/doc/libc6/copyright',
  'lib/apk/db/installed', 'usr/lib/apk/db/installed',
  'var/lib/rpm/Packages', 'var/lib/rpm/Packages.db', 'var/lib/rpm/rpmdb.sqlite', 'var/lib/rpm/rpmdb.sqlite-wal', 'var/lib/rpmmanifest/container-manifest-2',
  'var/lib/chisel/manifest.wall', 'var/lib/pacman/local/bash-5.2-1/desc', 'var/lib/pacman/local/bash-5.2-1/files',
  'var/db/pkg/app-shells/bash-5.2/CONTENTS', 'var/db/pkg/app-shells/bash-5.2/LICENSE', 'usr/lib/opkg/status', 'usr/lib/opkg/info/busybox.control', 'usr/lib/opkg/info/busybox.list',
  'nix/store/0c5hbhc3j5w1pdyc2h9fk9v0y4fx7c2m-bash-5.2/bin/bash', 'usr/share/bottlerocket/application-inventory.json', 'opt/conda/conda-meta/numpy-1.26.0-py311.json',
  'app/package.json', 'app/node_modules/@scope/name/package.json', 'app/node_modules/.package-lock.json', 'package.json',
  'site-packages/requests-2.31.0.dist-info/METADATA', 'site-packages/requests-2.31.0.DIST-INFO/RECORD', 'site-packages/requests-2.31.0.dist-info/direct_url.json', 'site-packages/six.egg-info', 'site-packages/six.egg-info/PKG-INFO', 'site-packages/six.egg-info/installed-files.txt',
  'usr/bin/program', 'usr/lib/library.so.1', 'srv/app.jar', 'srv/APP.WAR', 'srv/plugin.hpi', 'srv/framework.lpkg', 'app/app.deps.json', 'app/App.dll', 'app/App.exe',
  'app/vendor/composer/installed.json', 'composer/installed.json', 'usr/lib/ruby/specifications/rake-13.0.gemspec', 'usr/lib/R/library/MASS/DESCRIPTION',
  'usr/lib/luarocks/rocks-5.1/penlight/1.0-1/penlight-1.0-1.rockspec', 'usr/lib/erlang/lib/kernel-9.0/ebin/kernel.app', 'usr/lib/ghc/package.conf.d/base-4.18.conf',
  'var/www/wp-includes/version.php', 'var/www/wp-content/plugins/akismet/akismet.php', 'var/www/wp-content/themes/one/style.css', 'usr/share/php/.registry/archive_tar.reg',
  'lib/modules/6.1.0/modules.builtin', 'boot/vmlinuz-6.1.0', 'lib/modules/6.1.0/extra/zfs.ko', 'opt/bitnami/redis/.spdx-redis.spdx', 'opt/bitnami/.bitnami_components.json',
  'usr/lib/jvm/java-17/release', 'app/bom.json', 'app/app.spdx', 'app/APP.CDX.JSON', 'app/app.cdx', 'site-packages/x-1.dist-info/sboms/auditwheel.cdx.json',
  'app/package-lock.json', 'app/requirements-dev.txt', 'app/Cargo.lock', 'usr/share/licenses/x/LICENSE', 'usr/sbin/nginx', 'Hives/Software_Delta', 'Files/Windows/System32/config/SOFTWARE', 'Files/Windows/System32/ntdll.dll', 'srv/archive.tar.gz', 'srv/ARCHIVE.ZIP',
];

/** Of a text and of a program. */
const sizes = [1000, 2_000_000];

it('knows a path that each cataloguer wants', () => {
  expect(cataloguers.filter((cataloguer) => !wantedPaths.some((path) => sizes.some((sizeBytes) => cataloguer.wants(path, 0o755, sizeBytes)))).map(({ name }) => name)).toEqual([]);
});

it.each([...wantedPaths, ...wantedPaths.map((path) => path.toUpperCase()), 'usr/share/man/man1/ls.1', 'etc/passwd', 'README', '.hidden', 'folder.with.dots/file', 'ends.in.dot.'])(
  'asks every cataloguer that wants %s',
  (path) => {
    for (const sizeBytes of sizes) {
      const wanting = cataloguers.filter((cataloguer) => cataloguer.wants(path, 0o755, sizeBytes)).map(({ name }) => name);
      const routed = new PathRouter(cataloguers).wantedBy(path, 0o755, sizeBytes).map(({ name }) => name);
      expect(routed.toSorted()).toEqual(wanting.toSorted());
    }
  },
);

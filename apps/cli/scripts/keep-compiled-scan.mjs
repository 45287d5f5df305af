// Part of the build: runs `esscm scan` of made images, so that the code which scans are compiled to is kept beside the program
// (`src/compiled/keep-compiled.ts`). What no image here asks for is compiled when it is first called.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { file, ImageBuilder, symlink, TestRegistry, whiteout, writeOciLayout } from '@esscm/testkit';

const run = promisify(execFile);
const keeper = join(import.meta.dirname, '../dist/compiled/keep-compiled.js');

/** As `bin/esscm` starts a scan. */
const flags = ['--max-semi-space-size=2', '--no-parallel-scavenge'];

/** Of 64 bits by its header, with neither segments nor sections, and large enough to be looked at in pieces. */
function program(text) {
  const content = Buffer.alloc(300_000, text);
  Buffer.from('7f454c46020101', 'hex').copy(content);
  content.writeUInt16LE(2, 16);
  content.writeUInt16LE(0x3e, 18);
  return file(content.fill(0, 32, 64), 0o755);
}

const names = Array.from({ length: 60 }, (_, index) => `made-${index}`);
const dpkgStatus = names.map((name) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nSource: ${name}-source\nVersion: 1:1.2-3\nDepends: made-1 (>= 1), libc6 | musl\nDescription: made\n made of lines\n`).join('\n');

const system = {
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
  'var/lib/dpkg/status': dpkgStatus,
  ...Object.fromEntries(names.flatMap((name) => [
    [`var/lib/dpkg/info/${name}.list`, `/.\n/usr\n/usr/bin\n/usr/bin/${name}\n`],
    [`var/lib/dpkg/info/${name}.md5sums`, `d41d8cd98f00b204e9800998ecf8427e  usr/bin/${name}\n`],
    [`usr/share/doc/${name}/copyright`, `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nCopyright: made\nLicense: GPL-2+\n\nLicense: GPL-2+\n made\n`],
    [`usr/bin/${name}`, file('#!/bin/sh\n', 0o755)],
  ])),
  'usr/bin/server': program('made of words '),
  'usr/bin/link': symlink('server'),
};

const alpine = {
  'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.1\nPRETTY_NAME="Alpine Linux v3.20"\n',
  'lib/apk/db/installed': names.map((name) => `C:Q1pSfxWcdAiqE1p0oZnBmBbAJvHkk=\nP:${name}\nV:1.2.3-r0\nA:x86_64\nL:MIT\no:${name}\nD:so:libc.musl-x86_64.so.1\np:cmd:${name}=1.2.3-r0\nF:usr/bin\nR:${name}\na:0:0:755\nZ:Q1pSfxWcdAiqE1p0oZnBmBbAJvHkk=\n`).join('\n'),
  'bin/busybox': program('BusyBox v1.36.1 '),
};

const application = {
  ...Object.fromEntries(names.flatMap((name) => [
    [`srv/node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', license: 'MIT', dependencies: { 'made-1': '^1.0.0' } })],
    [`srv/node_modules/${name}/LICENSE`, 'Permission is hereby granted, free of charge, to any person obtaining a copy\n'],
    [`srv/node_modules/${name}/index.js`, `module.exports = ${JSON.stringify('made '.repeat(1000))};\n`],
    [`usr/lib/python3/site-packages/${name}-1.0.dist-info/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\nLicense: MIT\nRequires-Dist: made-1 (>=1)\n\nmade\n`],
    [`usr/lib/python3/site-packages/${name}-1.0.dist-info/RECORD`, `${name}/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n`],
    [`usr/lib/ruby/gems/3.1.0/specifications/${name}-1.0.gemspec`, `Gem::Specification.new do |s|\n  s.name = "${name}".freeze\n  s.version = "1.0"\n  s.licenses = ["MIT".freeze]\nend\n`],
  ])),
  'srv/package-lock.json': JSON.stringify({ name: 'srv', lockfileVersion: 3, packages: { '': {}, 'node_modules/made-1': { version: '1.0.0', resolved: 'https://registry.example/made-1.tgz', integrity: 'sha512-AAAA' } } }),
  'usr/bin/tool': program('\xff Go buildinf:'),
  'usr/bin/made-2': whiteout(),
};

const image = (base, compression) => new ImageBuilder({ config: { Env: ['PATH=/usr/bin'], Labels: { made: 'yes' } } }).layer(base).layer(application, { compression }).build();
const images = { debian: image(system, 'gzip'), alpine: image(alpine, 'zstd') };

const folder = await mkdtemp(join(tmpdir(), 'esscm-compiled-'));
const registry = await TestRegistry.start();
try {
  await writeOciLayout(join(folder, 'debian'), [{ content: images.debian }]);
  await writeOciLayout(join(folder, 'alpine'), [{ content: images.alpine }]);
  registry.add('made', images.debian, { tags: ['1'] });
  const scans = [
    [`oci:${folder}/debian`, '--format', `cyclonedx-json=${folder}/cyclonedx.json`, '--format', 'table'],
    [`oci:${folder}/alpine`, '--format', `spdx-json=${folder}/spdx.json`, '--cache', `${folder}/facts`],
    [`oci:${folder}/alpine`, '--format', 'cyclonedx-json', '--cache', `${folder}/facts`],
    [`${registry.host}/made:1`, '--plain-http', '--format', 'cyclonedx-json'],
  ];
  // One after the other: each adds to what the last one has kept.
  for (const scan of scans) await run(process.execPath, [...flags, keeper, 'scan', ...scan]);
} finally {
  await registry[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
}

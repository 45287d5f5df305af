import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { elfFile } from '../../test-support/elf-fixture.js';
import { buildInformationBlob, goProgram, macGoProgram, oldGoProgram, windowsGoProgram } from '../../test-support/go-fixture.js';
import { universalProgram } from '../../test-support/program-fixture.js';
import { hasSharedFixtures, readSharedFixture } from '../../test-support/shared-fixtures.js';
import { chunksOf } from '../../test-support/tar-fixture.js';
import { BuildInformationScanner } from './build-information-scanner.js';
import { goRelease, parseBuildInformation } from './parse-build-information.js';

const modules = [
  'path\tgithub.com/Owner/app/cmd/app',
  'mod\tgithub.com/Owner/app\tv1.2.3\th1:x=',
  'dep\tgolang.org/x/net\tv0.17.0\th1:y=',
  'dep\tgithub.com/old/thing\tv1.0.0',
  '=>\tgithub.com/new/thing/v2\tv2.1.0\th1:z=',
  'dep\texample.com/local\tv1.0.0',
  '=>\t./local\t(devel)\t',
  'build\t-compiler=gc',
  '',
].join('\n');
const build = {
  goVersion: 'go1.22.1',
  main: { path: 'github.com/Owner/app', version: 'v1.2.3' },
  dependencies: [
    { path: 'golang.org/x/net', version: 'v0.17.0' },
    { path: 'github.com/new/thing/v2', version: 'v2.1.0' },
    { path: 'example.com/local', version: '(devel)' },
  ],
};

function scan(program: Buffer, chunkSize = 65_536): unknown {
  const scanner = BuildInformationScanner.of(program.subarray(0, 64));
  for (const piece of chunksOf(program, chunkSize)) if (scanner?.push(piece) !== true) break;
  return scanner?.finish().fact;
}

describe('the build information of a Go program', () => {
  const programs = [
    ['of Go 1.18 and later', goProgram('go1.22.1', modules)],
    ['in a 32-bit program', goProgram('go1.22.1', modules, { bits: 32 })],
    ['in a shared library of a big-endian machine', goProgram('go1.22.1', modules, { byteOrder: 'big', type: 3 })],
    ['in a program of Windows', windowsGoProgram('go1.22.1', modules)],
    ['in a program of macOS', macGoProgram('go1.22.1', modules)],
    ['of Go before 1.18', oldGoProgram('go1.22.1', modules)],
    ['of Go before 1.18, 32-bit and big-endian', oldGoProgram('go1.22.1', modules, { bits: 32, byteOrder: 'big' })],
  ] as const;

  it.each(programs)('%s is found', (_what, program) => {
    expect(scan(program)).toEqual(build);
  });

  it('of programs for several architectures is theirs together', async () => {
    const other = modules.replace('golang.org/x/net\tv0.17.0', 'golang.org/x/sys\tv0.13.0');
    const { components } = await catalogueOf([[{ name: 'usr/local/bin/app', content: universalProgram([macGoProgram('go1.22.1', modules), macGoProgram('go1.22.1', other)]) }]]);
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual([
      'pkg:golang/example.com/local',
      'pkg:golang/github.com/new/thing/v2@v2.1.0',
      'pkg:golang/github.com/owner/app@v1.2.3',
      'pkg:golang/golang.org/x/net@v0.17.0',
      'pkg:golang/golang.org/x/sys@v0.13.0',
      'pkg:golang/stdlib@1.22.1',
    ]);
  });

  it('without a module names the package of the program, and the toolchain by its own name', async () => {
    const { components } = await catalogueOf([
      [
        { name: 'usr/sbin/runc', content: goProgram('go1.19.8', 'path\tgithub.com/opencontainers/runc\nbuild\t-compiler=gc\n') },
        { name: 'usr/lib/go/bin/go', content: goProgram('go1.19.8', 'path\tcmd/go\nbuild\t-compiler=gc\n') },
        { name: 'usr/lib/go/pkg/tool/compile', content: goProgram('go1.19.8', 'path\tcmd/compile\n') },
        { name: 'usr/bin/script', content: goProgram('go1.19.8', 'path\tcommand-line-arguments\n') },
      ],
    ]);
    expect(components.filter(({ name }) => name !== 'stdlib').map(({ packageUrl, version, locations, evidence }) => [packageUrl, version, locations.map(({ path }) => path), evidence?.technique])).toEqual([
      ['pkg:golang/github.com/opencontainers/runc', '(devel)', ['/usr/sbin/runc'], undefined],
      ['pkg:golang/toolchain@1.19.8', '1.19.8', ['/usr/lib/go/bin/go', '/usr/lib/go/pkg/tool/compile'], 'binary-analysis'],
    ]);
  });

  it.each([1, 13, 64, 1000])('is found wherever the pieces of %d bytes end', (chunkSize) => {
    for (const [, program] of programs) expect(scan(program, chunkSize)).toEqual(build);
  });

  it.each([
    ['no ELF file', Buffer.from('#!/bin/sh\n'.repeat(20))],
    ['an ELF file of something else', elfFile({ segments: [{ content: Buffer.alloc(1000), isWritable: true }] })],
    ['the magic bytes outside of the data', elfFile({ segments: [{ content: buildInformationBlob('go1.22.1', modules), isWritable: false }] })],
    ['an object file', goProgram('go1.22.1', modules, { type: 1 })],
    ['a program cut short', goProgram('go1.22.1', modules).subarray(0, 1400)],
  ])('is not in %s', (_what, content) => {
    expect(scan(content)).toBeUndefined();
  });

  it('without modules still names the release', () => {
    expect([goProgram('go1.20', ''), oldGoProgram('go1.20', '')].map((program) => scan(program))).toEqual([{ goVersion: 'go1.20', dependencies: [] }, { goVersion: 'go1.20', dependencies: [] }]);
  });

  it('cannot be damaged so that reading it fails', () => {
    for (const [, program] of programs) {
      for (let position = 0; position < program.length; position += 3) {
        const damaged = Buffer.from(program);
        damaged.fill(0xff, position, Math.min(damaged.length, position + (position % 5) + 1));
        scan(damaged, 300);
      }
    }
    expect(programs).toHaveLength(7);
  });
});

describe('parseBuildInformation', () => {
  it.each([
    ['its own', 'v1.4.0', '-X main.version=9.9.9', 'v1.4.0'],
    ['what the linker was told', '(devel)', '-s -w -X main.version=1.2.3 -X main.commit=abc', 'v1.2.3'],
    ['what the linker was told, quoted', '(devel)', `-X 'main.Version=v1.2.3-rc.1'`, 'v1.2.3-rc.1'],
    ['of the main package before that of a library', '(devel)', '-X github.com/other/lib/version.Version=2.0.0 -X main.version=1.0.0', 'v1.0.0'],
    ['of the module before that of a library', '(devel)', '-X github.com/other/lib.Version=2.0.0 -X example.com/app/internal.appVersion=1.0.0', 'v1.0.0'],
    ['of a library that keeps it for the program', '(devel)', '-X github.com/prometheus/common/version.Version=2.45.0', 'v2.45.0'],
    ['none when two are named', '(devel)', '-X example.com/app/a.Version=1.0.0 -X example.com/app/b.Version=2.0.0', '(devel)'],
    ['none when it is no version', '(devel)', '-X main.version=main', '(devel)'],
    ['none when it is of something else', '(devel)', '-X main.goVersion=1.20.0', '(devel)'],
    ['none', '', '', '(devel)'],
  ])('gives the main module %s', (_what, version, flags, expected) => {
    expect(parseBuildInformation('go1.22', `mod\texample.com/app\t${version}\nbuild\t-ldflags=${JSON.stringify(flags)}\n`).main?.version).toBe(expected);
  });

  it('knows no main module of a program built from files, and passes over what is none', () => {
    expect(parseBuildInformation('go1.22', 'path\tcommand-line-arguments\nmod\tcommand-line-arguments\t(devel)\ndep\t\tv1\nnonsense\n=>\n')).toEqual({ goVersion: 'go1.22', dependencies: [] });
  });

  const collection = z
    .array(z.object({ file: z.string(), go: z.string(), main: z.object({ path: z.string(), version: z.string() }), deps: z.array(z.object({ path: z.string(), version: z.string() })) }))
    .parse(hasSharedFixtures ? JSON.parse(readSharedFixture('golang-buildinfo/expected.json')) : []);

  it.each(collection)('reads what the Go command says of $file', ({ go, main, deps }) => {
    const text = [`mod\t${main.path}\t${main.version}\t`, ...deps.map(({ path, version }) => `dep\t${path}\t${version}\th1:x=`), ''].join('\n');
    expect(scan(goProgram(go, text))).toEqual({ goVersion: go, main, dependencies: deps });
  });
});

describe('goRelease', () => {
  it.each([
    ['go1.22.1', '1.22.1'],
    ['go1.21rc2', '1.21rc2'],
    ['go1.18.10 X:boringcrypto', '1.18.10'],
    ['go1.26.1-X:jsonv2', '1.26.1'],
    ['go1.19.6 (Red Hat 1.19.6-1.el9)', '1.19.6'],
    ['devel go1.23-abcdef Mon Jan 1', undefined],
    ['', undefined],
  ])('of %s is %s', (text, expected) => {
    expect(goRelease(text)).toBe(expected);
  });
});

describe('Go modules', () => {
  it('are the modules of each program, and the standard library, for which the program stands', async () => {
    const catalogue = await catalogueOf([[{ name: 'usr/bin/app', mode: 0o644, content: goProgram('go1.22.1', modules) }]]);
    expect(catalogue.components.map(({ name, version, packageUrl, locations }) => [name, version, packageUrl, locations[0]?.path])).toEqual([
      ['example.com/local', '(devel)', 'pkg:golang/example.com/local', '/usr/bin/app'],
      ['github.com/new/thing/v2', 'v2.1.0', 'pkg:golang/github.com/new/thing/v2@v2.1.0', '/usr/bin/app'],
      ['github.com/Owner/app', 'v1.2.3', 'pkg:golang/github.com/owner/app@v1.2.3', '/usr/bin/app'],
      ['golang.org/x/net', 'v0.17.0', 'pkg:golang/golang.org/x/net@v0.17.0', '/usr/bin/app'],
      ['stdlib', '1.22.1', 'pkg:golang/stdlib@1.22.1', '/usr/bin/app'],
    ]);
    expect(edgesOf(catalogue)).toEqual(['example.com/local', 'github.com/new/thing/v2', 'golang.org/x/net', 'stdlib'].map((name) => `github.com/Owner/app -> ${name}`));
  });

  it('are found in programs larger than any file that is read whole', async () => {
    const { components, diagnostics } = await catalogueOf([[{ name: 'app', content: goProgram('go1.22.1', '', { rest: Buffer.alloc(5000) }) }]], { limits: { maximumFileBytes: 1000 } });
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual(['pkg:golang/stdlib@1.22.1']);
    expect(diagnostics).toEqual([]);
  });

  it('belong to the layer since which the program has been built from the same', async () => {
    const program = (version: string, rest: number) => [{ name: 'app', content: goProgram(version, '', { rest: Buffer.alloc(rest) }) }];
    const { components } = await catalogueOf([program('go1.20', 1), program('go1.21', 1), program('go1.21', 2)]);
    expect(components.map(({ version, locations }) => [version, locations[0]?.layerIndex])).toEqual([['1.21', 1]]);
  });
});

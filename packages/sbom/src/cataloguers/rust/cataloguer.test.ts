import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { elfFile, type ElfFixture } from '../../test-support/elf-fixture.js';
import { macProgram, universalProgram, windowsProgram, type SectionFixture } from '../../test-support/program-fixture.js';
import { CrateTraceSearch, type CrateTrace } from './crate-trace-search.js';
import { parseAuditData } from './parse-audit-data.js';

const fixture = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, 'fixtures', name));
const packed = (content: unknown): Buffer => deflateSync(JSON.stringify(content));
const program = (section: Buffer, rest: ElfFixture = {}): Buffer => elfFile({ ...rest, sections: { '.text': Buffer.alloc(3000), '.dep-v0': section, '.data': Buffer.alloc(50) } });

describe('the crates of a Rust program', () => {
  it('are those of a real one', () => {
    const expected = z.array(z.object({ name: z.string(), version: z.string() })).parse(JSON.parse(fixture('expected.json').toString()));
    expect(parseAuditData(fixture('dep-v0.bin')).map(({ name, version }) => ({ name, version }))).toEqual(expected);
  });

  it.each([
    ['64-bit', {}],
    ['32-bit', { bits: 32 }],
    ['big-endian', { byteOrder: 'big' }],
    ['a shared library', { type: 3 }],
  ] as const)('are found in one that is %s', async (_what, rest) => {
    const catalogue = await catalogueOf([[{ name: 'usr/local/bin/app', content: program(fixture('dep-v0.bin'), rest) }]]);
    expect(catalogue.components.map(({ id, ecosystem, version, locations }) => [id, ecosystem, version, locations[0]?.path])).toEqual([
      ['pkg:cargo/crate_with_features@0.1.0', 'cargo', '0.1.0', '/usr/local/bin/app'],
      ['pkg:cargo/library_crate@0.1.0', 'cargo', '0.1.0', '/usr/local/bin/app'],
    ]);
    expect(edgesOf(catalogue)).toEqual(['crate_with_features -> library_crate']);
  });

  const sections = (section: Buffer): SectionFixture[] => [{ name: '.text', content: Buffer.alloc(200_000) }, { name: '.dep-v0', content: section }];
  it.each([
    ['Windows', windowsProgram(sections(fixture('dep-v0.bin')))],
    ['macOS', macProgram(sections(fixture('dep-v0.bin')))],
    ['macOS, for several architectures', universalProgram([macProgram(sections(fixture('dep-v0.bin'))), macProgram(sections(fixture('dep-v0.bin')))])],
  ])('are found in a program of %s', async (_what, content) => {
    const catalogue = await catalogueOf([[{ name: 'srv/download/app.exe', content }]]);
    expect(catalogue.components.map(({ id }) => id)).toEqual(['pkg:cargo/crate_with_features@0.1.0', 'pkg:cargo/library_crate@0.1.0']);
    expect(edgesOf(catalogue)).toEqual(['crate_with_features -> library_crate']);
  });

  it('are reported where the section of such a program cannot be read, and none where it is absent, too large or cut short', async () => {
    const damaged = await catalogueOf([[{ name: 'app.exe', content: windowsProgram(sections(Buffer.from('no zlib'))) }]]);
    expect(damaged.diagnostics.map(({ code }) => code)).toEqual(['cargo-auditable-unreadable']);
    const whole = windowsProgram(sections(fixture('dep-v0.bin')));
    const others = [windowsProgram([{ name: '.text', content: Buffer.alloc(10) }]), macProgram([]), whole.subarray(0, 100_000), windowsProgram(sections(Buffer.alloc(17 * 1024 * 1024)))];
    const { components, diagnostics } = await catalogueOf([others.map((content, index) => ({ name: `app-${index}.exe`, content }))]);
    expect([components, diagnostics]).toEqual([[], []]);
  });

  it.each([
    ['beside code and data', [{ content: Buffer.alloc(70_000), isWritable: false }, { content: Buffer.alloc(200_000), isWritable: false, isExecutable: true }, { content: Buffer.alloc(200_000), isWritable: true }]],
    ['with constants and code in one segment', [{ content: Buffer.alloc(200_000), isWritable: false, isExecutable: true }, { content: Buffer.alloc(200_000), isWritable: true }]],
  ])('are found in one %s', async (_what, segments) => {
    const { components } = await catalogueOf([[{ name: 'app', content: program(fixture('dep-v0.bin'), { segments }) }]]);
    expect(components).toHaveLength(2);
  });

  it('are without those that only built it, and depend on what is there', async () => {
    const packages = [
      { name: 'app', version: '1.0.0', source: 'local', root: true, dependencies: [1, 2, 2, 9] },
      { name: 'cc', version: '1.0.83', source: 'crates.io', kind: 'build', dependencies: [2] },
      { name: 'libc', version: '0.2.150', source: 'crates.io', kind: 'runtime' },
    ];
    const catalogue = await catalogueOf([[{ name: 'app', content: program(packed({ packages, format: 1 })) }]]);
    expect(catalogue.components.map(({ name }) => name)).toEqual(['app', 'libc']);
    expect(edgesOf(catalogue)).toEqual(['app -> libc']);
  });

  it.each([
    ['no zlib data', Buffer.from('garbage')],
    ['no JSON', deflateSync('{{')],
    ['JSON of something else', packed({ packages: 1 })],
    ['a crate without version', packed({ packages: [{ name: 'a' }] })],
    ['more than any real program has', deflateSync(Buffer.alloc(9 * 1024 * 1024, ' '))],
    ['more edges than any real program has', packed({ packages: Array.from({ length: 500 }, () => ({ name: 'a', version: '1', dependencies: Array.from({ length: 500 }, (_, index) => index) })) })],
  ])('are reported as unreadable when the section holds %s', async (_what, section) => {
    const { components, diagnostics } = await catalogueOf([[{ name: 'app', content: program(section) }]]);
    expect(components).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'cargo-auditable-unreadable', severity: 'incomplete', path: '/app' }]);
  });

  it('are none where there is no such section, no program, or only half of one', async () => {
    const whole = program(fixture('dep-v0.bin'));
    const files = [elfFile({ sections: { '.text': Buffer.alloc(10) } }), elfFile({}), program(fixture('dep-v0.bin'), { type: 1 }), whole.subarray(0, whole.length - 400), Buffer.from('\x7fELF'), Buffer.from('text')];
    const { components, diagnostics } = await catalogueOf([files.map((content, index) => ({ name: `file-${index}`, content }))]);
    expect([components, diagnostics]).toEqual([[], []]);
  });

  it('cannot be damaged so that reading the program fails', async () => {
    const whole = program(fixture('dep-v0.bin'));
    const entries = Array.from({ length: 300 }, (_, index) => {
      const content = Buffer.from(whole);
      const position = index < 64 ? index : whole.length - (index - 63) * 2;
      content.fill(0xff, position, position + (index % 9) + 1);
      return { name: `program-${index}`, content };
    });
    const { diagnostics } = await catalogueOf([entries]);
    expect(diagnostics.filter(({ code }) => code !== 'cargo-auditable-unreadable')).toEqual([]);
  });
});

describe('the crates that a Rust program without such a list names', () => {
  const constants = gunzipSync(fixture('bcrypt-constants.bin.gz'));
  const at = (rest: string): Buffer => Buffer.from(`/root/.cargo/registry/src/${rest}`);
  const traced = (content: Buffer, sections: Readonly<Record<string, Buffer>> = {}): Buffer => elfFile({ sections: { '.text': Buffer.alloc(3000), '.rodata': content, ...sections } });
  /** What stands for the whole of one search. */
  const crateTraces = (pieces: readonly Buffer[]): readonly CrateTrace[] => {
    const search = new CrateTraceSearch(['/', '\\']);
    for (const piece of pieces) search.push(piece);
    return search.finish();
  };
  /** By a regular expression of Python. */
  const found = ['base64@0.22.1', 'bcrypt-pbkdf@0.10.0', 'bcrypt@0.17.1', 'blowfish@0.9.1', 'once_cell@1.21.3', 'pbkdf2@0.12.2', 'pyo3-ffi@0.26.0', 'pyo3@0.26.0', 'sha2@0.10.9'];

  const named = (traces: readonly { readonly name: string; readonly version?: string }[]): readonly string[] => traces.map(({ name, version }) => `${name}@${version}`);
  it('are in the lock file of a real one, each of them', () => {
    const lock = z.array(z.string()).parse(JSON.parse(fixture('bcrypt-lock.json').toString()));
    const traces = named(crateTraces([constants]));
    expect(traces).toEqual(found);
    expect(traces.filter((trace) => !lock.includes(trace))).toEqual([]);
  });

  const windows = gunzipSync(fixture('bcrypt-windows-constants.bin.gz'));
  const mac = gunzipSync(fixture('bcrypt-macos-constants.bin.gz'));
  const padded = (name: string, content: Buffer): SectionFixture[] => [{ name: '.text', content: Buffer.alloc(100_000) }, { name, content }, { name: '.data', content: Buffer.alloc(100_000), isWritable: true }];
  const program64 = (content: string): Buffer => macProgram([{ name: '__cstring', content: at(`index.crates.io-6f17d22bba15001f/${content}/src/lib.rs`) }]);
  it.each([
    ['Windows', 'bcrypt.pyd', windowsProgram(padded('.rdata', windows)), found],
    ['macOS, among its constants', 'bcrypt.so', macProgram(padded('__const', mac)), found],
    ['macOS, among its texts', 'bcrypt.so', macProgram(padded('__cstring', mac)), found],
    ['several architectures, each with its own', 'app', universalProgram([program64('cpufeatures-0.2.17'), program64('libc-0.2.150')]), ['cpufeatures@0.2.17', 'libc@0.2.150']],
  ])('are those of a real program for %s', async (_what, name, content, expected) => {
    const { components, unknowns } = await catalogueOf([[{ name: `opt/${name}`, content }]]);
    expect(named(components)).toEqual(expected);
    expect(components.map(({ evidence }) => evidence)).toEqual(expected.map(() => ({ technique: 'binary-analysis', confidence: 0.7 })));
    expect(unknowns?.map(({ path: unknown }) => unknown)).toEqual([`/opt/${name}`]);
  });

  it('are none of one of Windows that has a list, was cut short, or says that its constants lie among its headers', async () => {
    const whole = windowsProgram(padded('.rdata', windows));
    const lying = Buffer.from(whole);
    lying.writeUInt32LE(0, 152 + 240 + 40 + 20);
    const listed = windowsProgram([{ name: '.rdata', content: windows }, { name: '.dep-v0', content: fixture('dep-v0.bin') }]);
    const { components, diagnostics } = await catalogueOf([[whole.subarray(0, 120_000), lying, listed].map((content, index) => ({ name: `app-${index}.exe`, content }))]);
    expect([named(components), diagnostics]).toEqual([['crate_with_features@0.1.0', 'library_crate@0.1.0'], []]);
  });

  it.each([1, 13, 255, 256, 257, 1000])('are found in pieces of %d bytes', (pieceBytes) => {
    const pieces = Array.from({ length: Math.ceil(constants.length / pieceBytes) }, (_, index) => constants.subarray(index * pieceBytes, (index + 1) * pieceBytes));
    expect(crateTraces(pieces)).toEqual(crateTraces([constants]));
  });

  it.each([
    ['index.crates.io-6f17d22bba15001f/sha-1-0.10.0/src/lib.rs', ['sha-1@0.10.0']],
    ['github.com-1ecc6299db9ec823/wasi-0.11.0+wasi-snapshot-preview1/src/lib.rs', ['wasi@0.11.0+wasi-snapshot-preview1']],
    ['index.crates.io-6f17d22bba15001f/digest-0.11.0-rc.1/src/lib.rs', ['digest@0.11.0-rc.1']],
    ['mirror.example.org-6f17d22bba15001f/own-1.0.0/src/lib.rs', []],
    ['index.crates.io-6f17d22bba15001f/no-version/src/lib.rs', []],
    ['index.crates.io-6f17d22bba15001f/../etc-1.0.0/src/lib.rs', []],
    [`index.crates.io-6f17d22bba15001f/${'a'.repeat(300)}-1.0.0/src/lib.rs`, []],
    ['index.crates.io-6f17d22bba15001f/cut-1.0.0', []],
    [String.raw`index.crates.io-6f17d22bba15001f\mixed-1.0.0\src/lib.rs`, ['mixed@1.0.0']],
  ])('of %j are %j', (path, expected) => {
    expect(crateTraces([at(path)]).map(({ name, version }) => `${name}@${version}`)).toEqual(expected);
  });

  it('end in time over megabytes of nothing but places', () => {
    expect(crateTraces([Buffer.from(`/registry/src/index.crates.io-6f17d22bba15001f/${'1-'.repeat(20)}`.repeat(100_000))])).toEqual([]);
  });

  it('say how sure they are, and the program stays unknown', async () => {
    const { components, unknowns } = await catalogueOf([[{ name: 'usr/local/bin/app', content: traced(at('index.crates.io-6f17d22bba15001f/libc-0.2.150/src/lib.rs')) }]]);
    expect(components).toEqual([
      {
        id: 'pkg:cargo/libc@0.2.150',
        ecosystem: 'cargo',
        name: 'libc',
        version: '0.2.150',
        packageUrl: 'pkg:cargo/libc@0.2.150',
        licences: [],
        locations: [{ path: '/usr/local/bin/app', layerIndex: 0, layerDiffId: expect.any(String) as string }],
        evidence: { technique: 'binary-analysis', confidence: 0.7 },
        cataloguer: 'rust',
      },
    ]);
    expect(unknowns?.map(({ path }) => path)).toEqual(['/usr/local/bin/app']);
  });

  it('are not looked for where there is a list', async () => {
    const { components } = await catalogueOf([[{ name: 'app', content: traced(constants, { '.dep-v0': fixture('dep-v0.bin') }) }]]);
    expect(components.map(({ name, evidence }) => [name, evidence])).toEqual([['crate_with_features', undefined], ['library_crate', undefined]]);
  });

  it('of several programs are one component each with several places, none of a file that a package of the system owns, and belong to a package of Python', async () => {
    const content = traced(at('index.crates.io-6f17d22bba15001f/libc-0.2.150/src/lib.rs'));
    const { components, relationships } = await catalogueOf([
      [
        { name: 'var/lib/dpkg/status', content: 'Package: x\nStatus: install ok installed\nVersion: 1\n' },
        { name: 'var/lib/dpkg/info/x.list', content: '/usr/bin/owned\n' },
        { name: 'usr/bin/owned', content },
        { name: 'opt/one', content },
        { name: 'site-packages/wheel-1.dist-info/METADATA', content: 'Name: wheel\nVersion: 1\n' },
        { name: 'site-packages/wheel-1.dist-info/RECORD', content: 'wheel/lib.so,,\n' },
        { name: 'site-packages/wheel/lib.so', content },
      ],
    ]);
    expect(components.filter(({ ecosystem }) => ecosystem === 'cargo').map(({ name, locations }) => [name, locations.map(({ path }) => path)])).toEqual([['libc', ['/opt/one', '/site-packages/wheel/lib.so']]]);
    expect(relationships).toContainEqual({ from: 'pkg:pypi/wheel@1', to: 'pkg:cargo/libc@0.2.150', kind: 'owns' });
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { elfFile, type ElfFixture } from '../../test-support/elf-fixture.js';
import { macProgram, universalProgram, windowsProgram, type SectionFixture } from '../../test-support/program-fixture.js';
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

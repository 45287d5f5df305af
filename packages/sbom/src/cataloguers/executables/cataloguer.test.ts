import { describe, expect, it } from 'vitest';
import { catalogueOf, debianRelease } from '../../test-support/catalogue-fixture.js';
import { elfFile, elfNote } from '../../test-support/elf-fixture.js';
import { universalProgram, windowsProgram } from '../../test-support/program-fixture.js';
import type { TarFixtureEntry } from '../../test-support/tar-fixture.js';
import { fileKind } from './file-kind.js';
import { parsePackageNote } from './parse-package-note.js';

const packageNote = (text: string): Buffer => elfNote('FDO', 0xcafe1a7e, Buffer.from(`${text}\0`));
const program = (note?: string, bits: 32 | 64 = 64): Buffer =>
  elfFile({
    bits,
    segments: [
      { content: Buffer.concat([elfNote('GNU', 3, Buffer.alloc(20)), note === undefined ? Buffer.alloc(0) : packageNote(note)]), isWritable: false, kind: 4 },
      { content: Buffer.from('code'), isWritable: false },
    ],
  });
const file = (name: string, content: Buffer | string): TarFixtureEntry => ({ name, content });

describe('parsePackageNote', () => {
  // uapi-group.org, "Package Metadata for Executable Files", implementation.
  it('reads the example of the specification', () => {
    const text =
      '{"type":"rpm","os":"fedora","osVersion":"33","name":"coreutils","version":"4711.0815.fc13","architecture":"arm32","osCpe":"cpe:/o:fedoraproject:fedora:33","appCpe":"cpe:/a:gnu:coreutils:5.0","debugInfoUrl":"https://debuginfod.fedoraproject.org/"}';
    expect(parsePackageNote(Buffer.from(`${text}\0\0\0`))).toEqual({ type: 'rpm', name: 'coreutils', version: '4711.0815.fc13', architecture: 'arm32', os: 'fedora', osVersion: '33' });
  });

  it.each(['', '{}', 'null', '{"type":"rpm","name":"a"}', '{"type":"../x","name":"a","version":"1"}', '{"type":"rpm","name":7,"version":"1"}', `{"type":"rpm","name":"${'a'.repeat(600)}","version":"1"}`])(
    'refuses %j',
    (text) => {
      expect(parsePackageNote(Buffer.from(text))).toBeUndefined();
    },
  );
});

describe('fileKind', () => {
  const zip = Buffer.from('504b0304'.padEnd(128, '0'), 'hex');
  it.each([
    ['usr/bin/app', program(), 'program'],
    ['usr/lib/libx.so.1.2', program(), 'library'],
    ['app/build/native.node', program(), 'library'],
    ['usr/local/bin/tool', universalProgram([program()]), 'program'],
    ['usr/lib/x.o', elfFile({ type: 1 }), undefined],
    ['srv/app.exe', Buffer.from('MZ'.padEnd(64, '\0')), 'program'],
    ['srv/app.txt', Buffer.from('MZ'.padEnd(64, '\0')), undefined],
    ['srv/app.jar', zip, 'archive'],
    ['srv/app.jar', Buffer.from('no archive'), undefined],
    ['srv/photo', zip, undefined],
    ['usr/bin/script', Buffer.from('#!/bin/sh\n'), undefined],
  ] as const)('%s', (name, content, expected) => {
    expect(fileKind(name, content.subarray(0, 64))).toBe(expected);
  });
});

describe('programs with a package note', () => {
  const note = '{"type":"rpm","os":"fedora","osVersion":"40","name":"hello","version":"2.12-1.fc40","architecture":"x86_64"}';

  it.each([32, 64] as const)('of %d bits are the package where no database has it', async (bits) => {
    const { components, unknowns } = await catalogueOf([[file('opt/hello', program(note, bits)), file('opt/libhello.so', program(note, bits))]]);
    expect(components.map(({ packageUrl, locations, evidence }) => [packageUrl, locations.map(({ path }) => path), evidence])).toEqual([
      ['pkg:rpm/fedora/hello@2.12-1.fc40?arch=x86_64&distro=fedora-40', ['/opt/hello', '/opt/libhello.so'], { technique: 'binary-analysis', confidence: 0.9 }],
    ]);
    expect(unknowns).toEqual([]);
  });

  it('are not told twice where a package owns them', async () => {
    const status = 'Package: hello\nStatus: install ok installed\nVersion: 2.12\nArchitecture: amd64\n';
    const { components } = await catalogueOf([
      [file('var/lib/dpkg/status', status), file('var/lib/dpkg/info/hello.list', '/usr/bin/hello\n'), file('usr/bin/hello', program(note))],
    ]);
    expect(components.map(({ name, ecosystem }) => [name, ecosystem])).toEqual([['hello', 'deb']]);
  });
});

describe('packed programs', () => {
  /** UPX writes a checksum and its mark behind the program headers (`l_info` of its source), and the lengths of what it packed. */
  const packed = (bits: 32 | 64): Buffer => {
    const content = elfFile({ bits, segments: [{ content: Buffer.alloc(200), isWritable: false, isExecutable: true }] });
    content.write('sum!UPX!', bits === 64 ? 64 + 56 : 52 + 32, 'latin1');
    return content;
  };
  it.each([
    ['usr/local/bin/tool', packed(64)],
    ['usr/local/bin/tool', packed(32)],
    ['srv/tool.exe', windowsProgram([{ name: 'UPX0', content: Buffer.alloc(0) }, { name: 'UPX1', content: Buffer.alloc(100) }])],
  ] as const)('are unknown files, and make the result incomplete: %s', async (name, content) => {
    const { components, unknowns, diagnostics } = await catalogueOf([[file(name, content)]]);
    expect(components).toEqual([]);
    expect(unknowns?.map(({ kind, path }) => [kind, path])).toEqual([['program', `/${name}`]]);
    expect(diagnostics).toMatchObject([{ code: 'executables-packed-program', severity: 'incomplete', path: `/${name}` }]);
  });

  it('are told from others', async () => {
    const { diagnostics } = await catalogueOf([[file('bin/a', program()), file('bin/b', Buffer.concat([program(), Buffer.from('UPX!')])), file('c.exe', windowsProgram([{ name: '.text', content: Buffer.from('UPX1') }]))]]);
    expect(diagnostics).toEqual([]);
  });
});

describe('unknown files', () => {
  it('are programs, libraries and archives that nothing accounts for', async () => {
    const { unknowns } = await catalogueOf([
      [file('usr/local/bin/tool', program()), file('usr/bin/owned', program()), file('var/lib/dpkg/info/x.list', '/usr/bin/owned\n')],
      [
        file('var/lib/dpkg/status', 'Package: x\nStatus: install ok installed\nVersion: 1\n'),
        file('srv/data.tar', Buffer.alloc(512, 1)),
        file('srv/lib/plain.so', program()),
        file('srv/readme.zip.txt', 'text'),
      ],
    ]);
    expect(unknowns?.map(({ kind, path, layerIndex }) => [kind, path, layerIndex])).toEqual([
      ['archive', '/srv/data.tar', 1],
      ['library', '/srv/lib/plain.so', 1],
      ['program', '/usr/local/bin/tool', 0],
    ]);
  });

  it('are package databases that could not be read', async () => {
    const { unknowns } = await catalogueOf([[file('var/lib/rpm/Packages', 'no database at all')]]);
    expect(unknowns?.map(({ kind, path }) => [kind, path])).toEqual([['database', '/var/lib/rpm/Packages']]);
  });

  it('tell of a system whose package database was deleted', async () => {
    const { diagnostics } = await catalogueOf([[file('etc/os-release', debianRelease), file('usr/bin/ls', program())]]);
    expect(diagnostics).toEqual([
      {
        code: 'package-database-missing',
        severity: 'incomplete',
        message: 'The image has programs of Debian GNU/Linux 12 (bookworm) and no database that says which packages they are of.',
      },
    ]);
  });
});

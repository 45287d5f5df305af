import { describe, expect, it } from 'vitest';
import { assemblyFile, versionResource } from '../../test-support/assembly-fixture.js';
import { catalogueOf } from '../../test-support/catalogue-fixture.js';
import { windowsProgram } from '../../test-support/program-fixture.js';

/** A program whose resource section lies behind its code. */
function program(strings: Readonly<Record<string, string>>, codeBytes = 200_000): Buffer {
  return windowsProgram([{ name: '.text', content: Buffer.alloc(codeBytes) }, { name: '.rsrc', content: Buffer.concat([Buffer.alloc(48), versionResource(strings)]), address: 0x40_0000 }], { resources: 1 });
}

// What libcurl of curl.se says of itself in its builds for Windows.
const curl = {
  CompanyName: 'curl, https://curl.se/',
  FileDescription: 'libcurl Shared Library',
  FileVersion: '8.9.1',
  LegalCopyright: 'Copyright (C) Daniel Stenberg',
  ProductName: 'The curl library',
  ProductVersion: '8.9.1',
};
const system = (productVersion: string): Buffer => program({ CompanyName: 'Microsoft Corporation', ProductName: 'Microsoft\u00ae Windows\u00ae Operating System', ProductVersion: productVersion });

describe('programs of Windows', () => {
  it('are what their version resource says, once for each product and version', async () => {
    const { components, unknowns } = await catalogueOf([[{ name: 'Files/curl/libcurl-x64.dll', content: program(curl) }, { name: 'Files/other/libcurl.dll', content: program(curl, 100) }]]);
    expect(components).toEqual([
      {
        id: 'pkg:generic/The%20curl%20library@8.9.1',
        ecosystem: 'generic',
        name: 'The curl library',
        version: '8.9.1',
        packageUrl: 'pkg:generic/The%20curl%20library@8.9.1',
        description: 'libcurl Shared Library',
        supplier: 'curl, https://curl.se/',
        copyright: 'Copyright (C) Daniel Stenberg',
        licences: [],
        locations: ['/Files/curl/libcurl-x64.dll', '/Files/other/libcurl.dll'].map((path) => expect.objectContaining({ path, layerIndex: 0 })),
        evidence: { technique: 'binary-analysis', confidence: 0.6 },
        cataloguer: 'windows-programs',
      },
    ]);
    expect(unknowns).toEqual([]);
  });

  it('of Microsoft are named by what they are, not by what they were shipped with', async () => {
    const strings = { CompanyName: 'Microsoft Corporation', FileDescription: 'Microsoft\u00ae C Runtime Library', ProductName: 'Microsoft\u00ae Visual Studio\u00ae', ProductVersion: '14.40.33810.0' };
    const { components } = await catalogueOf([[{ name: 'app/msvcp140.dll', content: program(strings) }]]);
    expect(components.map(({ name, version }) => `${name} ${version}`)).toEqual(['Microsoft\u00ae C Runtime Library 14.40.33810.0']);
  });

  it.each([
    ['10, 0, 1, 2', undefined, '10.0.1.2'],
    ['v2.1.0-rc.1', '2.1.0.0', '2.1.0-rc.1'],
    ['internal build', '3.4.5.6', '3.4.5.6'],
    ['7.88.1 (x64)', undefined, '7.88.1'],
    ['none', undefined, undefined],
  ])('whose resource says %j and %j have the version %j', async (productVersion, fileVersion, expected) => {
    const { components } = await catalogueOf([[{ name: 'tool.exe', content: program({ ProductName: 'Tool', ProductVersion: productVersion, ...(fileVersion === undefined ? {} : { FileVersion: fileVersion }) }) }]]);
    expect(components.map(({ version }) => version)).toEqual(expected === undefined ? [] : [expected]);
  });

  it('of Windows itself are one component, whose version is that of its kernel', async () => {
    const { components, unknowns } = await catalogueOf([
      [
        { name: 'Files/Windows/System32/ntdll.dll', content: system('10.0.20348.1') },
        { name: 'Files/Windows/System32/ntoskrnl.exe', content: system('10.0.20348.2227') },
        { name: 'Files/Windows/System32/notepad.exe', content: system('10.0.20348.3') },
      ],
    ]);
    expect(components.map(({ packageUrl, locations }) => [packageUrl, locations.map(({ path }) => path)])).toEqual([['pkg:generic/Microsoft%20Windows@10.0.20348.2227', ['/Files/Windows/System32/ntoskrnl.exe']]]);
    expect(unknowns).toEqual([]);
  });

  it('are none where they are assemblies, and count where a package of a programming language bundles them', async () => {
    const { components } = await catalogueOf([
      [
        { name: 'app/node_modules/tool/package.json', content: '{"name":"tool","version":"1.0.0"}' },
        { name: 'app/node_modules/tool/bin/tool.exe', content: program(curl) },
        { name: 'app/library.dll', content: assemblyFile({ name: 'Library', strings: { ProductName: 'Library', ProductVersion: '2.0.0' } }) },
      ],
    ]);
    expect(components.map(({ packageUrl, cataloguer }) => [packageUrl, cataloguer])).toEqual([
      ['pkg:generic/Library@2.0.0', 'dotnet'],
      ['pkg:generic/The%20curl%20library@8.9.1', 'windows-programs'],
      ['pkg:npm/tool@1.0.0', 'npm'],
    ]);
  });

  it('cannot be damaged so that reading them fails', async () => {
    const whole = program(curl, 100);
    const damaged = Array.from({ length: 400 }, (_, index) => {
      const content = Buffer.from(whole);
      const at = (index * 7919) % content.length;
      content.fill(0xff, at, at + 1 + (index % 9));
      return { name: `d/${index}.dll`, content: index % 3 === 0 ? content.subarray(0, at) : content };
    });
    const { diagnostics } = await catalogueOf([damaged]);
    expect(diagnostics.filter(({ code }) => code === 'unreadable-file')).toEqual([]);
  });
});

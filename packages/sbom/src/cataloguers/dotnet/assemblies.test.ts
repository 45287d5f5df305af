import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assemblyFile, singleFileProgram, standardKey, type AssemblyFixture } from '../../test-support/assembly-fixture.js';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { AssemblyScanner } from './assembly-scanner.js';

const fixture = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, 'fixtures', name));
const newtonsoft = fixture('Newtonsoft.Json.dll');
const tools = fixture('System.Diagnostics.Tools.dll');
const unsigned = fixture('ClrLoader.dll');

const witness = z.record(
  z.string(),
  z.object({ name: z.string(), version: z.string(), token: z.string().nullable(), pv: z.string(), fv: z.string(), product: z.string(), company: z.string(), refs: z.array(z.string()) }),
);

function scan(content: Buffer, pieceBytes: number): ReturnType<AssemblyScanner['finish']> {
  const scanner = new AssemblyScanner(content.length);
  for (let start = 0; start < content.length; start += pieceBytes) if (!scanner.push(content.subarray(start, start + pieceBytes))) break;
  return scanner.finish();
}

/** Packages as `type name@version confidence`. */
async function found(files: Readonly<Record<string, Buffer | string>>): Promise<readonly string[]> {
  const { components } = await catalogueOf([Object.entries(files).map(([name, content]) => ({ name, content }))]);
  return components.map(({ ecosystem, name, version, evidence }) => `${ecosystem} ${name}@${version} ${evidence?.confidence ?? 1}`);
}

const runtimeBuild = { ProductVersion: '8.0.1+abc', FileVersion: '8.0.123.58001', ProductName: 'Microsoft® .NET' };
const linuxX64 = 0x8664 ^ 0x7b79;
const core: AssemblyFixture = { name: 'System.Private.CoreLib', publicKey: standardKey, machine: linuxX64, strings: { ...runtimeBuild, ProductVersion: '8.0.1-servicing.23580.8+abc' } };
const runtimeLibrary: AssemblyFixture = { name: 'System.Linq', publicKey: standardKey, references: ['System.Private.CoreLib'], strings: runtimeBuild };
const ownCode: AssemblyFixture = { name: 'Shop', references: ['System.Linq', 'Newtonsoft.Json'], strings: { ProductVersion: '2.4.0+def', FileVersion: '2.4.0.0', CompanyName: 'Example' } };

describe('assemblies', () => {
  it.each(Object.entries(witness.parse(JSON.parse(fixture('assemblies.expected.json').toString()))))('say of themselves what another reader finds: %s', (name, expected) => {
    for (const pieceBytes of [100, 4096, 1_000_000]) {
      const { fact } = scan(fixture(name), pieceBytes);
      expect([fact?.name, fact?.version, fact?.publicKeyToken ?? null, fact?.productVersion, fact?.fileVersion, fact?.product, fact?.company, fact?.references]).toEqual([
        expected.name,
        expected.version,
        expected.token,
        expected.pv,
        expected.fv,
        expected.product,
        expected.company,
        expected.refs,
      ]);
    }
  });

  it('are a package where a known publisher signed them with the version of one', async () => {
    const { components } = await catalogueOf([[{ name: 'app/Newtonsoft.Json.dll', content: newtonsoft }]]);
    expect(components).toEqual([
      {
        id: 'pkg:nuget/Newtonsoft.Json@13.0.4',
        ecosystem: 'nuget',
        name: 'Newtonsoft.Json',
        version: '13.0.4',
        packageUrl: 'pkg:nuget/Newtonsoft.Json@13.0.4',
        licences: [],
        description: 'Json.NET .NET 6.0',
        supplier: 'Newtonsoft',
        copyright: 'Copyright © James Newton-King 2008',
        locations: [{ path: '/app/Newtonsoft.Json.dll', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        evidence: { technique: 'binary-analysis', confidence: 0.8 },
        cataloguer: 'dotnet',
      },
    ]);
  });

  it.each<[string, Readonly<Record<string, Buffer | string>>, readonly string[]]>([
    ['are no package without a signature', { 'app/ClrLoader.dll': unsigned }, ['generic ClrLoader@1.0.0 0.7']],
    ['are a package, less surely, with an unknown key', { 'app/A.dll': assemblyFile({ name: 'A', publicKey: Buffer.alloc(32, 7), strings: { ProductVersion: '3.2.1-rc.1+abc' } }) }, ['nuget A@3.2.1-rc.1 0.6']],
    [
      'are own code with the key of the program beside them',
      {
        'app/A.dll': assemblyFile({ name: 'A', publicKey: Buffer.alloc(32, 7), strings: { ProductVersion: '3.2.1' } }),
        'app/App.dll': assemblyFile({ name: 'App', publicKey: Buffer.alloc(32, 7), strings: { ProductVersion: '3.2.1' } }),
        'app/App.runtimeconfig.json': '{}',
      },
      ['generic A@3.2.1 0.7', 'generic App@3.2.1 0.7'],
    ],
    ['have the version of the file where the build says no other', { 'app/A.dll': assemblyFile({ name: 'A', strings: { ProductVersion: 'Build of Monday', FileVersion: '4.5.6.7' } }) }, ['generic A@4.5.6.7 0.7']],
    ['have their own version where there is no resource', { 'app/A.dll': assemblyFile({ name: 'A', version: [1, 2, 3, 4] }) }, ['generic A@1.2.3.4 0.7']],
    ['count nowhere when they are translations', { 'app/de/A.resources.dll': assemblyFile({ name: 'A.resources', culture: 'de' }) }, []],
    [
      'of a runtime beside a program are its package, whichever they are',
      { 'app/System.Private.CoreLib.dll': assemblyFile(core), 'app/System.Linq.dll': assemblyFile(runtimeLibrary), 'app/Shop.dll': assemblyFile(ownCode), 'app/Newtonsoft.Json.dll': newtonsoft },
      ['generic Shop@2.4.0 0.7', 'nuget Microsoft.NETCore.App.Runtime.linux-x64@8.0.1 0.9', 'nuget Newtonsoft.Json@13.0.4 0.8'],
    ],
    [
      'of a runtime whose platform nothing tells are no package of its',
      { 'app/System.Private.CoreLib.dll': assemblyFile({ ...core, machine: 0x14c }), 'app/System.Linq.dll': assemblyFile(runtimeLibrary) },
      ['generic Microsoft.NETCore.App@8.0.1 0.9'],
    ],
    ['of a shared framework are what its folders say', { 'usr/share/dotnet/shared/Microsoft.NETCore.App/3.1.23/System.Diagnostics.Tools.dll': tools }, ['nuget Microsoft.NETCore.App.Runtime.linux-x64@3.1.23 0.9']],
    ['of a runtime are never packages by themselves', { 'app/System.Linq.dll': assemblyFile(runtimeLibrary) }, ['generic System.Linq@8.0.1 0.7']],
    [
      'are packages inside a package of another kind, too',
      { 'app/node_modules/edge/package.json': '{"name":"edge","version":"1.0.0"}', 'app/node_modules/edge/Newtonsoft.Json.dll': newtonsoft, 'app/node_modules/edge/ClrLoader.dll': unsigned },
      ['npm edge@1.0.0 1', 'nuget Newtonsoft.Json@13.0.4 0.8'],
    ],
    ['are no news where a deps.json lists them', { 'app/App.deps.json': depsJson(['Newtonsoft.Json']), 'app/Newtonsoft.Json.dll': newtonsoft }, ['nuget Newtonsoft.Json@13.0.4 1']],
    ['are news beside a deps.json that does not list them', { 'app/App.deps.json': depsJson(['Other']), 'app/Newtonsoft.Json.dll': newtonsoft }, ['nuget Newtonsoft.Json@13.0.4 0.8', 'nuget Other@13.0.4 1']],
  ])('%s', async (_what, files, expected) => {
    expect(await found(files)).toEqual(expected);
  });

  it('depend on what they use', async () => {
    const catalogue = await catalogueOf([
      [
        { name: 'app/System.Private.CoreLib.dll', content: assemblyFile(core) },
        { name: 'app/System.Linq.dll', content: assemblyFile(runtimeLibrary) },
        { name: 'app/Shop.dll', content: assemblyFile(ownCode) },
        { name: 'app/Newtonsoft.Json.dll', content: newtonsoft },
      ],
    ]);
    expect(edgesOf(catalogue)).toEqual([
      'Shop -> Microsoft.NETCore.App.Runtime.linux-x64',
      'Shop -> Newtonsoft.Json',
      'Newtonsoft.Json -> Microsoft.NETCore.App.Runtime.linux-x64',
    ]);
  });

  it('leave no unknown files, nor do the host and native libraries of a runtime', async () => {
    const { unknowns } = await catalogueOf([
      [
        { name: 'app/System.Private.CoreLib.dll', content: assemblyFile(core) },
        { name: 'app/libcoreclr.so', content: singleFileProgram({}) },
        { name: 'app/Shop.dll', content: assemblyFile(ownCode) },
        { name: 'app/de/Shop.resources.dll', content: assemblyFile({ name: 'Shop.resources', culture: 'de' }) },
        { name: 'opt/shared/Microsoft.NETCore.App/3.1.23/System.Diagnostics.Tools.dll', content: tools },
        { name: 'opt/host/fxr/3.1.23/libhostfxr.so', content: singleFileProgram({}) },
        { name: 'opt/dotnet', content: singleFileProgram({}) },
        { name: 'opt/other', content: singleFileProgram({}) },
      ],
    ]);
    expect(unknowns?.map((unknown) => unknown.path)).toEqual(['/opt/other']);
  });

  it.each([
    ['cut off', newtonsoft.subarray(0, 3000)],
    ['with metadata of something else', Buffer.from(newtonsoft.toString('latin1').replace('BSJB', 'XXXX'), 'latin1')],
  ])('are nothing when they are %s', async (_what, content) => {
    const { components } = await catalogueOf([[{ name: 'app/A.dll', content }]]);
    expect(components).toEqual([]);
  });
});

function depsJson(names: readonly string[]): string {
  return JSON.stringify({
    runtimeTarget: { name: 'x' },
    targets: { x: Object.fromEntries(names.map((name) => [`${name}/13.0.4`, { runtime: { [`lib/${name}.dll`]: {} } }])) },
    libraries: Object.fromEntries(names.map((name) => [`${name}/13.0.4`, { type: 'package' }])),
  });
}

describe('single-file programs', () => {
  const files = { 'App.dll': `MZ${'x'.repeat(300)}"runtimeTarget"`, 'App.deps.json': depsJson(['Newtonsoft.Json', 'Other']), 'App.runtimeconfig.json': '{}' };

  it.each([1, 2, 6])('hold the packages of the list inside them, with a header of version %d', async (major) => {
    const { components, unknowns } = await catalogueOf([[{ name: 'usr/local/bin/app', content: singleFileProgram(files, major) }]]);
    expect(components.map(({ packageUrl, locations }) => [packageUrl, locations[0]?.path])).toEqual([
      ['pkg:nuget/Newtonsoft.Json@13.0.4', '/usr/local/bin/app'],
      ['pkg:nuget/Other@13.0.4', '/usr/local/bin/app'],
    ]);
    expect(unknowns).toEqual([]);
  });

  it.each([
    ['usr/local/bin/app', 'macos'],
    ['Files/app/app.exe', 'windows'],
  ] as const)('hold them as %s of %s, too', async (name, system) => {
    const { components, diagnostics } = await catalogueOf([[{ name, content: singleFileProgram(files, 6, system) }]]);
    expect(components.map(({ packageUrl, locations }) => [packageUrl, locations[0]?.path])).toEqual([
      ['pkg:nuget/Newtonsoft.Json@13.0.4', `/${name}`],
      ['pkg:nuget/Other@13.0.4', `/${name}`],
    ]);
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ['without a list', singleFileProgram({ 'App.dll': 'MZ' }), 'dotnet-bundle-without-deps-json'],
    ['with a header of an unknown version', singleFileProgram(files, 9), 'dotnet-bundle-unreadable'],
    ['cut off within the header', singleFileProgram(files).subarray(0, -30), 'dotnet-bundle-unreadable'],
  ])('%s make the result incomplete', async (_what, content, code) => {
    const { components, diagnostics } = await catalogueOf([[{ name: 'usr/local/bin/app', content }]]);
    expect(components).toEqual([]);
    expect(diagnostics).toMatchObject([{ code, severity: 'incomplete', path: '/usr/local/bin/app' }]);
  });

  it('that start a program beside them hold nothing', async () => {
    const starter = singleFileProgram({});
    starter.fill(0, 1024, 1032);
    const { components, diagnostics } = await catalogueOf([[{ name: 'app/App', content: starter }]]);
    expect([components, diagnostics]).toEqual([[], []]);
  });
});

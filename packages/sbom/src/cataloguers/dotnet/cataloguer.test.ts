import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { hasSharedFixtures, readSharedFixture } from '../../test-support/shared-fixtures.js';
import { parseDepsJson } from './parse-deps-json.js';

interface LibraryFixture {
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Without files: an empty object here. */
  readonly files?: object;
}

function depsJson(libraries: Readonly<Record<string, LibraryFixture>>, target = '.NETCoreApp,Version=v8.0'): string {
  const entries = Object.entries(libraries);
  return JSON.stringify({
    runtimeTarget: { name: target, signature: '' },
    targets: {
      '.NETCoreApp,Version=v8.0/other': {},
      [target]: Object.fromEntries(entries.map(([key, { dependencies, files = { runtime: { 'lib/x.dll': {} } } }]) => [key, { dependencies, ...files }])),
    },
    libraries: Object.fromEntries(entries.map(([key, { type = 'package' }]) => [key, { type, serviceable: true, sha512: '' }])),
  });
}

describe('parseDepsJson', () => {
  it.each<[string, string, readonly string[]]>([
    ['packages alone', depsJson({ 'App/1.0.0': { type: 'project' }, 'A/1.0.0': {}, 'B/2.0.0': { type: 'referenceassembly' }, 'C/3.0.0.0': { type: 'reference' } }), ['A@1.0.0']],
    ['a runtime by the package it is from', depsJson({ 'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.27': { type: 'runtimepack' } }), ['Microsoft.NETCore.App.Runtime.linux-x64@8.0.27']],
    ['native files, resources and files of several platforms', depsJson({ 'A/1.0.0': { files: { native: { a: {} } } }, 'B/1.0.0': { files: { resources: { a: {} } } }, 'C/1.0.0': { files: { runtimeTargets: { a: {} } } } }), ['A@1.0.0', 'B@1.0.0', 'C@1.0.0']],
    ['a package without files as that', depsJson({ 'A/1.0.0': { files: {} }, 'B/1.0.0': { files: { compile: { a: {} } } } }), ['A@1.0.0 without files', 'B@1.0.0 without files']],
    ['libraries whose target is missing', JSON.stringify({ runtimeTarget: { name: 'x' }, targets: {}, libraries: { 'A/1.0.0': { type: 'package' } } }), ['A@1.0.0']],
    ['the form of old times', JSON.stringify({ runtimeTarget: '.NETCoreApp,Version=v1.0', libraries: { 'A/1.0.0': { type: 'Package' } } }), ['A@1.0.0']],
    ['no names that none can have', depsJson({ A: {}, 'A/': {}, '/1.0.0': {}, '../x/1.0.0': {}, 'A/x': {}, '__proto__/1.0.0': {} }), ['__proto__@1.0.0']],
    ['nothing from other JSON', '[1]', []],
    ['nothing from fields of wrong shapes', '{"runtimeTarget":1,"targets":[],"libraries":"x"}', []],
  ])('reads %s', (_what, text, expected) => {
    const { packages } = parseDepsJson(text);
    expect([...packages.values()].map(({ name, version, hasFiles }) => `${name}@${version}${hasFiles ? '' : ' without files'}`)).toEqual(expected);
  });

  const witness = z.record(z.string(), z.array(z.string()));
  const collection = hasSharedFixtures ? Object.entries(witness.parse(JSON.parse(readSharedFixture('expected/deps-json.json')))) : [];

  it.each(collection)('agrees with the collection on %s', (name, expected) => {
    // The witness lists what is a package by its type; the runtime of a self-contained program has another.
    const packages = [...parseDepsJson(readSharedFixture(name)).packages.values()].filter((found) => !found.name.includes('.App.Runtime.'));
    expect(packages.map((found) => `${found.name}@${found.version}`).sort()).toEqual([...expected].sort());
  });
});

describe('.NET packages', () => {
  it('are described wholly', async () => {
    const { components } = await catalogueOf([{ 'app/App.deps.json': `\uFEFF${depsJson({ 'Newtonsoft.Json/13.0.1': {} })}` }]);
    expect(components).toEqual([
      {
        id: 'pkg:nuget/Newtonsoft.Json@13.0.1',
        ecosystem: 'nuget',
        name: 'Newtonsoft.Json',
        version: '13.0.1',
        packageUrl: 'pkg:nuget/Newtonsoft.Json@13.0.1',
        licences: [],
        locations: [{ path: '/app/App.deps.json', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        cataloguer: 'dotnet',
      },
    ]);
  });

  it('depend on each other through packages without files, which are left out', async () => {
    const catalogue = await catalogueOf([
      {
        'app/App.deps.json': depsJson({
          'A/1.0.0': { dependencies: { B: '1.0.0', Meta: '1.0.0', Gone: '1.0.0' } },
          'B/1.0.0': {},
          'C/1.0.0': { dependencies: { A: '1.0.0' } },
          'Meta/1.0.0': { files: {}, dependencies: { C: '1.0.0', Meta2: '1.0.0' } },
          'Meta2/1.0.0': { files: {}, dependencies: { Meta: '1.0.0' } },
        }),
      },
    ]);
    expect(edgesOf(catalogue)).toEqual(['A -> B', 'A -> C', 'C -> A']);
    expect(catalogue.components.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
  });

  it('are one component for programs in one folder, and two in two', async () => {
    const { components } = await catalogueOf([
      {
        'app/Web.deps.json': depsJson({ 'A/1.0.0': {} }),
        'app/Worker.deps.json': depsJson({ 'A/1.0.0': {} }),
        'other/Tool.deps.json': depsJson({ 'A/1.0.0': {} }),
      },
    ]);
    expect(components.map(({ locations }) => locations.map(({ path }) => path))).toEqual([['/app/Web.deps.json', '/app/Worker.deps.json'], ['/other/Tool.deps.json']]);
  });

  it('count the runtime once, by its folders', async () => {
    const shared = 'usr/share/dotnet/shared';
    const { components } = await catalogueOf([
      {
        [`${shared}/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json`]: depsJson({ 'Microsoft.NETCore.App.Runtime.linux-x64/8.0.1-servicing.23580.8': {}, 'Microsoft.NETCore.DotNetHostPolicy/8.0.1': {} }, '.NETCoreApp,Version=v8.0/linux-x64'),
        [`${shared}/Microsoft.AspNetCore.App/8.0.1/Microsoft.AspNetCore.App.deps.json`]: depsJson({}, '.NETCoreApp,Version=v8.0/linux-x64'),
        'opt/Empty.deps.json': depsJson({}),
      },
    ]);
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual([
      'pkg:nuget/Microsoft.AspNetCore.App.Runtime.linux-x64@8.0.1',
      'pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@8.0.1',
    ]);
  });

  it('come with the layer that brought their version', async () => {
    const { components } = await catalogueOf([
      { 'app/App.deps.json': depsJson({ 'A/1.0.0': {}, 'B/1.0.0': {} }) },
      { 'app/App.deps.json': depsJson({ 'A/1.0.0': {}, 'B/2.0.0': {} }) },
    ]);
    expect(components.map(({ name, locations }) => [name, locations[0]?.layerIndex])).toEqual([
      ['A', 0],
      ['B', 1],
    ]);
  });

  it('report a file that is no JSON', async () => {
    const { diagnostics } = await catalogueOf([{ 'app/App.deps.json': '{' }]);
    expect(diagnostics).toMatchObject([{ code: 'deps-json-unreadable', severity: 'incomplete', path: '/app/App.deps.json' }]);
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf } from '../../test-support/catalogue-fixture.js';
import { hasSharedFixtures, readSharedFixture } from '../../test-support/shared-fixtures.js';
import { lockfileParser } from './lockfile-kinds.js';

const read = (name: string, text: string): readonly string[] =>
  (lockfileParser(name)?.(text) ?? []).map((entry) => `${entry.ecosystem} ${entry.name}@${entry.version}`).sort();

describe('lock files', () => {
  // The shape each tool's documentation gives.
  it.each<[string, string, readonly string[]]>([
    ['package-lock.json', '{"packages":{"":{"name":"app"},"node_modules/a":{"version":"1.0.0"},"node_modules/b/node_modules/@s/c":{"version":"2.0.0"},"node_modules/l":{"link":true,"version":"9"}}}', ['npm @s/c@2.0.0', 'npm a@1.0.0']],
    ['npm-shrinkwrap.json', '{"dependencies":{"a":{"version":"1.0.0","dependencies":{"b":{"version":"2.0.0"}}},"g":{"version":"git+https://x"}}}', ['npm a@1.0.0', 'npm b@2.0.0']],
    ['yarn.lock', '# yarn lockfile v1\n\n"@s/a@^1.0.0", "@s/a@^1.1.0":\n  version "1.2.0"\n  resolved "https://x"\n\nb@~2:\n  version "2.0.1"\n', ['npm @s/a@1.2.0', 'npm b@2.0.1']],
    ['yarn.lock', '__metadata:\n  version: 6\n\n"a@npm:^1.0.0":\n  version: 1.2.0\n  resolution: "a@npm:1.2.0"\n\n"app@workspace:.":\n  version: 0.0.0-use.local\n', ['npm a@1.2.0']],
    ['pnpm-lock.yaml', "lockfileVersion: 5.4\npackages:\n  /@s/a/1.0.0:\n    resolution: {integrity: sha512-x}\n  /b/2.0.0_a@1.0.0: {}\n", ['npm @s/a@1.0.0', 'npm b@2.0.0']],
    ['pnpm-lock.yaml', "---\nlockfileVersion: '9.0'\npackages:\n  pnpm@10.0.0: {}\n---\nlockfileVersion: '9.0'\npackages:\n  '@s/a@1.0.0(b@2.0.0)': {}\n", ['npm @s/a@1.0.0', 'npm pnpm@10.0.0']],
    ['bun.lock', '{"lockfileVersion":1,"packages":{"a":["a@1.0.0","",{},"sha512-x"],"w":["w@workspace:w"],}}', ['npm a@1.0.0']],
    ['poetry.lock', '[[package]]\nname = "Flask"\nversion = "2.0.1"\n\n[[package]]\nname = "x"\n', ['pypi Flask@2.0.1']],
    ['pylock.toml', 'lock-version = "1.0"\n[[packages]]\nname = "attrs"\nversion = "25.1.0"\n', ['pypi attrs@25.1.0']],
    ['Pipfile.lock', '{"default":{"a":{"version":"==1.0"},"g":{"git":"x"}},"develop":{"b":{"version":"==2"}}}', ['pypi a@1.0', 'pypi b@2']],
    ['requirements-dev.txt', '# c\na==1.0 # why\nb[x]==2.0; python_version>"3"\nc>=3\nd == 4.* \n-r other.txt\n', ['pypi a@1.0', 'pypi b@2.0']],
    ['go.mod', 'module example.org/m\n\ngo 1.22\n\nrequire example.org/a v1.0.0\n\nrequire (\n\texample.org/b/v2 v2.1.0 // indirect\n)\n', ['golang example.org/a@v1.0.0', 'golang example.org/b/v2@v2.1.0']],
    ['gradle.lockfile', '# c\norg.a:b:1.0=compileClasspath\nempty=\n', ['maven org.a:b@1.0']],
    ['Gemfile.lock', 'GEM\n  remote: https://rubygems.org/\n  specs:\n    a (1.0)\n      b (>= 2)\n    b (2.1-x86_64-linux)\n\nDEPENDENCIES\n  a\n', ['gem a@1.0', 'gem b@2.1-x86_64-linux']],
    ['Cargo.lock', 'version = 3\n[[package]]\nname = "libc"\nversion = "0.2.54"\nsource = "registry+https://x"\n', ['cargo libc@0.2.54']],
    ['composer.lock', '{"packages":[{"name":"v/a","version":"v1.0"}],"packages-dev":[{"name":"v/b","version":"dev-main"}]}', ['composer v/a@1.0', 'composer v/b@dev-main']],
    ['packages.lock.json', '{"version":1,"dependencies":{"net8.0":{"A":{"type":"Direct","resolved":"1.0.0"},"p":{"type":"Project"}}}}', ['nuget A@1.0.0']],
    ['conan.lock', '{"version":"0.5","requires":["zlib/1.3#hash%1"],"build_requires":[]}', ['conan zlib@1.3']],
    ['pubspec.lock', 'packages:\n  args:\n    source: hosted\n    version: "1.6.0"\n  flutter:\n    source: sdk\n    version: "0.0.0"\n', ['pub args@1.6.0']],
    ['mix.lock', '%{\n  "a": {:hex, :a_pkg, "1.0.0", "hash", [:mix], [], "hexpm", "h"},\n  "g": {:git, "x", "y", []},\n}', ['hex a_pkg@1.0.0']],
    ['rebar.lock', '{"1.2.0",\n[{<<"a">>,{pkg,<<"a_pkg">>,<<"2.9.0">>},0}]}.', ['hex a_pkg@2.9.0']],
    ['cabal.project.freeze', 'constraints: any.Cabal ==3.2.1.0,\n             any.array installed\n', ['hackage Cabal@3.2.1.0']],
    ['stack.yaml.lock', 'packages:\n- original:\n    hackage: HTTP-4000.3.16@sha256:x,1\n', ['hackage HTTP@4000.3.16']],
    ['Package.resolved', '{"pins":[{"identity":"x","location":"https://github.com/a/b.git","state":{"version":"1.0.0"}},{"location":"git@github.com:c/d.git","state":{"branch":"main"}}],"version":2}', ['swift github.com/a/b@1.0.0']],
    ['Podfile.lock', 'PODS:\n  - A/Core (1.0):\n    - B\n  - B (2.0)\n', ['cocoapods A@1.0', 'cocoapods B@2.0']],
    ['Manifest.toml', 'manifest_format = "2.0"\n[[deps.JSON]]\nversion = "0.21.4"\n[[deps.Dates]]\nuuid = "x"\n', ['julia JSON@0.21.4']],
    ['renv.lock', '{"R":{},"Packages":{"cli":{"Package":"cli","Version":"3.6.2"}}}', ['cran cli@3.6.2']],
  ])('%s %#', (name, text, expected) => {
    expect(read(name, text)).toEqual(expected);
  });

  const javascript = ['npm is-number@6.0.0', 'npm is-number@7.0.0', 'npm is-odd@3.0.1', 'npm ms@2.1.3'];
  const python = ['pypi certifi@2024.8.30', 'pypi colorama@0.4.6', 'pypi idna@3.10', 'pypi iniconfig@2.0.0', 'pypi python-dateutil@2.9.0.post0', 'pypi six@1.17.0'];
  it.each<[string, string, readonly string[]]>([
    ['npm', 'package-lock.json', javascript],
    ['yarn-1', 'yarn.lock', javascript],
    ['yarn-4', 'yarn.lock', javascript],
    ['pnpm', 'pnpm-lock.yaml', javascript],
    ['bun', 'bun.lock', javascript],
    ['cargo', 'Cargo.lock', ['cargo itoa@1.0.11', 'cargo ryu@1.0.18']],
    ['uv', 'uv.lock', ['pypi certifi@2024.8.30', 'pypi idna@3.10']],
    ['uv', 'pylock.toml', ['pypi certifi@2024.8.30', 'pypi idna@3.10']],
    ['go', 'go.mod', ['golang github.com/pkg/errors@v0.9.0']],
    ['poetry', 'poetry.lock', python],
    ['pdm', 'pdm.lock', python],
    ['pipenv', 'Pipfile.lock', python.filter((entry) => !/ certifi@| colorama@/.test(entry))],
    ['composer', 'composer.lock', ['composer phpunit/phpunit@dev-main', 'composer psr/container@2.0.2', 'composer psr/log@3.0.2']],
    ['bundler', 'Gemfile.lock', ['gem mustermann@3.0.0', 'gem rack-protection@3.0.5', 'gem rack@2.2.22', 'gem ruby2_keywords@0.0.5', 'gem sinatra@3.0.5', 'gem tilt@2.0.11']],
    ['conan', 'conan.lock', ['conan cmake@3.30.5', 'conan fmt@11.0.2', 'conan zlib@1.3.1']],
  ])('of a workspace by %s name what is behind an alias, and no member: %s', (tool, name, expected) => {
    expect(read(name, readFileSync(path.join(import.meta.dirname, 'fixtures', `${tool}.${name}`), 'utf8'))).toEqual(expected);
  });

  // By the documentation of each tool; folders and repositories are none of a registry's packages.
  it.each<[string, string, readonly string[]]>([
    ['poetry.lock', '[[package]]\nname = "idna"\nversion = "3.10"\n\n[[package]]\nname = "member"\nversion = "1.2.3"\ndevelop = true\n\n[package.source]\ntype = "directory"\nurl = "member"\n', ['pypi idna@3.10']],
    ['pdm.lock', '[[package]]\nname = "member"\nversion = "1.2.3"\neditable = true\npath = "./member"\n\n[[package]]\nname = "idna"\nversion = "3.10"\n', ['pypi idna@3.10']],
    ['package-lock.json', '{"packages":{"node_modules/g":{"version":"1.0.0","resolved":"git+ssh://git@x/g.git#1"},"node_modules/f":{"version":"1.0.0","resolved":"file:f.tgz"}}}', []],
    ['yarn.lock', '"@s/alias@npm:@s/real@^1.0.0":\n  version "1.2.0"\n\n"a@npm:b@^1", a@^1:\n  version "1.0.0"\n', ['npm @s/real@1.2.0', 'npm b@1.0.0']],
    ['pnpm-lock.yaml', "lockfileVersion: 5.4\npackages:\n  github.com/x/y/abcdef:\n    name: y\n    version: 1.0.0\n  file:packages/member:\n    name: member\n    version: 1.2.3\n", []],
    ['go.mod', 'require example.org/a v0.0.0-00010101000000-000000000000\nrequire example.org/b v1.0.0\nreplace example.org/b => example.org/fork v1.1.0 // why\n', ['golang example.org/fork@v1.1.0']],
    ['Gemfile.lock', 'PATH\n  remote: .\n  specs:\n    own (1.0)\n      a\n\nGEM\n  specs:\n    a (1.0)\n', ['gem a@1.0']],
    ['composer.lock', '{"packages":[{"name":"own/a","version":"1.0","dist":{"type":"path","url":"a"}},{"name":"v/b","version":"1.0","dist":{"type":"zip"}}]}', ['composer v/b@1.0']],
    ['pubspec.lock', 'packages:\n  own:\n    source: path\n    version: "1.0.0"\n', []],
  ])('leave out what is no package of a registry: %s %#', (name, text, expected) => {
    expect(read(name, text)).toEqual(expected);
  });

  it.runIf(hasSharedFixtures)('of npm agree with the collection', () => {
    const lists = z.record(z.string(), z.array(z.string())).parse(JSON.parse(readSharedFixture('expected/package-lock.json')));
    for (const [name, expected] of Object.entries(lists)) {
      const found = read('package-lock.json', readSharedFixture(name)).map((entry) => entry.replace('npm ', ''));
      // Members of the project itself are folders and links to them; nobody asks a registry for those.
      const isMember = (entry: string): boolean => new RegExp(String.raw`"node_modules/${entry.replace(/@[^@]*$/, '')}": \{[^}]*"link": true`).test(readSharedFixture(name));
      const asked = expected.map((entry) => entry.replace(/^.*@npm:/, '')).filter((entry) => (/^(?:@|node_modules\/)/.test(entry) || !entry.includes('/')) && !isMember(entry));
      expect({ name, found }).toEqual({ name, found: asked.sort() });
    }
  });

  it('are kept apart from what is installed', async () => {
    const { components, declared } = await catalogueOf([
      { 'app/Cargo.lock': '[[package]]\nname = "libc"\nversion = "0.2.54"\nsource = "registry+https://x"\n', 'app/node_modules/a/package-lock.json': '{"packages":{"node_modules/b":{"version":"1.0.0"}}}' },
    ]);
    expect(components).toEqual([]);
    expect(declared).toEqual([
      {
        id: 'pkg:cargo/libc@0.2.54',
        ecosystem: 'cargo',
        name: 'libc',
        version: '0.2.54',
        packageUrl: 'pkg:cargo/libc@0.2.54',
        licences: [],
        locations: [{ path: '/app/Cargo.lock', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        evidence: { technique: 'manifest-analysis', confidence: 0 },
        cataloguer: 'lockfiles',
      },
    ]);
  });

  it.each(['package-lock.json', 'Cargo.lock', 'pnpm-lock.yaml', 'Manifest.toml', 'Package.resolved'])('that cannot be read are a notice: %s', async (name) => {
    const { diagnostics } = await catalogueOf([{ [name]: '}{ [' }]);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['lockfile-unreadable', 'notice']]);
  });

  it('that multiply themselves are given up', async () => {
    const bomb = `a: &a [x]\n${Array.from({ length: 12 }, (_value, index) => `b${index}: &b${index} [${Array(20).fill(`*${index === 0 ? 'a' : `b${index - 1}`}`).join(', ')}]`).join('\n')}\npackages: *b11\n`;
    const { diagnostics } = await catalogueOf([{ 'pubspec.lock': bomb }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['lockfile-unreadable']);
  });
});

import { describe, expect, it } from 'vitest';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { hasSharedFixtures, readSharedFixture } from '../../test-support/shared-fixtures.js';
import { parseGemspec } from './parse-gemspec.js';
import { rubyTokens } from './ruby-tokens.js';

const specifications = 'usr/local/lib/ruby/gems/3.3.0/specifications';

/** As RubyGems writes it. */
function gemspec(name: string, version: string, ...lines: readonly string[]): string {
  return `# -*- encoding: utf-8 -*-
# stub: ${name} ${version} ruby lib

Gem::Specification.new do |s|
  s.name = "${name}".freeze
  s.version = "${version}".freeze

  s.required_rubygems_version = Gem::Requirement.new(">= 0".freeze) if s.respond_to? :required_rubygems_version=
  s.metadata = { "name" => "other" } if s.respond_to? :metadata=
${lines.map((line) => `  ${line}\n`).join('')}end
`;
}

describe('rubyTokens', () => {
  it.each<[string, readonly string[]]>([
    ['s.name = "a".freeze # "b"\n', ['word s', 'sign .', 'word name', 'sign =', 'text a', 'sign .', 'word freeze']],
    ['"\\u00E9\\x41\\u{1F600}\\n\\"#{s.name}"', ['text éA😀\n"#{s.name}']],
    ["'it\\'s \\n'", ["text it's \\n"]],
    ['%q<a<b>c>%Q(x\\ty)%q!z!', ['text a<b>c', 'text x\ty', 'text z']],
    ['a % q', ['word a', 'sign %', 'word q']],
    ['x "no end', ['word x']],
    ['x "no end\\', ['word x']],
    ['%q', ['sign %', 'word q']],
  ])('takes %j apart', (source, expected) => {
    expect([...rubyTokens(source)].map(({ kind, value }) => `${kind} ${value}`)).toEqual(expected);
  });
});

describe('parseGemspec', () => {
  const nothing = { licences: [], dependencies: [] };

  it.each<[string, string, unknown]>([
    ['a name and a version', gemspec('a', '1.0.0'), { name: 'a', version: '1.0.0', ...nothing }],
    ['a platform', gemspec('a', '1.0.0', 's.platform = "x86_64-linux".freeze'), { name: 'a', version: '1.0.0', platform: 'x86_64-linux', ...nothing }],
    ['the platform of plain Ruby', gemspec('a', '1.0.0', 's.platform = "ruby".freeze'), { name: 'a', version: '1.0.0', ...nothing }],
    [
      'everything that is kept',
      gemspec('a', '1.0.0', 's.authors = ["Andr\\u00E9 X".freeze, "Y".freeze]', 's.summary = "d".freeze', 's.homepage = "https://x.example.org/#{s.name}/#{s.version}".freeze', 's.licenses = ["MIT".freeze, "Ruby".freeze]', 's.files = ["s.name = \\"b\\"".freeze]', 's.add_runtime_dependency(%q<rack>.freeze, [">= 2".freeze])', 's.add_runtime_dependency("rake".freeze)', 's.add_development_dependency(%q<rspec>.freeze, [">= 0".freeze])'),
      { name: 'a', version: '1.0.0', description: 'd', homepage: 'https://x.example.org/a/1.0.0', author: 'André X', licences: ['MIT', 'Ruby'], dependencies: ['rack', 'rake'] },
    ],
    [
      'dependencies once where both methods are called',
      gemspec('a', '1.0.0', 'if s.respond_to? :add_runtime_dependency then', 's.add_runtime_dependency(%q<rack>.freeze, [">= 0"])', 'else', 's.add_dependency(%q<rack>.freeze, [">= 0"])', 's.add_dependency(%q<rspec>.freeze, [">= 0"])', 'end'),
      { name: 'a', version: '1.0.0', licences: [], dependencies: ['rack'] },
    ],
    ['dependencies of the newer method', gemspec('a', '1.0.0', 's.add_dependency(%q<rack>.freeze, [">= 0"])'), { name: 'a', version: '1.0.0', licences: [], dependencies: ['rack'] }],
    ['a version object', 'Gem::Specification.new do |spec|\nspec.name = \'a\'\nspec.version = Gem::Version.new("2.0")\nend', { name: 'a', version: '2.0', ...nothing }],
    ['the stub line of one that computes', '# stub: a 1.2 java lib\nGem::Specification.new do |s|\ns.name = "a"\ns.version = A::VERSION\nend', { name: 'a', version: '1.2', platform: 'java', ...nothing }],
    ['nothing of what it would have to evaluate', gemspec('a', '1.0.0', 's.homepage = "https://#{host}"'), { name: 'a', version: '1.0.0', ...nothing }],
    ['no name that none can have', 'Gem::Specification.new do |s|\ns.name = "../a"\ns.version = "1"\nend', undefined],
    ['no version that none can have', 'Gem::Specification.new do |s|\ns.name = "a"\ns.version = "x y"\nend', undefined],
    ['no assignments to another object', 'Gem::Specification.new do |spec|\ns.name = "a"\ns.version = "1"\nend', undefined],
    ['no comparisons', 'Gem::Specification.new do |s|\ns.name == "a"\ns.version = "1"\nend', undefined],
    ['nothing', '', undefined],
  ])('reads %s', (_what, source, expected) => {
    expect(parseGemspec(source)).toEqual(expected);
  });

  // Written down by hand from the files.
  const collection: readonly (readonly [string, string | undefined])[] = [
    ['gem/syft/bundler.gemspec', 'bundler 2.1.4 MIT'],
    ['gem/syft/formatador.gemspec', 'formatador 1.1.0 MIT'],
    ['gem/gemspec-trivy/testdata/normal00.gemspec', 'rake 13.0.3 MIT'],
    ['gem/gemspec-trivy/testdata/normal01.gemspec', 'async 1.25.0 MIT'],
    ['gem/gemspec-trivy/testdata/license.gemspec', 'async 1.25.0 MIT'],
    ['gem/gemspec-trivy/testdata/multiple_licenses.gemspec', 'test-unit 3.3.7 Ruby,BSDL,PSFL power_assert'],
    ['gem/gemspec-trivy/testdata/malformed00.gemspec', undefined],
    ['gem/gemspec-trivy/testdata/malformed01.gemspec', undefined],
  ];

  it.each(hasSharedFixtures ? collection : [])('reads %s of the collection', (name, expected) => {
    const gem = parseGemspec(readSharedFixture(name));
    expect(gem === undefined ? undefined : [gem.name, gem.version, gem.licences.join(','), ...gem.dependencies].join(' ')).toBe(expected);
  });
});

describe('Ruby gems', () => {
  it('are described wholly', async () => {
    const path = `${specifications}/nokogiri-1.16.0-x86_64-linux.gemspec`;
    const { components } = await catalogueOf([
      { [path]: gemspec('nokogiri', '1.16.0', 's.platform = "x86_64-linux".freeze', 's.authors = ["A".freeze]', 's.summary = "d".freeze', 's.homepage = "https://n.example.org".freeze', 's.licenses = ["MIT".freeze]') },
    ]);
    expect(components).toEqual([
      {
        id: 'pkg:gem/nokogiri@1.16.0?platform=x86_64-linux',
        ecosystem: 'gem',
        name: 'nokogiri',
        version: '1.16.0',
        packageUrl: 'pkg:gem/nokogiri@1.16.0?platform=x86_64-linux',
        licences: [{ declared: 'MIT', spdxExpression: 'MIT' }],
        description: 'd',
        homepage: 'https://n.example.org',
        supplier: 'A',
        locations: [{ path: `/${path}`, layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        cataloguer: 'ruby',
      },
    ]);
  });

  it('are found where gems are installed, and where those of Ruby itself are', async () => {
    const { components } = await catalogueOf([
      {
        [`${specifications}/a-1.gemspec`]: gemspec('a', '1'),
        [`${specifications}/default/b-1.gemspec`]: gemspec('b', '1'),
        'usr/local/bundle/gems/c-1/c.gemspec': gemspec('c', '1'),
        'srv/app/d.gemspec': gemspec('d', '1'),
      },
    ]);
    expect(components.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('depend on the gem of that name in their collection, or the only one; never on one of several versions', async () => {
    const needs = ['rake', 'json', 'far', 'twice', 'gone'].map((name) => `s.add_runtime_dependency(%q<${name}>.freeze, [">= 0".freeze])`);
    const catalogue = await catalogueOf([
      {
        [`${specifications}/app-1.gemspec`]: gemspec('app', '1', ...needs),
        [`${specifications}/rake-13.0.gemspec`]: gemspec('rake', '13.0'),
        [`${specifications}/default/json-2.7.gemspec`]: gemspec('json', '2.7'),
        [`${specifications}/twice-1.gemspec`]: gemspec('twice', '1'),
        [`${specifications}/default/twice-2.gemspec`]: gemspec('twice', '2'),
        'usr/local/bundle/specifications/rake-12.0.gemspec': gemspec('rake', '12.0'),
        'usr/local/bundle/specifications/far-1.gemspec': gemspec('far', '1'),
      },
    ]);
    expect(edgesOf(catalogue)).toEqual(['app -> far', 'app -> json', 'app -> rake']);
    expect(catalogue.relationships.find(({ to }) => to.includes('rake'))?.to).toBe('pkg:gem/rake@13.0');
  });

  it('report a specification without name or version', async () => {
    const path = `${specifications}/a-1.gemspec`;
    const { diagnostics } = await catalogueOf([{ [path]: 'Gem::Specification.new { }' }]);
    expect(diagnostics).toMatchObject([{ code: 'gemspec-unreadable', severity: 'incomplete', path: `/${path}` }]);
  });
});

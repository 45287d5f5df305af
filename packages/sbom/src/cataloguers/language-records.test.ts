import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogueOf, edgesOf, type LayerFiles } from '../test-support/catalogue-fixture.js';
import { parsePhpSerialised } from './pear/parse-php-serialised.js';

const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, name), 'utf8');
const found = async (files: LayerFiles): Promise<readonly (readonly [string, ...(readonly string[])])[]> =>
  (await catalogueOf([files])).components.map(({ packageUrl, licences }) => [packageUrl, ...licences.map(({ spdxExpression, declared }) => spdxExpression ?? declared)]);

describe('records of languages', () => {
  it.each<[string, LayerFiles, Awaited<ReturnType<typeof found>>]>([
    ['R packages', { 'usr/lib/R/library/stringr/DESCRIPTION': fixture('cran/fixtures/stringr-DESCRIPTION') }, [['pkg:cran/stringr@1.5.0.9000', 'MIT']]],
    ['no source tree of R', { 'src/pkg/DESCRIPTION': 'Package: a\nVersion: 1.0\nLicense: MIT\n' }, []],
    ['Lua modules', { 'usr/local/lib/luarocks/rocks-5.1/kong-pgmoon/1.16.2-1/kong-pgmoon-1.16.2-1.rockspec': fixture('luarocks/fixtures/kong-pgmoon-1.16.2-1.rockspec') }, [['pkg:luarocks/kong-pgmoon@1.16.2-1', 'MIT']]],
    ['no rockspec of a source tree', { 'src/kong-pgmoon-1.16.2-1.rockspec': fixture('luarocks/fixtures/kong-pgmoon-1.16.2-1.rockspec') }, []],
    ['Erlang applications', { 'opt/rabbitmq/plugins/rabbit-3.12.10/ebin/rabbit.app': fixture('otp/fixtures/rabbitmq.app') }, [['pkg:otp/rabbit@3.12.10']]],
    ['no template of an application', { 'src/ebin/a.app': '{application, a, [{vsn, git}]}.' }, []],
    ['Haskell libraries', { 'opt/ghc/lib/package.conf.d/text-2.0.2.conf': 'name: text\nversion: 2.0.2\nid: text-2.0.2\nlicense: BSD-2-Clause\ndepends: base-4.18\n' }, [['pkg:hackage/text@2.0.2', 'BSD-2-Clause']]],
    ['WordPress', { 'srv/wp-includes/version.php': "<?php\n$wp_version = '6.4.2';\n" }, [['pkg:wordpress/wordpress@6.4.2']]],
    ['its plugins', { 'srv/wp-content/plugins/akismet/akismet.php': '<?php\n/**\n * Plugin Name: Akismet\n * Version: 5.3\n * License: GPL-2.0-or-later */\n' }, [['pkg:wordpress/akismet@5.3', 'GPL-2.0-or-later']]],
    ['its themes', { 'srv/wp-content/themes/two/style.css': '/*\nTheme Name: Two\nVersion: 1.2\n*/' }, [['pkg:wordpress/two@1.2']]],
    ['no other file of a plugin', { 'srv/wp-content/plugins/akismet/class.php': '<?php // Version: 1' }, []],
    ['PECL extensions', { 'usr/local/lib/php/.registry/.channel.pecl.php.net/memcached.reg': fixture('pear/fixtures/memcached.reg') }, [['pkg:pear/pecl.php.net/memcached@3.2.0', 'PHP License']]],
    ['Linux kernels', { 'lib/modules/6.1.0-18-amd64/modules.builtin': 'kernel/x.ko\n' }, [['pkg:generic/linux-kernel@6.1.0-18-amd64']]],
    ['modules added to them', { 'lib/modules/6.1.0/updates/dkms/zfs.ko': 'ELF\0version=2.2.2-1\0license=CDDL\0' }, [['pkg:generic/zfs@2.2.2-1', 'CDDL']]],
  ])('give %s', async (_what, files, expected) => {
    expect(await found(files)).toEqual(expected);
  });

  it('give edges', async () => {
    const catalogue = await catalogueOf([
      {
        'opt/app/lib/a-1/ebin/a.app': "{application,a,[{vsn,\"1.0\"},{applications,[kernel,b]}]}.",
        'opt/app/lib/b-2/ebin/b.app': "{application,'b',[{vsn,\"2.0\"}]}.",
        'usr/lib/R/library/x/DESCRIPTION': 'Package: x\nVersion: 1\nBuilt: R 4\nImports: y (>= 1),\n z\nDepends: R\n',
        'usr/lib/R/library/y/DESCRIPTION': 'Package: y\nVersion: 1\nBuilt: R 4\n',
        'opt/package.conf.d/p.conf': 'name: p\nversion: 1\nid: p-1\ndepends:\n    q-2-inplace\n',
        'opt/package.conf.d/q.conf': 'name: q\nversion: 2\nid: q-2-inplace\n',
      },
    ]);
    expect(edgesOf(catalogue)).toEqual(['x -> y', 'p -> q', 'a -> b']);
  });

  it('tell of damage', async () => {
    const { diagnostics } = await catalogueOf([{ 'php/.registry/a.reg': 'a:1:{s:4:"name";', 'usr/lib/luarocks/rocks/a/1/a-1.rockspec': 'x' }]);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['pear-record-unreadable', 'incomplete'],
      ['rockspec-unreadable', 'incomplete'],
    ]);
  });
});

describe('parsePhpSerialised', () => {
  // php.net, serialize: what PHP 8 prints for these.
  it.each([
    ['s:5:"h\u00e9llo";', undefined],
    ['s:6:"h\u00e9llo";', 'h\u00e9llo'],
    ['i:-7;', -7],
    ['b:1;', true],
    ['a:2:{i:0;s:1:"a";s:1:"k";a:0:{}}', new Map<string, unknown>([['0', 'a'], ['k', new Map()]])],
    ['O:8:"stdClass":0:{}', undefined],
    ['a:99999999:{', undefined],
    ['s:99999999:"a";', undefined],
    ['s:-1:"a";', undefined],
    ['a:1:{'.repeat(1000), undefined],
  ])('reads %j', (text, expected) => {
    expect(parsePhpSerialised(Buffer.from(text))).toEqual(expected);
  });
});

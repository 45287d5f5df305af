import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { elfFile } from '../../test-support/elf-fixture.js';
import { hasSharedFixtures, readSharedFixture } from '../../test-support/shared-fixtures.js';
import { parsePythonMetadata } from './parse-metadata.js';
import { pythonLicences } from './python-licences.js';

const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
const metadata = (name: string, version: string, rest = ''): string => `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${rest}\n`;
const site = 'usr/lib/python3/site-packages';

describe('parsePythonMetadata', () => {
  it('reads a wheel', () => {
    const { name, version, licence, licenceClassifiers, requires, summary, homepage, author } = parsePythonMetadata(fixture('flask-2.2.1-METADATA'));
    expect({ name, version, licence, licenceClassifiers, summary, homepage, author }).toEqual({
      name: 'Flask',
      version: '2.2.1',
      licence: 'BSD-3-Clause',
      licenceClassifiers: ['License :: OSI Approved :: BSD License'],
      summary: 'A simple framework for building complex web applications.',
      homepage: 'https://palletsprojects.com/p/flask',
      author: 'Armin Ronacher',
    });
    expect(requires).toContain('Werkzeug (>=2.2.0)');
  });

  it('reads an egg', () => {
    expect(parsePythonMetadata(fixture('distlib-0.3.1.egg-info'))).toMatchObject({ name: 'distlib', version: '0.3.1', licence: 'Python license' });
  });

  it('folds lines, stops at the text, passes over junk and takes UNKNOWN for nothing', () => {
    const text = 'junk\nName: a\r\nLicense: one\n two\nVersion: 1\nHome-page: UNKNOWN\nProject-URL: Homepage, https://a.example.org\n\nName: b\n';
    expect(parsePythonMetadata(text)).toEqual({ name: 'a', version: '1', licence: 'one\n two', homepage: 'https://a.example.org', licenceClassifiers: [], requires: [] });
  });

  const witness = z.record(z.string(), z.object({ name: z.string().nullable(), version: z.string().nullable() }));
  const collection = hasSharedFixtures ? Object.entries(witness.parse(JSON.parse(readSharedFixture('expected/python.json')))) : [];

  it.each(collection)('agrees with the collection on %s', (name, { name: expectedName, version: expectedVersion }) => {
    const { name: foundName = null, version: foundVersion = null } = parsePythonMetadata(readSharedFixture(name));
    expect({ name: foundName, version: foundVersion }).toEqual({ name: expectedName, version: expectedVersion });
  });
});

describe('pythonLicences', () => {
  const classifier = (name: string): string => `License :: OSI Approved :: ${name}`;

  it.each([
    ['an expression', { licenceExpression: 'MIT OR Apache-2.0', licence: 'x', licenceClassifiers: [classifier('BSD License')] }, [{ declared: 'MIT OR Apache-2.0', spdxExpression: 'MIT OR Apache-2.0' }]],
    ['a field that is one', { licence: 'bsd-3-clause', licenceClassifiers: [classifier('BSD License')] }, [{ declared: 'bsd-3-clause', spdxExpression: 'BSD-3-Clause' }]],
    ['a field that names one', { licence: 'Apache License, Version 2.0', licenceClassifiers: [] }, [{ declared: 'Apache License, Version 2.0', spdxExpression: 'Apache-2.0' }]],
    ['an exact classifier before a vague field', { licence: 'BSD', licenceClassifiers: [classifier('ISC License (ISCL)')] }, [{ declared: 'ISC License (ISCL)', spdxExpression: 'ISC' }]],
    ['a vague field before a vague classifier', { licence: 'BSD', licenceClassifiers: [classifier('BSD License')] }, [{ declared: 'BSD' }]],
    ['a vague classifier, if there is nothing else', { licenceClassifiers: ['License :: OSI Approved', classifier('Apache Software License')] }, [{ declared: 'Apache Software License' }]],
    ['the first line of a whole text', { licence: 'Copyright 2010 X\n\nRedistribution and use', licenceClassifiers: [] }, [{ declared: 'Copyright 2010 X' }]],
    ['nothing', { licenceClassifiers: [] }, []],
  ])('takes %s', (_what, fields, expected) => {
    expect(pythonLicences({ requires: [], ...fields })).toEqual(expected);
  });
});

describe('Python distributions', () => {
  it('are described wholly, with the name of PEP 503 in the package URL', async () => {
    const { components } = await catalogueOf([
      {
        [`${site}/Zope.Inter_face-5.4.dist-info/METADATA`]: metadata('Zope.Inter_face', '5.4', 'Summary: s\nHome-page: https://z.example.org\nAuthor: Z\nLicense-Expression: ZPL-2.1'),
        [`${site}/Zope.Inter_face-5.4.dist-info/direct_url.json`]: JSON.stringify({ url: 'https://user:secret@git.example.org/z.git', vcs_info: { vcs: 'git', commit_id: 'abc123' } }),
      },
    ]);
    expect(components).toEqual([
      {
        id: 'pkg:pypi/zope-inter-face@5.4?vcs_url=git%2Bhttps:%2F%2Fgit.example.org%2Fz.git%40abc123',
        ecosystem: 'pypi',
        name: 'Zope.Inter_face',
        version: '5.4',
        packageUrl: 'pkg:pypi/zope-inter-face@5.4?vcs_url=git%2Bhttps:%2F%2Fgit.example.org%2Fz.git%40abc123',
        licences: [{ declared: 'ZPL-2.1', spdxExpression: 'ZPL-2.1' }],
        description: 's',
        homepage: 'https://z.example.org',
        supplier: 'Z',
        locations: [{ path: `/${site}/Zope.Inter_face-5.4.dist-info/METADATA`, layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        cataloguer: 'python',
      },
    ]);
  });

  it('are one where a folder describes them as a wheel and as an egg, as Debian does', async () => {
    const { components } = await catalogueOf([{ [`${site}/a_b.egg-info/PKG-INFO`]: metadata('a-b', '1'), [`${site}/a_b-1.dist-info/METADATA`]: metadata('A.B', '1'), [`other/a_b-1.dist-info/METADATA`]: metadata('a-b', '1') }]);
    expect(components.map(({ name, locations }) => [name, locations.map((location) => location.path)])).toEqual([
      ['a-b', ['/other/a_b-1.dist-info/METADATA']],
      ['A.B', [`/${site}/a_b-1.dist-info/METADATA`, `/${site}/a_b.egg-info/PKG-INFO`]],
    ]);
  });

  it('are found in every form they are installed in', async () => {
    const { components } = await catalogueOf([
      {
        [`${site}/a-1.dist-info/METADATA`]: metadata('a', '1'),
        [`${site}/b-1.egg-info/PKG-INFO`]: metadata('b', '1'),
        [`${site}/c-1-py3.9.egg-info`]: metadata('c', '1'),
        [`${site}/d-1-py3.9.egg/EGG-INFO/PKG-INFO`]: metadata('d', '1'),
        'usr/lib/python2.7/lib-dynload/Python-2.7.egg-info': metadata('Python', '2.7'),
        'srv/project/PKG-INFO': metadata('e', '1'),
        'srv/METADATA': metadata('f', '1'),
      },
    ]);
    expect(components.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('depend on what they require without condition, in the same folder first', async () => {
    const catalogue = await catalogueOf([
      {
        [`${site}/app-1.dist-info/METADATA`]: metadata('app', '1', 'Requires-Dist: Lib_One (>=1)\nRequires-Dist: other[extra]>=2\nRequires-Dist: cond; python_version < "3"\nRequires-Dist: gone'),
        [`${site}/lib_one-1.dist-info/METADATA`]: metadata('lib-one', '1'),
        [`${site}/cond-1.dist-info/METADATA`]: metadata('cond', '1'),
        'venv/lib/python3/site-packages/lib_one-2.dist-info/METADATA': metadata('lib-one', '2'),
        'usr/lib/python3/dist-packages/other-2.egg-info': metadata('other', '2'),
      },
    ]);
    expect(catalogue.relationships).toEqual([
      { from: 'pkg:pypi/app@1', to: 'pkg:pypi/lib-one@1', kind: 'depends-on' },
      { from: 'pkg:pypi/app@1', to: 'pkg:pypi/other@2', kind: 'depends-on' },
    ]);
  });

  it('own the copies of others that came inside them', async () => {
    const catalogue = await catalogueOf([
      {
        [`${site}/setuptools-70.dist-info/METADATA`]: metadata('setuptools', '70'),
        [`${site}/setuptools-70.dist-info/RECORD`]: 'setuptools-70.dist-info/METADATA,sha256=x,1\nsetuptools/_vendor/wheel-0.43.dist-info/METADATA,sha256=y,2\n../../../bin/x,,\n',
        [`${site}/setuptools/_vendor/wheel-0.43.dist-info/METADATA`]: metadata('wheel', '0.43'),
      },
    ]);
    expect(edgesOf(catalogue)).toEqual(['setuptools owns wheel']);
  });

  it('report metadata without a name or a version', async () => {
    const { components, diagnostics } = await catalogueOf([{ [`${site}/a-1.dist-info/METADATA`]: 'Name: a\n' }]);
    expect(components).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'python-metadata-incomplete', severity: 'incomplete', path: `/${site}/a-1.dist-info/METADATA` }]);
  });
});

describe('files of Python distributions', () => {
  it('are accounted for where the distribution lists them, scripts outside its folder included', async () => {
    const site = 'usr/local/lib/python3.12/site-packages';
    const { unknowns } = await catalogueOf([
      [
        { name: `${site}/x-1.dist-info/METADATA`, content: 'Name: x\nVersion: 1\n' },
        { name: `${site}/x-1.dist-info/RECORD`, content: 'x/_native.so,sha256=a,1\n../../../bin/x-tool,,\nx-1.dist-info/METADATA,,\n' },
        { name: `${site}/y.egg-info/PKG-INFO`, content: 'Name: y\nVersion: 1\n' },
        { name: `${site}/y.egg-info/installed-files.txt`, content: '../y/_speed.so\n' },
        ...[`${site}/x/_native.so`, 'usr/local/bin/x-tool', `${site}/y/_speed.so`, `${site}/z/_other.so`].map((name) => ({ name, content: elfFile({}) })),
      ],
    ]);
    expect(unknowns?.map(({ path }) => path)).toEqual([`/${site}/z/_other.so`]);
  });

  it('came from the archive that direct_url.json names', async () => {
    const { components } = await catalogueOf([
      {
        'lib/x-1.dist-info/METADATA': 'Name: x\nVersion: 1\n',
        'lib/x-1.dist-info/direct_url.json': JSON.stringify({ url: 'https://u:p@files.example.org/x.whl', archive_info: { hashes: { sha256: 'ab'.repeat(32) } } }),
      },
    ]);
    expect(components[0]).toMatchObject({ downloadUrl: 'https://files.example.org/x.whl', hashes: [{ algorithm: 'SHA-256', value: 'ab'.repeat(32) }] });
  });
});

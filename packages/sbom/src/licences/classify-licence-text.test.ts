import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../test-support/catalogue-fixture.js';
import { classifyLicenceText } from './classify-licence-text.js';

const repository = path.resolve(import.meta.dirname, '../../../..');
const mit = `MIT License

Copyright (c) 2024 Somebody

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY.
`;

/** Packages whose package.json and whose licence text say the same, told apart. */
const installed = ['zod', 'yaml', 'smol-toml', 'packageurl-js', 'typescript', 'spdx-license-ids', 'ajv'].flatMap((name) => {
  const folder = path.join(repository, 'packages/sbom/node_modules', name);
  const file = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'mit.license', 'LICENCE'].map((text) => path.join(folder, text)).find((text) => existsSync(text));
  if (file === undefined) return [];
  const { license }: { license: string } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return [{ name, license, text: readFileSync(file, 'utf8') }];
});

describe('classifyLicenceText', () => {
  it('knows the text of this project’s own licence', () => {
    expect(classifyLicenceText(readFileSync(path.join(repository, 'LICENSE'), 'utf8'))).toEqual({ spdxExpression: 'Apache-2.0', confidence: 1 });
  });

  it.each(installed)('agrees with what $name declares', ({ license, text }) => {
    expect(classifyLicenceText(text)?.spdxExpression).toBe(license);
  });

  it.each([
    ['the MIT licence', mit, { spdxExpression: 'MIT', confidence: 1 }],
    ['one with a word changed', mit.replace('The above copyright notice', 'This notice'), { spdxExpression: 'MIT', confidence: 0.75 }],
    ['half of one', mit.slice(0, 250), undefined],
    ['a name alone', 'MIT License', undefined],
    ['two licences', `${mit}\n${readFileSync(path.join(repository, 'LICENSE'), 'utf8')}`, undefined],
    ['nothing', '', undefined],
    ['a restricted one', `${mit}\nThe Software shall be used for Good, not Evil.`, undefined],
  ])('tells of %s', (_what, text, expected) => {
    expect(classifyLicenceText(text)).toEqual(expected);
  });
});

describe('concluded licences', () => {
  it('are of packages that declare none, and keep what is declared', async () => {
    const { components } = await catalogueOf([
      {
        'app/node_modules/a/package.json': '{"name":"a","version":"1.0.0","license":"SEE LICENSE IN LICENSE"}',
        'app/node_modules/a/LICENSE': mit,
        'app/node_modules/b/package.json': '{"name":"b","version":"1.0.0","license":"ISC"}',
        'app/node_modules/b/LICENSE': mit,
      },
    ]);
    expect(components.map(({ name, licences }) => [name, licences])).toEqual([
      ['a', [{ declared: 'SEE LICENSE IN LICENSE' }, { declared: '/app/node_modules/a/LICENSE', spdxExpression: 'MIT', acknowledgement: 'concluded', confidence: 1 }]],
      ['b', [{ declared: 'ISC', spdxExpression: 'ISC' }]],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { gnuGrants } from './gnu-grants.js';

/** The sentence as the Free Software Foundation words it. */
const standard = (licence: string, version: string): string =>
  `This program is free software; you can redistribute it and/or modify\n * it under the terms of the ${licence} as published by\n * the Free Software Foundation; ${version}\n *\n * This program is distributed in the hope that it will be useful`;

describe('gnuGrants', () => {
  it.each<[string, string, readonly string[]]>([
    ['any later version', standard('GNU General Public License', 'either version 2 of the License, or\n * (at your option) any later version.'), ['GPL-2.0-or-later']],
    ['one version alone', standard('GNU General Public License', 'version 2 of the License.'), ['GPL-2.0-only']],
    ['the library licence of before 1999', standard('GNU Library General Public License', 'either version 2 of the License, or (at your option) any later version.'), ['LGPL-2.0-or-later']],
    ['the lesser one', standard('GNU Lesser General Public License', 'either version 2.1 of the License, or (at your option) any later version.'), ['LGPL-2.1-or-later']],
    ['the Affero one', standard('GNU Affero General Public License', 'either version 3 of the License, or (at your option) any later version.'), ['AGPL-3.0-or-later']],
    ['the version before its publisher', 'under the terms of the GNU General Public License version 2 as published by the Free Software Foundation.', ['GPL-2.0-only']],
    ['a manual', 'under the terms of the GNU Free Documentation License, Version 1.3 or any later version published by the Free Software Foundation; with no Invariant Sections', ['GFDL-1.3-no-invariants-or-later']],
    ['two', `${standard('GNU General Public License', 'either version 3, or (at your option) any later version.')}\n${standard('GNU Lesser General Public License', 'version 2.1 of the License.')}`, ['GPL-3.0-or-later', 'LGPL-2.1-only']],
    ['no version', 'under the terms of the GNU General Public License.', []],
    ['a version and no word of others', 'is under the GNU General Public License, version 2. See the file.', []],
    ['a version that is none', standard('GNU General Public License', 'either version 7 of the License, or (at your option) any later version.'), []],
    ['a mention of where later versions are told elsewhere', 'GNU General Public License version 2 as published by the Free Software Foundation. You may choose any later version if the file says so', []],
    ['the advice in the text of a licence', `How to Apply These Terms to Your New Programs\n\n${standard('GNU General Public License', 'either version 2 of the License, or (at your option) any later version.')}`, []],
    ['nothing', '', []],
  ])('reads %s', (_what, text, expected) => {
    expect(gnuGrants(text).map(({ spdxExpression }) => spdxExpression)).toEqual(expected);
  });

  it('ends in time over a text of nothing but beginnings', () => {
    expect(gnuGrants('gnu general public license version 2 '.repeat(20_000))).toEqual([]);
  });
});

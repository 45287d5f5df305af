import { describe, expect, it } from 'vitest';
import type { Catalogue, Component } from '../catalogue.js';
import { bareCatalogue } from '../test-support/example-catalogue.js';
import { compareCatalogues } from './compare-catalogues.js';

/** `name version path layer licence`, any of the last three left out as `-`. */
const component = (line: string): Component => {
  const [name = '', version = '', path = '-', layer = '-', licence = '-'] = line.split(' ');
  return {
    id: line,
    ecosystem: 'npm',
    name,
    version,
    packageUrl: `pkg:npm/${name}@${version}`,
    licences: licence === '-' ? [] : [{ declared: licence }],
    locations: path === '-' ? [] : [{ path, ...(layer === '-' ? {} : { layerDiffId: layer, layerIndex: 0 }) }],
    cataloguer: 'npm',
  };
};
const catalogue = (...lines: readonly string[]): Catalogue => ({ ...bareCatalogue, components: lines.map(component) });
const said = (before: readonly string[], after: readonly string[]): readonly string[] => {
  const { added, removed, changed, unchanged } = compareCatalogues(catalogue(...before), catalogue(...after));
  return [
    ...added.map(({ id }) => `+ ${id}`),
    ...removed.map(({ id }) => `- ${id}`),
    ...changed.map(({ before: old, after: fresh, differences }) => `~ ${old.id} > ${fresh.id}: ${differences.join(' ')}`),
    ...(unchanged === 0 ? [] : [`= ${unchanged}`]),
  ];
};

describe('compareCatalogues', () => {
  it.each([
    ['nothing and nothing', [], [], []],
    ['a new one', [], ['a 1'], ['+ a 1']],
    ['one that is gone', ['a 1'], [], ['- a 1']],
    ['the same', ['a 1 /a x MIT'], ['a 1 /a x MIT'], ['= 1']],
    ['another version', ['a 1 /a x MIT'], ['a 2 /a x MIT'], ['~ a 1 /a x MIT > a 2 /a x MIT: version']],
    ['another licence', ['a 1 /a x MIT'], ['a 1 /a x ISC'], ['~ a 1 /a x MIT > a 1 /a x ISC: licences']],
    ['another layer and path', ['a 1 /a x'], ['a 1 /b y'], ['~ a 1 /a x > a 1 /b y: layer path']],
    ['a document that says no layer', ['a 1 /a x'], ['a 1 /a'], ['= 1']],
    ['a document that says no path', ['a 1 /a x'], ['a 1'], ['= 1']],
    ['copies told apart by their paths', ['a 1 /x', 'a 2 /y'], ['a 2 /y', 'a 3 /x'], ['~ a 1 /x > a 3 /x: version', '= 1']],
    ['a copy more', ['a 1 /x'], ['a 1 /x', 'a 1 /y'], ['+ a 1 /y', '= 1']],
    ['versions before paths', ['a 1 /x', 'a 2 /y'], ['a 1 /y'], ['- a 2 /y', '~ a 1 /x > a 1 /y: path']],
  ])('tells %s', (_what, before, after, expected) => {
    expect(said(before, after)).toEqual(expected);
  });

  it('is the same the other way round, with the signs exchanged', () => {
    const [one, other] = [['a 1 /x', 'b 1', 'c 1 /c'], ['a 2 /x', 'c 1 /c', 'd 1']] as const;
    expect(said(one, other)).toEqual(['+ d 1', '- b 1', '~ a 1 /x > a 2 /x: version', '= 1']);
    expect(said(other, one)).toEqual(['+ b 1', '- d 1', '~ a 2 /x > a 1 /x: version', '= 1']);
  });
});

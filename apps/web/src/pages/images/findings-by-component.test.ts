import { expect, test } from 'vitest';
import { findingsByComponent } from './findings-by-component.js';

const found = (id: string, name: string, version: string) => ({ id, packageKey: `pkg:npm/${name}`, packageName: name, packageVersion: version, ecosystem: 'npm' });

test('findings stand below their component, the one with the worst first; two versions are two components', () => {
  const groups = findingsByComponent([found('1', 'ws', '7'), found('2', 'qs', '1'), found('3', 'ws', '7'), found('4', 'ws', '8')]);
  expect(groups.map(({ name, version, findings }) => [name, version, findings.map(({ id }) => id)])).toEqual([
    ['ws', '7', ['1', '3']],
    ['qs', '1', ['2']],
    ['ws', '8', ['4']],
  ]);
});

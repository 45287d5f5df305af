import { expect, test } from 'vitest';
import { databaseOf } from '../testing/temporary-database.js';
import { CandidateFinder } from './candidate.js';
import type { LookUp } from './look-ups.js';

const record = {
  id: 'ALSA-2024:1',
  modified: '2024-01-01T00:00:00Z',
  summary: 'Important: nodejs:18 security update',
  affected: [
    { package: { ecosystem: 'AlmaLinux:9', name: 'nodejs' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '18.20.0-1.module_el9.4.0' }] }] },
  ],
};
const nodejs: LookUp = { ecosystem: 'AlmaLinux:9', name: 'nodejs', version: '18.19.0-1.module_el9.3.0', by: 'package', role: 'own', module: 'nodejs:18' };
const isAffected = (finder: CandidateFinder, lookUp: LookUp): boolean => finder.find(lookUp, 'affected').some((candidate) => candidate.affected);

test('what was judged before is the same when it is asked again', async () => {
  await using made = await databaseOf({ test: [record] });
  const finder = new CandidateFinder(made.database);
  const first = finder.find(nodejs, 'affected');
  expect(first.map(({ affected, fixed }) => ({ affected, fixed }))).toEqual([{ affected: true, fixed: '18.20.0-1.module_el9.4.0' }]);
  expect(finder.find({ ...nodejs }, 'affected')).toEqual(first);
});

test.each<[string, Partial<LookUp>]>([
  ['of another module', { module: 'nodejs:20' }],
  ['of another release', { ecosystem: 'AlmaLinux:8' }],
  ['of another name', { name: 'nodejs-docs' }],
  ['of another version', { version: '18.20.0-1.module_el9.4.0' }],
  // What separates the parts of a question may be in a name or a version of a hostile image.
  ['whose name runs into its version', { name: `nodejs\n${nodejs.version}`, version: '' }],
  ['whose version begins in its ecosystem', { ecosystem: 'AlmaLinux:9\nnodejs', name: nodejs.version, version: '' }],
])('a package %s is judged for itself', async (_, other) => {
  await using made = await databaseOf({ test: [record] });
  const finder = new CandidateFinder(made.database);
  expect([isAffected(finder, nodejs), isAffected(finder, { ...nodejs, ...other }), isAffected(finder, nodejs)]).toEqual([true, false, true]);
});

test('names with line breaks that make the same text are told apart', async () => {
  await using made = await databaseOf({ test: [{ id: 'MADE-1', modified: '2024-01-01T00:00:00Z', affected: [{ package: { ecosystem: 'npm', name: 'made' }, versions: ['1'] }] }] });
  const finder = new CandidateFinder(made.database);
  const hostile: LookUp = { ecosystem: 'npm', name: 'made\n1', version: '2', by: 'package', role: 'own' };
  const other: LookUp = { ecosystem: 'npm', name: 'made', version: '1\n2', by: 'package', role: 'own' };
  expect([finder.find(other, 'affected'), finder.find(hostile, 'affected'), finder.find(other, 'affected')].map((candidates) => candidates.length)).toEqual([1, 0, 1]);
});

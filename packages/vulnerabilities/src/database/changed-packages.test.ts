import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { importPaths } from '../advisories/import-paths.js';
import { matchComponents } from '../matchers/match-components.js';
import { packagesAskedFor } from '../matchers/packages-asked-for.js';
import { temporaryFolder } from '../testing/temporary-database.js';
import { zipArchive } from '../testing/zip-archive.js';
import { changedEcosystems, changedPackages } from './changed-packages.js';
import { listGenerations, openAdvisoryDatabase } from './generation-folder.js';
import type { BuildOptions } from './generation-folder.js';

interface Made {
  readonly id: string;
  readonly [field: string]: unknown;
}

const affected = (name: string, fixed: string, ecosystem = 'npm'): Record<string, unknown> => ({ package: { ecosystem, name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] });
const a: Made = { id: 'A', modified: '2024-01-01T00:00:00Z', aliases: ['CVE-2024-11111'], affected: [affected('x', '1.0.0'), affected('y', '1.0.0')] };
const b: Made = { id: 'B', modified: '2024-01-01T00:00:00Z', affected: [affected('z', '2.0.0'), affected('café-😀-\uFFFD', '2.0.0')] };
const malware: Made = { id: 'MAL-1', affected: [{ package: { ecosystem: 'npm', name: 'evil' }, versions: ['1.0.0'] }] };

/** Imports sources one after the other, as generations of one folder, and says what changed by the last. */
async function changes(steps: readonly Readonly<Record<string, readonly Made[]>>[], options: BuildOptions = {}): Promise<string[]> {
  await using folder = await temporaryFolder();
  const database = path.join(folder.path, 'db');
  for (const [index, step] of steps.entries()) {
    const files = Object.entries(step).map(([name, records]) => ({ file: path.join(folder.path, `${name}.zip`), archive: zipArchive(Object.fromEntries(records.map((record) => [`${record.id}.json`, JSON.stringify(record)]))) }));
    for (const { file, archive } of files) await writeFile(file, archive);
    await importPaths(database, files.map(({ file }) => file), { allowShrink: true, ...(index === steps.length - 1 ? options : {}), signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' });
  }
  const [before, after] = steps.length === 1 ? [undefined, ...(await listGenerations(database))] : await listGenerations(database);
  return [...changedPackages(before, after ?? '')].map(({ ecosystem, name }) => `${ecosystem} ${name}`);
}

test.each<[string, readonly Made[], string[]]>([
  ['nothing, when the same records come again in another order', [malware, b, a], []],
  ['nothing, when only the stamp of a record is new', [{ ...a, modified: '2025-01-01T00:00:00Z' }, b, malware], []],
  ['every package of a record that is new', [a, b, malware, { ...a, id: 'C' }], ['npm x', 'npm y']],
  ['every package of a record that went', [a, malware], ['npm café-😀-\uFFFD', 'npm z']],
  ['every package of a record that was withdrawn', [{ ...a, withdrawn: '2025-01-01T00:00:00Z' }, b, malware], ['npm x', 'npm y']],
  ['every package of a record whose rating changed', [{ ...a, severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }] }, b, malware], ['npm x', 'npm y']],
  ['every package of a record with another alias', [{ ...a, aliases: ['CVE-2024-22222'] }, b, malware], ['npm x', 'npm y']],
  ['the one package whose range changed', [{ ...a, affected: [affected('x', '1.0.1'), affected('y', '1.0.0')] }, b, malware], ['npm x']],
  ['a package under its new name and its old', [{ ...a, affected: [affected('x', '1.0.0'), affected('y2', '1.0.0')] }, b, malware], ['npm y', 'npm y2']],
  ['malware whose list of versions changed', [a, b, { ...malware, affected: [{ package: { ecosystem: 'npm', name: 'evil' }, versions: ['1.0.1'] }] }], ['npm evil']],
])('%s', async (_, records, expected) => {
  expect(await changes([{ one: [a, b, malware] }, { one: records }])).toEqual(expected);
});

test('a database that was built from nothing is compared by what it says', async () => {
  expect(await changes([{ one: [a, b, malware] }, { one: [b, { ...a, summary: 'new' }, malware] }], { fresh: true })).toEqual(['npm x', 'npm y']);
});

test('a source that was not imported again does not count, and one that is gone does', async () => {
  expect([await changes([{ one: [a] }, { two: [b] }]), await changes([{ one: [a] }, { two: [b] }], { fresh: true })]).toEqual([
    ['npm café-😀-\uFFFD', 'npm z'],
    ['npm café-😀-\uFFFD', 'npm x', 'npm y', 'npm z'],
  ]);
});

test('a withdrawal in one source takes its copy in another back', async () => {
  const withdrawn = { ...a, modified: '2025-01-01T00:00:00Z', withdrawn: '2025-01-01T00:00:00Z' };
  expect(await changes([{ one: [a], two: [b] }, { two: [b, withdrawn] }])).toEqual(['npm x', 'npm y']);
});

test('against nothing, everything is new', async () => {
  expect(await changes([{ one: [a, malware] }])).toEqual(['npm x', 'npm y', 'npm evil']);
});

test('ecosystems that come are named, and an image is found by the packages it asks for', async () => {
  await using folder = await temporaryFolder();
  const database = path.join(folder.path, 'db');
  for (const [name, record] of Object.entries({ one: a, two: { id: 'SUSE-1', affected: [affected('openssl', '3', 'SUSE:Linux Enterprise Module for Basesystem 15 SP5')] } })) {
    await writeFile(path.join(folder.path, `${name}.json`), JSON.stringify(record));
    await importPaths(database, [path.join(folder.path, `${name}.json`)], { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' });
  }
  const [before, after] = await listGenerations(database);
  expect(changedEcosystems(before, after ?? '')).toEqual(['SUSE:Linux Enterprise Module for Basesystem 15 SP5']);
  const image = {
    distribution: { id: 'sles', idLike: [], versionId: '15.5' },
    components: [
      { id: '1', ecosystem: 'rpm', name: 'openssl', version: '1-1', packageUrl: 'pkg:rpm/suse/openssl@1-1', locations: [] },
      { id: '2', ecosystem: 'pypi', name: 'Py_YAML', version: '6', packageUrl: 'pkg:pypi/py_yaml@6', locations: [] },
      { id: '3', ecosystem: 'pypi', name: 'py-yaml', version: '5', packageUrl: 'pkg:pypi/py-yaml@5', locations: [] },
    ],
  };
  expect(packagesAskedFor(image)).toEqual([
    { ecosystem: 'SUSE:Linux Enterprise*15 SP5', name: 'openssl' },
    { ecosystem: 'PyPI', name: 'py-yaml' },
  ]);
  using opened = await openAdvisoryDatabase(database);
  expect(matchComponents(image, opened).findings.map((finding) => finding.id)).toEqual(['SUSE-1']);
});

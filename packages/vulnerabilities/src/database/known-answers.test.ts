import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { importPaths } from '../advisories/import-paths.js';
import { temporaryFolder } from '../testing/temporary-database.js';
import { zipArchive } from '../testing/zip-archive.js';
import { openAdvisoryDatabase } from './generation-folder.js';

const lodash = (fixed: string): object => ({ id: 'GHSA-35jh-r3h4-6jhm', aliases: ['CVE-2021-23337'], affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] }] });

/** A source of `count` records, with the one whose answer is known. */
async function imported(folder: string, fixed: string, count: number): Promise<number> {
  const others = Array.from({ length: count - 1 }, (_, index) => ({ id: `A-${index}`, affected: [] }));
  const file = path.join(folder, 'npm.zip');
  await writeFile(file, zipArchive(Object.fromEntries([lodash(fixed), ...others].map((record, index) => [`${index}.json`, JSON.stringify(record)]))));
  await importPaths(path.join(folder, 'db'), [file], { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z', allowShrink: true });
  using database = await openAdvisoryDatabase(path.join(folder, 'db'));
  return database.sources()[0]?.records ?? 0;
}

test('a whole ecosystem with a wrong answer does not take the place of a right one', async () => {
  await using folder = await temporaryFolder();
  expect(await imported(folder.path, '4.17.21', 1_000)).toBe(1_000);
  for (const wrong of ['4.17.19', '4.17.22']) await expect(imported(folder.path, wrong, 1_200)).rejects.toMatchObject({ code: 'database-damaged', message: 'The new advisory database gets CVE-2021-23337 in lodash wrong.' });
  expect(await imported(folder.path, '4.17.22', 999)).toBe(999);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, type Database } from '@esscm/store';
import { afterAll, beforeAll, describe } from 'vitest';
import { testRematchProperty } from './rematch-property.contract.test.js';

describe('a re-match on the embedded database gives what a whole match gives', () => {
  let folder: string;
  let databases: Readonly<Record<'rematched' | 'whole', Database>>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rematch-stores-'));
    databases = { rematched: await openDatabase({ dataFolder: path.join(folder, 'rematched') }), whole: await openDatabase({ dataFolder: path.join(folder, 'whole') }) };
  });

  afterAll(async () => {
    await databases.rematched.close();
    await databases.whole.close();
    await rm(folder, { recursive: true });
  });

  testRematchProperty(() => databases, [1, 2, 3]);
});

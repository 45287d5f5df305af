import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createComponentMatcher } from '@esscm/scan-engine';
import { rematch } from '@esscm/scanner';
import { openDatabase, openStore, openVault } from '@esscm/store';
import { pino } from 'pino';
import { benchKey } from './bench-key.js';
import { databaseCpuSeconds } from './database-cpu.js';

/** The measured process: one pass, as the server does it, and nothing else. Arguments: a prepared folder, and the URL of PostgreSQL. */
const [folder = '', databaseUrl] = process.argv.slice(2);
const database = await openDatabase({ dataFolder: folder, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
const matcher = createComponentMatcher({ folder: join(folder, 'advisories') });
const store = await openStore({ database, vault: await openVault({ masterKey: benchKey, keyFile: '' }) });
const databaseCpuBefore = await databaseCpuSeconds(database);
const began = performance.now();
const report = await rematch({ store, matcher, log: pino({ level: 'silent' }) }, new AbortController().signal);
const seconds = (performance.now() - began) / 1000;
writeFileSync(join(folder, 'report.json'), JSON.stringify({ ...report, seconds, databaseCpu: (await databaseCpuSeconds(database)) - databaseCpuBefore }));
await matcher[Symbol.asyncDispose]();
await database.close();

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openAdvisoryDatabase } from '../database/generation-folder.js';
import { temporaryFolder } from '../testing/temporary-database.js';
import { zipArchive } from '../testing/zip-archive.js';
import { updateAdvisories } from './update-advisories.js';
import type { UpdateOutcome } from './update-advisories.js';

const record = JSON.stringify({
  id: 'GHSA-1',
  aliases: ['CVE-2024-11111'],
  affected: [
    { package: { ecosystem: 'Red Hat:x', name: 'x' }, versions: ['1'] },
    { package: { ecosystem: 'npm', name: 'x' }, versions: ['1'] },
  ],
});
const kev = JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2024-11111', dateAdded: '2024-05-01', dueDate: '2024-05-22', knownRansomwareCampaignUse: 'Known', requiredAction: 'Apply updates.' }] });
const epss = gzipSync('#model_version:v2025.03.14,score_date:2026-08-01\ncve,epss,percentile\nCVE-2024-11111,0.5,0.97\nCVE-2024-22222,2,1\n');

function answer(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/Red%20Hat/all.zip') {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"1"' }).end(zipArchive({ 'GHSA-1.json': record }));
  } else if (request.url === '/kev') response.end(kev);
  else if (request.url === '/epss') response.end(epss);
  else response.writeHead(404).end();
}

async function serving(): Promise<AsyncDisposable & { readonly address: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

async function update(address: string, folder: string, ecosystems: readonly string[], enrichment: boolean): Promise<UpdateOutcome[]> {
  return updateAdvisories(folder, { ecosystems, enrichment, feeds: { osv: address, kev: `${address}/kev`, epss: `${address}/epss` }, signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' });
}

test('an update takes the ecosystem asked for, and asks again only for what changed', async () => {
  await using server = await serving();
  await using folder = await temporaryFolder();
  const first = await update(server.address, folder.path, ['Red Hat'], true);
  expect(first.map((outcome) => [outcome.source, outcome.changed, outcome.counts?.ranges ?? outcome.entries])).toEqual([['osv:Red Hat', true, 1], ['kev', true, 1], ['epss', true, 1]]);
  expect(await update(server.address, folder.path, ['Red Hat'], false)).toEqual([{ source: 'osv:Red Hat', changed: false, counts: undefined, entries: undefined }]);
  using database = await openAdvisoryDatabase(folder.path);
  expect([database.ecosystems(), database.enrichment('CVE-2024-11111'), database.sources()[0]]).toEqual([
    ['Red Hat:x'],
    { epss: { probability: 0.5, percentile: 0.97 }, exploited: { added: '2024-05-01', due: '2024-05-22', ransomware: true, action: 'Apply updates.' } },
    expect.objectContaining({ name: 'osv:Red Hat', licence: 'CC-BY-4.0', attribution: 'Red Hat', etag: '"1"', location: `${server.address}/Red%20Hat/all.zip` }),
  ]);
});

test('a server that does not have it, or is not there, is named and nothing is left behind', async () => {
  await using folder = await temporaryFolder();
  let address: string;
  {
    await using server = await serving();
    address = server.address;
    await expect(update(address, folder.path, ['npm'], false)).rejects.toMatchObject({ code: 'download-failed', message: expect.stringContaining('it answers 404') });
  }
  await expect(update(address, folder.path, ['npm'], false)).rejects.toMatchObject({ code: 'download-failed', message: expect.stringContaining('cannot be reached') });
  await expect(openAdvisoryDatabase(folder.path)).rejects.toMatchObject({ code: 'database-missing' });
});

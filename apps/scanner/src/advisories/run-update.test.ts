import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { runUpdate } from './run-update.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'update-'));
});

afterEach(() => rm(folder, { recursive: true }));

const address = (name: string): string => pathToFileURL(path.join(folder, name)).href;
const run = (source: string, osvAddress: string, kev = address('kev.json')) =>
  runUpdate({ folder: path.join(folder, 'advisories'), source, addresses: { osv: osvAddress, kev, epss: address('epss.csv'), endOfLife: address('eol.json') } }, () => undefined);
const exploited = JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2021-44228', dateAdded: '2021-12-10', dueDate: '2021-12-24', knownRansomwareCampaignUse: 'Known', requiredAction: 'Update.' }] });

/** What is known of exploitation beside the catalogue of exploited vulnerabilities. */
async function writeOthers(): Promise<void> {
  await writeFile(path.join(folder, 'epss.csv'), '#model_version:v2025.03.14,score_date:2026-11-23T00:00:00+0000\ncve,epss,percentile\nCVE-2021-44228,0.94,0.99\n');
  await writeFile(path.join(folder, 'eol.json'), JSON.stringify({ result: [{ name: 'debian', releases: [{ name: '12', isEol: false, eolFrom: '2026-06-10' }] }] }));
}

test('a bundle that is not there is named, with what to do', async () => {
  expect(await run('npm', `${address('mirror')}/`)).toEqual({
    feeds: [],
    failure: { code: 'download-failed', message: `osv:npm: ${address('mirror')}/npm/all.zip was not read: there is no such file.`, remedy: 'Check the folder the source is configured to read.' },
  });
});

test('a server that cannot be reached is named', async () => {
  expect(await run('npm', 'http://127.0.0.1:1/')).toMatchObject({ failure: { code: 'download-failed', message: 'osv:npm: http://127.0.0.1:1/npm/modified_id.csv was not fetched: it cannot be reached.' } });
});

test('what is known of exploitation comes from a folder', async () => {
  await writeFile(path.join(folder, 'kev.json'), exploited);
  await writeOthers();
  expect(await run('exploitation', address('mirror'))).toMatchObject({ feeds: [{ name: 'end-of-life' }, { name: 'epss' }, { name: 'kev', licence: 'CC0-1.0' }] });
});

test('the signature of a mirror\'s address reaches the mirror, and neither what users see of the feed nor a failure', async () => {
  let status = 200;
  const asked: (string | undefined)[] = [];
  const mirror = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(status).end(exploited);
  });
  mirror.listen(0, '127.0.0.1');
  await once(mirror, 'listening');
  onTestFinished(() => void mirror.close());
  const plain = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/kev.json`;
  await writeOthers();

  expect(await run('exploitation', address('mirror'), `${plain}?sig=hidden`)).toMatchObject({ feeds: [{ name: 'end-of-life' }, { name: 'epss' }, { name: 'kev', location: plain }] });
  expect(asked).toEqual(['/kev.json?sig=hidden']);
  status = 403;
  const { failure } = await run('exploitation', address('mirror'), `${plain}?sig=another-hidden`);
  expect(failure?.message).toBe(`kev: ${plain} was not fetched: it answers 403.`);
});

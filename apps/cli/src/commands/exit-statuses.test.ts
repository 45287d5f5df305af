import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ImageBuilder, writeOciLayout } from '@esscm/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = path.resolve(import.meta.dirname, '../../dist/main.js');
let folder = '';

/** Runs the built command in the folder to its end; `each` sees the process as soon as it is started. */
function esscm(parameters: readonly string[], each?: (child: ReturnType<typeof execFile>) => void): Promise<{ readonly status: number; readonly output: string; readonly remarks: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...parameters], { cwd: folder }, (error, output, remarks) => resolve({ status: error === null ? 0 : Number(error.code), output, remarks }));
    each?.(child);
  });
}

const npm = (name: string, version: string) => ({ type: 'library', name, version, purl: `pkg:npm/${name}@${version}`, 'bom-ref': `${name}@${version}` });
const bom = (...components: readonly object[]) => JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components });
const record = (ecosystem: string, name: string, severity: string) => ({
  id: `GHSA-${name}`,
  modified: '2026-01-01T00:00:00Z',
  database_specific: { severity },
  affected: [{ package: { ecosystem, name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }] }],
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exit-statuses-'));
  const files = {
    'affected.json': bom(npm('a', '1.0.0')),
    'not-affected.json': bom(npm('a', '2.0.0')),
    'not-judged.json': bom(npm('a', '2.0.0'), { type: 'library', name: 'b', version: '1', purl: 'pkg:gem/b@1', 'bom-ref': 'b' }),
    'affected-and-not-judged.json': bom(npm('a', '1.0.0'), { type: 'library', name: 'b', version: '1', purl: 'pkg:gem/b@1', 'bom-ref': 'b' }),
    'not-valid.json': bom({ ...npm('a', '1.0.0'), type: 'lib' }),
    'record.json': JSON.stringify(record('npm', 'a', 'HIGH')),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  const os = { 'etc/os-release': 'ID=fedora\nVERSION_ID=40\n' };
  const node = { 'srv/node_modules/a/package.json': JSON.stringify({ name: 'a', version: '1.0.0' }) };
  const python = { 'usr/lib/python3/site-packages/b-1.dist-info/METADATA': 'Metadata-Version: 2.1\nName: b\nVersion: 1\n' };
  await writeOciLayout(path.join(folder, 'whole'), [{ content: new ImageBuilder().layer(node).build(), tag: 'latest' }]);
  await writeOciLayout(path.join(folder, 'in-part'), [{ content: new ImageBuilder().layer({ ...os, ...node, ...python, 'usr/lib/sysimage/rpm/rpmdb.sqlite': 'no database' }).build(), tag: 'latest' }]);
  const imported = await esscm(['advisories', 'import', 'record.json', '--database', 'advisories']);
  if (imported.status !== 0) throw new Error(imported.remarks);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const judged = ['--advisories', 'advisories'];

describe('what the exit status says, as docs/commands.md promises it', () => {
  it.each<[number, string, readonly string[]]>([
    [0, 'done', ['scan', 'sbom:not-affected.json', ...judged]],
    [0, 'findings without a gate are no failure', ['scan', 'sbom:affected.json', ...judged]],
    [0, 'a gate that no finding reaches', ['scan', 'sbom:affected.json', ...judged, '--fail-on', 'critical']],
    [0, 'everything was judged', ['scan', 'sbom:affected.json', ...judged, '--fail-on-unjudged']],
    [0, 'what could not be judged, when nobody asked', ['scan', 'sbom:not-judged.json', ...judged]],
    [0, 'a whole image', ['scan', 'oci:whole', ...judged]],
    [1, 'a source that is not there', ['scan', 'sbom:missing.json']],
    [1, 'a document that is not valid', ['validate', 'not-valid.json']],
    [1, 'advisories that are not there', ['scan', 'sbom:affected.json', '--advisories', 'nowhere']],
    [1, 'records that cannot be imported', ['advisories', 'import', 'not-valid.json', '--database', 'other']],
    [2, 'an option nobody knows', ['scan', 'sbom:affected.json', '--unknown']],
    [2, 'a command nobody knows', ['scna', 'sbom:affected.json']],
    [2, 'a gate without advisories', ['scan', 'sbom:affected.json', '--fail-on', 'low']],
    [2, 'being told of the unjudged without advisories', ['scan', 'sbom:affected.json', '--fail-on-unjudged']],
    [2, 'a severity nobody knows', ['scan', 'sbom:affected.json', ...judged, '--fail-on', 'bad']],
    [3, 'parts of the image could not be read', ['scan', 'oci:in-part']],
    [4, 'a finding as severe as the gate', ['scan', 'sbom:affected.json', ...judged, '--fail-on', 'high']],
    [4, 'a finding with a known fix', ['scan', 'sbom:affected.json', ...judged, '--only-fixed']],
    [4, 'a score below the least', ['validate', 'affected.json', '--profile', 'ntia', '--min-score', '9']],
    [4, 'a gate, though packages could not be judged', ['scan', 'sbom:affected-and-not-judged.json', ...judged, '--fail-on', 'low', '--fail-on-unjudged']],
    [4, 'a gate, though parts could not be read', ['scan', 'oci:in-part', ...judged, '--fail-on', 'low', '--fail-on-unjudged']],
    [5, 'something differs', ['diff', 'sbom:affected.json', 'sbom:not-affected.json', '--exit-code']],
    [6, 'packages could not be judged', ['scan', 'sbom:not-judged.json', ...judged, '--fail-on-unjudged']],
    [6, 'packages could not be judged, and no gate holds', ['scan', 'sbom:affected-and-not-judged.json', ...judged, '--fail-on', 'critical', '--fail-on-unjudged']],
    [6, 'packages could not be judged, and parts could not be read', ['scan', 'oci:in-part', ...judged, '--fail-on-unjudged']],
  ])('%i: %s', async (status, _, parameters) => {
    const ended = await esscm(parameters);
    expect({ ...ended, parameters }).toMatchObject({ status, parameters });
    expect(`${ended.output}${ended.remarks}`).not.toBe('');
  }, 30_000);

  it('130: interrupted', async () => {
    const asked = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(asked, 'listening');
    const { port } = asked.address() as { readonly port: number };
    const ended = await esscm(['advisories', 'update', 'npm', '--no-enrichment', '--from', `http://127.0.0.1:${port}`, '--database', 'other'], (child) => {
      void once(asked, 'request').then(() => child.kill('SIGINT'));
    });
    asked.closeAllConnections();
    asked.close();
    expect(ended).toMatchObject({ status: 130 });
  }, 30_000);
});

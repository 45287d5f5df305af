import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = path.resolve(import.meta.dirname, '../../dist/main.js');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'esscm-documents-'));
  const bom = (version: string): string => JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components: [{ type: 'library', name: 'a', version, purl: `pkg:npm/a@${version}`, 'bom-ref': 'a' }, { type: 'file', name: '/x' }] });
  await writeFile(path.join(folder, 'one.json'), bom('1'));
  await writeFile(path.join(folder, 'two.json'), bom('2'));
  await writeFile(path.join(folder, 'broken.json'), bom('1').replace('library', 'lib'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the built command in the folder: status, standard output, standard error. */
const esscm = (...parameters: readonly string[]): Promise<{ readonly status: number; readonly output: string; readonly remarks: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [main, ...parameters], { cwd: folder }, (error, output, remarks) => {
      resolve({ status: error === null ? 0 : Number(error.code), output, remarks });
    });
  });

describe('documents as sources', () => {
  it('are scanned, converted there and back, and found the same', async () => {
    expect(await esscm('scan', 'sbom:one.json')).toEqual({ status: 0, output: expect.stringContaining('1 components'), remarks: 'one.json: not taken over: 1 files\n' });
    expect((await esscm('convert', 'one.json', '--format', 'spdx-tag-value=one.spdx', '--format', 'cyclonedx-1.7-xml', '--output', 'one.xml')).status).toBe(0);
    expect(await readFile(path.join(folder, 'one.spdx'), 'utf8')).toContain('PackageName: a\n');
    expect(await esscm('diff', 'sbom:one.spdx', 'sbom:one.xml', '--exit-code')).toEqual({ status: 0, output: '0 added, 0 removed, 0 changed, 1 the same\n', remarks: '' });
  });

  it('are compared', async () => {
    const { status, output } = await esscm('diff', 'sbom:one.json', 'sbom:two.json', '--exit-code');
    expect({ status, lines: output.split('\n').map((line) => line.trim().replaceAll(/ +/g, ' ')) }).toEqual({ status: 5, lines: ['NAME TYPE BEFORE AFTER CHANGED', '~ a npm 1 2', '', '0 added, 0 removed, 1 changed, 0 the same', ''] });
  });

  it('are refused with the place named', async () => {
    expect(await esscm('convert', 'broken.json')).toEqual({ status: 1, output: '', remarks: expect.stringMatching(/^esscm: The document breaks the rules of CycloneDX 1\.5\nesscm: {3}\/components\/0\/type: must be one of/) });
    expect(await esscm('convert', 'missing.json')).toMatchObject({ status: 1, remarks: expect.stringMatching(/^esscm: missing\.json cannot be read: ENOENT/) });
    expect(await esscm('scan', 'sbom:one.json', '--platform', 'all')).toMatchObject({ status: 2 });
    expect(await esscm('scan', 'sbom:one.json', '--format', 'pdf')).toMatchObject({ status: 2, remarks: expect.stringMatching(/^esscm: There is no format pdf\.\nesscm: Formats are table, /) });
  });

  it('are validated', async () => {
    expect(await esscm('validate', 'broken.json', '--profile', 'ntia')).toMatchObject({ status: 1, output: expect.stringContaining('It breaks the rules of its format:\n  /components/0/type: must be one of') });
    expect(await esscm('validate', 'one.json', '--profile', 'ntia', '--min-score', '9')).toMatchObject({ status: 4, output: expect.stringContaining('NTIA minimum elements: 4.2 of 10') });
    const { status, output } = await esscm('validate', 'one.json', '--format', 'json');
    expect({ status, said: JSON.parse(output) as unknown }).toMatchObject({ status: 0, said: { document: { specification: 'CycloneDX', version: '1.5', encoding: 'json' }, valid: true, profiles: [{ profile: { id: 'ntia' } }, { profile: { id: 'cisa-2025' } }, { profile: { id: 'bsi-tr-03183-2' } }] } });
  });
});

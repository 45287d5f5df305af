import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ImageBuilder, writeOciLayout } from '@esscm/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';

const { resolve } = createRequire(import.meta.url);
/** Of the command with all its subcommands, and of its scan alone. */
const entries = { main: resolve('@esscm/cli/main'), startScan: resolve('@esscm/cli/start-scan') };

/** Tells on standard error, as the process ends, what it has loaded and how many threads it has started. */
const witness = `
const { registerHooks } = require('node:module');
const workers = require('node:worker_threads');
const files = [];
registerHooks({ load: (url, context, next) => { files.push(url); return next(url, context); } });
let threads = 0;
const { Worker } = workers;
workers.Worker = class extends Worker { constructor(...options) { super(...options); threads += 1; } };
process.on('exit', () => console.error(JSON.stringify({ files, threads, builtins: process.moduleLoadList })));
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loaded-modules-'));
  await writeFile(join(folder, 'witness.cjs'), witness);
  const image = new ImageBuilder().layer({ 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.1\n', 'lib/apk/db/installed': 'P:musl\nV:1.2.5-r0\nA:x86_64\n' }).build();
  await writeOciLayout(join(folder, 'layout'), [{ content: image, tag: '1.0' }]);
});
afterEach(() => rm(folder, { recursive: true }));

interface Loaded {
  readonly files: readonly string[];
  readonly threads: number;
  readonly builtins: readonly string[];
}

function loadedBy(entry: string, format: string): Loaded {
  const script = '"$0" --require "$1/witness.cjs" "$2" scan "oci:$1/layout" --format "$3" 2>&1 >/dev/null';
  const told = execFileSync('sh', ['-c', script, process.execPath, folder, entry, format], { encoding: 'utf8' });
  return JSON.parse(told.slice(told.lastIndexOf('{"files"'))) as Loaded;
}

/** Of our packages, as `sbom/scan`; parts that several entries share have names of the builder's choice. */
function entriesOf({ files }: Loaded): readonly string[] {
  return files
    .map((url) => /\/(?:packages|apps)\/([^/]+)\/dist\/entries\/([^/]+)\.js$/.exec(url))
    .flatMap((match) => (match === null ? [] : [`${match[1]}/${match[2]}`]))
    .filter((name) => !/-[\w-]{8}$/.test(name))
    .toSorted();
}

it.each(['table', 'cyclonedx-json', 'spdx-json'])('a scan of a small layout as %s loads what reads layers, and nothing else of ours', (format) => {
  const loaded = loadedBy(entries.main, format);
  expect(entriesOf(loaded)).toEqual(['cli/main', 'oci-client/local', 'sbom/scan', 'scan-engine/index']);
  expect(loaded.files.filter((url) => url.includes('/node_modules/') && !url.includes('/@esscm/'))).toEqual([]);
});

it('the scan that starts from compiled code loads no module beside its program', () => {
  expect(loadedBy(entries.startScan, 'cyclonedx-json').files.filter((url) => !url.endsWith('/witness.cjs') && !url.startsWith('node:'))).toEqual([pathToFileURL(entries.startScan).href]);
});

it.each(Object.entries(entries))('a scan of a small layout by %s starts no thread, and opens neither web client nor database', (_, entry) => {
  const { threads, builtins } = loadedBy(entry, 'cyclonedx-json');
  expect(threads).toBe(0);
  const unwanted = ['http', 'https', 'http2', 'tls', 'dns', 'child_process', 'sqlite', 'internal/deps/undici/undici'];
  expect(builtins.filter((name) => unwanted.includes(name.replace('NativeModule ', '')))).toEqual([]);
});

it('the scan that starts from compiled code opens no stream for standard error, and no promises of the file system', () => {
  const { builtins } = loadedBy(entries.startScan, 'cyclonedx-json');
  expect(builtins.filter((name) => ['net', 'tty', 'internal/fs/promises'].includes(name.replace('NativeModule ', '')))).toEqual([]);
});

it.each(['table', 'cyclonedx-json', 'spdx-json'])('both entries write the same %s', (format) => {
  const [one, other] = Object.values(entries).map((entry) => execFileSync(process.execPath, [entry, 'scan', `oci:${folder}/layout`, '--format', format], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  expect(one).toContain('musl');
  expect(other).toBe(one);
});

it.each([
  { of: 'a wrong option', command: ['scan', '--nonsense'] },
  { of: 'a folder without an image', command: ['scan', 'oci:/nowhere'] },
  { of: 'a document that is none', command: ['scan', 'sbom:/dev/null'] },
])('both entries fail alike on $of', ({ command }) => {
  const [one, other] = Object.values(entries).map((entry) => {
    const { status, stderr } = spawnSync(process.execPath, [entry, ...command], { encoding: 'utf8' });
    return { status, stderr };
  });
  expect(one?.status).toBeGreaterThan(0);
  expect(other).toEqual(one);
});

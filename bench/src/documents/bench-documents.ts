import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { documentFormats, type Catalogue } from '@esscm/sbom';
import { catalogueOfDocument, checkDocument } from '@esscm/sbom/documents';
import { esscm } from '../command.js';
import { measure } from '../measure.js';
import { packageUrlsOf } from './package-urls.js';

/** Reports give no catalogue back. */
const formats = documentFormats.filter(({ id }) => id !== 'components-csv' && id !== 'github-snapshot');

interface Row {
  readonly image: string;
  readonly what: string;
  readonly result: string;
}

/**
 * Every document of every image: the same bytes from run to run, on one processor and on all, and the same contents from a
 * layout, a docker-archive and a registry; valid; and the same catalogue again, so that each converts to every other and back.
 * `foreign` is a folder of documents by other makers, which have to keep every package and survive every format. Any
 * difference makes the run fail.
 */
export async function benchDocuments(options: { images: string | undefined; registry: string | undefined; foreign: string | undefined }): Promise<void> {
  const rows: Row[] = [];
  const costs: WritingCost[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'esscm-documents-'));
  try {
    const names = options.images === undefined ? [] : readdirSync(options.images).filter((name) => existsSync(join(options.images ?? '', name, 'index.json')));
    for (const name of names) {
      rows.push(...(await checkImage(join(options.images ?? '', name), name, folder, options.registry)));
      costs.push(...(await writingCosts(join(folder, 'first.cyclonedx-1.7-json'), name, folder)));
    }
    for (const file of options.foreign === undefined ? [] : globSync(join(options.foreign, '*')).toSorted()) rows.push(...(await checkForeign(file)));
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.table(rows);
  console.table(costs);
  if (rows.some(({ result }) => result !== 'equal')) process.exitCode = 1;
}

async function checkImage(layout: string, image: string, folder: string, registry: string | undefined): Promise<readonly Row[]> {
  const first = scan(`oci:${layout}`, join(folder, 'first'));
  const second = scan(`oci:${layout}`, join(folder, 'second'), ['taskset', '-c', '0']);
  const row = (what: string, result: string | boolean): Row => ({ image, what, result: typeof result === 'string' ? result : result ? 'equal' : 'DIFFERS' });
  const rows = documentFormats.map(({ id }) => row(`${id}: a second run, on one processor`, first.get(id) === second.get(id)));
  const catalogue = await catalogueOf(first.get('cyclonedx-1.7-json') ?? '');
  const archive = join(folder, 'archive.tar');
  const packed = spawnSync('skopeo', ['copy', '--quiet', '--override-os', 'linux', '--override-arch', 'amd64', `oci:${layout}`, `docker-archive:${archive}`], { encoding: 'utf8' });
  if (packed.status === 0) rows.push(row('contents: docker-archive', hasSameContents(catalogue, await catalogueOf(scan(`docker-archive:${archive}`, join(folder, 'archive')).get('cyclonedx-1.7-json') ?? ''))));
  // Docker's own form of an image knows no zstd.
  else if (!packed.stderr.includes('zstd compression is not supported')) throw new Error(`skopeo: ${packed.stderr.slice(-300)}`);
  rmSync(archive, { force: true });
  if (registry !== undefined) {
    const reference = `${new URL(registry).host}/documents/${image}:1`;
    execFileSync('skopeo', ['copy', '--quiet', '--all', '--dest-tls-verify=false', `oci:${layout}`, `docker://${reference}`]);
    rows.push(row('contents: registry', hasSameContents(catalogue, await catalogueOf(scan(reference, join(folder, 'registry')).get('cyclonedx-1.7-json') ?? ''))));
  }
  for (const { id } of formats) {
    const { document, problems, dangling } = await checkDocument(Buffer.from(first.get(id) ?? ''));
    rows.push(row(`${id}: valid`, problems.length + dangling.length === 0 ? 'equal' : JSON.stringify([...problems, ...dangling].slice(0, 2))));
    const read = catalogueOfDocument(document).catalogue;
    rows.push(row(`${id}: the same catalogue back`, isDeepStrictEqual(read, catalogue)));
    const unlike = documentFormats.filter((other) => [...other.write(read)].join('') !== first.get(other.id));
    rows.push(row(`${id}: converted to each of ${documentFormats.length} formats`, unlike.length === 0 ? 'equal' : unlike.map((other) => other.id).join(', ')));
  }
  return rows;
}

interface WritingCost {
  readonly image: string;
  readonly format: string;
  readonly kilobytes: number;
  /** Of writing alone, in this process. */
  readonly 'CPU ms': number;
  /** Of a process that reads the image's CycloneDX document, which is most of it, and writes this one. */
  readonly 'peak MB': number;
}

/** What writing each document costs; nothing of it is judged. */
async function writingCosts(document: string, image: string, folder: string): Promise<readonly WritingCost[]> {
  const catalogue = await catalogueOf(readFileSync(document, 'utf8'));
  const costs: WritingCost[] = [];
  for (const { id, write } of documentFormats) {
    const before = process.cpuUsage();
    let bytes = 0;
    for (const piece of write(catalogue)) bytes += Buffer.byteLength(piece);
    const { user, system } = process.cpuUsage(before);
    const { peakMegabytes } = await measure(esscm, ['convert', document, '--format', `${id}=${join(folder, 'converted')}`]);
    costs.push({ image, format: id, kilobytes: Math.round(bytes / 1000), 'CPU ms': Math.round((user + system) / 1000), 'peak MB': Math.round(peakMegabytes) });
  }
  return costs;
}

/** One run of the command that writes every format; the text of each. */
function scan(source: string, prefix: string, wrapper: readonly string[] = []): ReadonlyMap<string, string> {
  const [command = '', ...parameters] = [...wrapper, esscm, 'scan', source, '--plain-http', ...documentFormats.flatMap(({ id }) => ['--format', `${id}=${prefix}.${id}`])];
  const { status, stderr } = spawnSync(command, parameters, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  // 3: written, and incomplete by its own word.
  if (status !== 0 && status !== 3) throw new Error(`${source}: ${stderr.slice(-500)}`);
  return new Map(documentFormats.map(({ id }) => [id, readFileSync(`${prefix}.${id}`, 'utf8')]));
}

async function catalogueOf(text: string): Promise<Catalogue> {
  return catalogueOfDocument((await checkDocument(Buffer.from(text))).document).catalogue;
}

/** All but where the image was read from. An archive keeps its layers in another compression. */
function hasSameContents({ image: one, ...contents }: Catalogue, { image: other, ...others }: Catalogue): boolean {
  return isDeepStrictEqual(contents, others) && isDeepStrictEqual(one.layers.map(({ diffId }) => diffId), other.layers.map(({ diffId }) => diffId));
}

/** A document of another maker: its packages, by a reading of its text that is not ours, have to be in every document made of it. */
async function checkForeign(file: string): Promise<readonly Row[]> {
  const image = basename(file);
  const text = readFileSync(file, 'utf8');
  const { document, problems } = await checkDocument(Buffer.from(text));
  const { catalogue } = catalogueOfDocument(document);
  const rows: Row[] = problems.length === 0 ? [] : [{ image, what: `its own faults against the schema: ${problems.length}, first ${JSON.stringify(problems[0])}`.slice(0, 160), result: 'equal' }];
  const expected = packageUrlsOf(text);
  for (const { id, write } of formats) {
    const written = [...write(catalogue)].join('');
    const checked = await checkDocument(Buffer.from(written));
    const lost = [...expected].filter((packageUrl) => !packageUrlsOf(written).has(packageUrl));
    rows.push({ image, what: `${id}: ${expected.size} package URLs`, result: lost.length === 0 ? 'equal' : `LOST ${lost.length}: ${lost.slice(0, 3).join(' ')}` });
    const faults = [...checked.problems, ...checked.dangling];
    rows.push({ image, what: `${id}: valid`, result: faults.length === 0 ? 'equal' : JSON.stringify(faults.slice(0, 2)) });
    rows.push({ image, what: `${id}: the same catalogue back`, result: isDeepStrictEqual(catalogueOfDocument(checked.document).catalogue, catalogue) ? 'equal' : 'DIFFERS' });
  }
  return rows;
}

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startEcrSimulator } from '@esscm/ecr-simulator';
import { Api } from '@esscm/e2e/support/api';
import { allScansEnded, connectPrivate, createAdministrator } from '@esscm/e2e/support/journeys';
import { Product } from '@esscm/e2e/support/product';
import { reader, readerPolicy } from '@esscm/e2e/support/registry';
import { esscm } from './command.js';
import { pushLayout } from './push-layout.js';

/** Package types that are compared. */
const types = ['deb', 'npm', 'pypi', 'maven'] as const;

interface Score {
  readonly image: string;
  readonly via: string;
  readonly type: string;
  /** Packages the truth requires, and how many of them were found in the right version. */
  readonly required: number;
  readonly found: number;
  /** Packages reported, and how many of them the truth does not know. */
  readonly reported: number;
  readonly invented: number;
  readonly recall: string;
  readonly precision: string;
}

/**
 * Made images with a known content, read by the command from their layouts, pushed into a real registry and read back, and
 * connected through the server's API behind a simulated ECR. Every package of the truth has to be found, and none invented.
 */
export async function benchTruth(options: { images: string; only: string | undefined; registry: string | undefined }): Promise<void> {
  const names = readdirSync(options.images).filter((name) => existsSync(join(options.images, `${name}.truth.tsv`)) && existsSync(join(options.images, name, 'index.json')) && (options.only ?? name) === name);
  if (names.length === 0) throw new Error(`${options.images} holds no OCI layouts with a .truth.tsv beside them.`);
  // What is done is told at once: a machine under load may not come to the end.
  for (const name of names) tell(throughLayout(options.images, name));
  if (options.registry !== undefined) for (const name of names) tell(throughRegistry(options.images, name, options.registry));
  tell(await throughServer(options.images, names));
}

/** Prints scores; one that is not whole fails the run. */
function tell(scores: readonly Score[]): void {
  console.table(scores);
  if (scores.some(({ required, found, invented }) => found < required || invented > 0)) process.exitCode = 1;
}

/** `esscm scan` reads the layout. */
function throughLayout(images: string, name: string): readonly Score[] {
  return compare(images, name, 'layout, command', documentOf(`oci:${join(images, name)}`));
}

/** skopeo pushes, `esscm scan` pulls. */
function throughRegistry(images: string, name: string, registry: string): readonly Score[] {
  return compare(images, name, 'registry, command', documentOf(pushLayout(`${join(images, name)}:latest`, registry, `truth/${name}:1`)));
}

/** What the command writes about an image. */
function documentOf(image: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'esscm-truth-'));
  try {
    execFileSync(esscm, ['scan', image, '--plain-http', '--format', 'cyclonedx-json', '--output', join(folder, 'sbom.json')], { stdio: ['ignore', 'ignore', 'ignore'] });
    return readFileSync(join(folder, 'sbom.json'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A server connects the images as the wizard does, behind ECR's API. */
async function throughServer(images: string, names: readonly string[]): Promise<readonly Score[]> {
  await using simulator = await startEcrSimulator({
    users: [{ name: 'reader', ...reader, policies: [readerPolicy] }],
    repositories: names.map((name) => ({ name: `truth/${name}`, visibility: 'private', images: [{ layout: join(images, name), tags: ['1'] }] })),
  });
  await using product = await Product.start({ ESSCM_ECR_SIMULATOR_URL: simulator.apiEndpoint });
  const api = new Api(product.origin);
  await createAdministrator(api);
  const { connection } = await connectPrivate(api, 'Truth', names.map((name) => `truth/${name}:1`));
  const scans = await allScansEnded(api, connection.id);
  const scores: Score[] = [];
  for (const { image, state, failure } of scans) {
    if (state !== 'SUCCEEDED') throw new Error(`${image.name}: ${state} ${failure?.message ?? ''}`);
    const document = await api.download(`/api/images/${image.id}/sbom?format=cyclonedx-1.6-json`);
    scores.push(...compare(images, basename(image.name), 'ECR, server', document));
  }
  return scores;
}

function compare(images: string, image: string, via: string, document: string): readonly Score[] {
  const rows = readFileSync(join(images, `${image}.truth.tsv`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([type = '', name = '', version = '', kind = 'must']) => ({ type, kind, name: key(type, name, version) }))
    // The same package may be there twice, once in a package of the system; it is required all the same.
    .toSorted((one, other) => Number(one.kind === 'must') - Number(other.kind === 'must'));
  const truth = new Map(rows.map((row) => [row.name, row]));
  const { components }: { components: { purl?: string; group?: string; name: string; version?: string }[] } = JSON.parse(document);
  const reported = new Set(components.flatMap(({ purl, group, name, version = '' }) => {
    const type = /^pkg:([a-z]+)\//.exec(purl ?? '')?.[1];
    return type === undefined ? [] : [key(type, group === undefined ? name : `${group}${type === 'maven' ? ':' : '/'}${name}`, version)];
  }));
  return types.flatMap((type) => {
    const required = [...truth].filter(([, row]) => row.type === type && row.kind === 'must').map(([name]) => name);
    const ours = [...reported].filter((name) => name.startsWith(`${type} `));
    if (required.length === 0 && ours.length === 0) return [];
    const found = required.filter((name) => reported.has(name)).length;
    const invented = ours.filter((name) => !truth.has(name)).length;
    return [
      {
        image,
        via,
        type,
        required: required.length,
        found,
        reported: ours.length,
        invented,
        recall: ratio(found, required.length),
        precision: ratio(ours.length - invented, ours.length),
      },
    ];
  });
}

/** Python names are compared as PEP 503 normalises them. */
function key(type: string, name: string, version: string): string {
  return `${type} ${type === 'pypi' ? name.toLowerCase().replaceAll(/[-_.]+/g, '-') : name} ${version}`;
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '–' : (part / whole).toFixed(3);
}

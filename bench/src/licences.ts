import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import deprecatedLicenceIds from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import currentLicenceIds from 'spdx-license-ids/index.json' with { type: 'json' };
import { esscm } from './command.js';

const listed: ReadonlySet<string> = new Set([...currentLicenceIds, ...deprecatedLicenceIds]);

/** Package types of systems, of which nine in ten have to have a listed licence. */
const systemTypes: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);
const leastShare = 0.9;

/** A choice of `licenses` in CycloneDX 1.7. */
interface LicenceChoice {
  readonly expression?: string;
  readonly license?: { readonly id?: string; readonly name?: string };
}

/** Of one component: licences by the list of SPDX, and others. */
interface LicenceCount {
  readonly listed: number;
  readonly other: number;
}

/**
 * Scans images and prints, by package type, how many components have at least one licence of the SPDX list, and how many have no
 * other. Counted in the CycloneDX document, by the list itself. The run fails where less than nine tenths of a system's packages have one.
 */
export function benchLicences(options: { images: string; only: string | undefined }): void {
  const names = readdirSync(options.images).filter((name) => existsSync(join(options.images, name, 'index.json')) && (options.only ?? name) === name);
  if (names.length === 0) throw new Error(`${options.images} holds no OCI layouts.`);
  const folder = mkdtempSync(join(tmpdir(), 'esscm-licences-'));
  try {
    for (const name of names) {
      const output = join(folder, `${name}.json`);
      const { stderr } = spawnSync(esscm, ['scan', `oci:${join(options.images, name)}`, '--format', 'cyclonedx-1.7-json', '--output', output], { encoding: 'utf8' });
      if (!existsSync(output)) throw new Error(`${name} was not scanned: ${stderr.slice(-500)}`);
      report(name, readFileSync(output, 'utf8'));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(image: string, document: string): void {
  const { components = [] }: { readonly components?: readonly { readonly purl?: string; readonly licenses?: readonly LicenceChoice[] }[] } = JSON.parse(document);
  const byType = Map.groupBy(
    components.flatMap(({ purl, licenses = [] }) => (purl === undefined ? [] : [{ type: /^pkg:([^/]+)/.exec(purl)?.[1] ?? '', licences: countLicences(licenses) }])),
    ({ type }) => type,
  );
  const rows = [...byType].toSorted(([one], [other]) => one.localeCompare(other)).map(([type, found]) => {
    const some = found.filter(({ licences }) => licences.listed > 0).length;
    const all = found.filter(({ licences }) => licences.listed > 0 && licences.other === 0).length;
    if (systemTypes.has(type) && some < found.length * leastShare) process.exitCode = 1;
    return { image, type, components: found.length, 'a listed licence': some, share: share(some, found.length), 'all listed': all, 'share of all': share(all, found.length) };
  });
  console.table(rows);
}

function countLicences(choices: readonly LicenceChoice[]): LicenceCount {
  const ids = choices.flatMap(({ expression, license }) => (expression === undefined ? [license?.id ?? ''] : idsOf(expression)));
  const found = ids.filter((id) => listed.has(id)).length;
  return { listed: found, other: ids.length - found };
}

/** Licences of an expression, without exceptions. */
function idsOf(expression: string): readonly string[] {
  return expression
    .replaceAll(/\sWITH\s+\S+?(?=[\s)]|$)/g, '')
    .split(/[\s()]+/)
    .filter((word) => !['', 'AND', 'OR'].includes(word))
    .map((word) => (listed.has(word) ? word : word.replace(/\+$/, '')));
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : (part / whole).toFixed(3);
}

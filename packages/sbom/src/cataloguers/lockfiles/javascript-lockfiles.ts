import { parse as parseYaml, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { integrityHashes } from '../integrity-hashes.js';
import { entries, optionalText, type LockfileEntry } from './lockfile-entry.js';
import { whenNeeded } from '../../when-needed.js';

const lockedPackage = whenNeeded(() => z.object({ version: optionalText(), name: optionalText(), integrity: optionalText(), resolved: optionalText(), link: z.boolean().optional().catch(undefined) }).catch({}));
type Nested = { readonly version?: string | undefined; readonly integrity?: string | undefined; readonly dependencies?: Readonly<Record<string, Nested>> | undefined };
const nested = whenNeeded((): z.ZodType<Nested> =>
  z.lazy(() => z.object({ version: optionalText(), integrity: optionalText(), dependencies: z.record(z.string(), nested()).optional().catch(undefined) }).catch({})),
);
const packageLock = whenNeeded(() => z.object({ packages: z.record(z.string(), lockedPackage()).optional(), dependencies: z.record(z.string(), nested()).optional() }));

/** docs.npmjs.com, package-lock.json: `packages` since version 2, nested `dependencies` before. */
export function parsePackageLock(text: string): readonly LockfileEntry[] {
  const { packages, dependencies } = packageLock().parse(JSON.parse(text));
  if (packages === undefined) return entries('npm', nestedEntries(dependencies ?? {}, 0));
  return entries(
    'npm',
    Object.entries(packages)
      .filter(([path, { link, resolved = '' }]) => path.includes('node_modules/') && link !== true && !/^(?:git[+:]|file:)/.test(resolved))
      .map(([path, { name, version, integrity }]) => [name ?? path.slice(path.lastIndexOf('node_modules/') + 13), version, integrityHashes(integrity ?? '')] as const),
  );
}

const maximumNesting = 64;

function* nestedEntries(dependencies: Readonly<Record<string, Nested>>, depth: number): Generator<readonly [string, string | undefined, ReturnType<typeof integrityHashes>]> {
  for (const [name, { version, integrity, dependencies: inner }] of Object.entries(dependencies)) {
    const [, alias, aliased] = /^npm:(@?[^@]+)@(.+)$/.exec(version ?? '') ?? [];
    // Any other version that is an address is none of the registry's.
    if (alias !== undefined) yield [alias, aliased, integrityHashes(integrity ?? '')];
    else yield [name, version?.includes(':') === true ? undefined : version, integrityHashes(integrity ?? '')];
    if (inner !== undefined && depth < maximumNesting) yield* nestedEntries(inner, depth + 1);
  }
}

/** Yarn 1 and later: entries begin at the margin, `"name@range", "alias@npm:name@range":`, and say `version "1.2"` or `version: 1.2`. */
export function parseYarnLock(text: string): readonly LockfileEntry[] {
  const found: [string | undefined, string | undefined, ReturnType<typeof integrityHashes>][] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^["@\w]/.test(line) && line.endsWith(':')) {
      const name = line.includes('@workspace:') || line.includes('@link:') || line.includes('@file:') ? undefined : /^"?(?:@?[^@"]+@npm:(?=@?[^@"]+@))?(@?[^@"]+)@/.exec(line)?.[1];
      found.push([name === '__metadata' ? undefined : name, undefined, []]);
    }
    const last = found.at(-1);
    const [, version] = /^ {2}version:? "?([^"]+)"?$/.exec(line) ?? [];
    const [, alias] = /^ {2}resolution: "(@?[^@"]+)@npm:/.exec(line) ?? [];
    const [, integrity] = /^ {2}integrity (\S+)$/.exec(line) ?? [];
    if (last !== undefined && version !== undefined) last[1] = version;
    if (last !== undefined && alias !== undefined) last[0] = alias;
    if (last !== undefined && integrity !== undefined) last[2] = integrityHashes(integrity);
  }
  return entries('npm', found);
}

const pnpmLock = whenNeeded(() => z.object({ packages: z.record(z.string(), z.object({ name: optionalText(), version: optionalText(), resolution: z.object({ integrity: optionalText() }).optional().catch(undefined) }).nullable().catch(null)).optional() }));

/** Keys are `/name/1.2` (version 5), `/name@1.2` (6) or `name@1.2` (9), with what peers were resolved to behind that. */
export function parsePnpmLock(text: string): readonly LockfileEntry[] {
  // Since version 9 a document about the package manager itself may stand before.
  const documents = parseAllDocuments(text);
  const damage = documents.flatMap(({ errors }) => errors)[0];
  if (damage !== undefined) throw damage;
  const packages = Object.assign({}, ...documents.map((document): object => pnpmLock().parse(document.toJS()).packages ?? {})) as NonNullable<z.infer<ReturnType<typeof pnpmLock>>['packages']>;
  return entries(
    'npm',
    Object.entries(packages).map(([key, entry]) => {
      const [, name, version] = /^\/?(@[^@/]+\/[^@/]+|[^@/]+)[@/](\d[^(_/]*)/.exec(key) ?? [];
      // Without a version in its key it is a folder, an archive or a repository, whatever the entry calls itself.
      return [version === undefined ? undefined : (entry?.name ?? name), entry?.version ?? version, integrityHashes(entry?.resolution?.integrity ?? '')] as const;
    }),
  );
}

const bunLock = whenNeeded(() => z.object({ packages: z.record(z.string(), z.array(z.unknown())).optional() }));

/** Bun's text form: JSON with commas after last members, which YAML allows. */
export function parseBunLock(text: string): readonly LockfileEntry[] {
  const { packages = {} } = bunLock().parse(parseYaml(text));
  return entries(
    'npm',
    Object.values(packages).map((fields) => {
      const [, name, version] = /^(@?[^@]+)@(\d\S*)$/.exec(typeof fields[0] === 'string' ? fields[0] : '') ?? [];
      const integrity = fields.find((field) => typeof field === 'string' && field.startsWith('sha'));
      return [name, version, integrityHashes(typeof integrity === 'string' ? integrity : '')] as const;
    }),
  );
}

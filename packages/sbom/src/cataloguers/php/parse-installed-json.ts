import { z } from 'zod';
import { boundedText, isIdentifier } from '../bounded-text.js';
import { whenNeeded } from '../../when-needed.js';

/** What is kept of a package in an installed.json. Optional fields are absent where the file has none that can be read. */
export interface ComposerPackage {
  /** `vendor/name`, lower case. */
  readonly name: string;
  /** As the package's author writes it, a leading `v` included. */
  readonly version: string;
  readonly licences: readonly string[];
  readonly description?: string;
  readonly homepage?: string;
  readonly author?: string;
  /** Names of what it requires. */
  readonly requires: readonly string[];
  /** Names that it stands in for, with the same claim as a package of that name. */
  readonly provides: readonly string[];
}

export interface InstalledJson {
  readonly packages: readonly ComposerPackage[];
  /** How many entries have no usable name or version. */
  readonly unusable: number;
}

const text = whenNeeded(() => z.string().trim().min(1).optional().catch(undefined));
const links = whenNeeded(() => z.record(z.string(), z.unknown()).optional().catch(undefined));

const composerPackage = whenNeeded(() =>
  z.object({
    name: z.string().toLowerCase(),
    version: z.string(),
    license: z.union([z.string().transform((name) => [name]), z.array(z.string())]).optional().catch(undefined),
    description: text(),
    homepage: text(),
    authors: z.array(z.object({ name: text() })).optional().catch(undefined),
    require: links(),
    replace: links(),
    provide: links(),
  }),
);

const installedJson = whenNeeded(() => z.union([z.array(z.unknown()), z.object({ packages: z.array(z.unknown()) }).transform(({ packages }) => packages)]));

const namePattern = /^[a-z0-9]+(?:[_.-][a-z0-9]+)*\/[a-z0-9]+(?:(?:[_.]|-{1,2})[a-z0-9]+)*$/;
const versionPattern = /^\w[\w.+/#@-]*$/;
const maximumPackages = 20_000;
const maximumLinks = 1000;

/**
 * Reads the installed.json that Composer keeps in `vendor/composer`: a list (Composer 1), or an object with the list in
 * `packages` (Composer 2).
 * @returns `undefined` for JSON of another shape.
 * @throws SyntaxError for text that is no JSON.
 */
export function parseInstalledJson(content: string): InstalledJson | undefined {
  const listed = installedJson().safeParse(JSON.parse(content.replace(/^\uFEFF/, '')));
  if (!listed.success) return undefined;
  const packages = listed.data.slice(0, maximumPackages).flatMap((entry) => readPackage(entry) ?? []);
  return { packages, unusable: listed.data.length - packages.length };
}

function readPackage(entry: unknown): ComposerPackage | undefined {
  const parsed = composerPackage().safeParse(entry);
  if (!parsed.success) return undefined;
  const { name, version, license, description, homepage, authors, require, replace, provide } = parsed.data;
  if (!isPackageName(name) || !isIdentifier(version) || !versionPattern.test(version)) return undefined;
  const author = authors?.find((candidate) => candidate.name !== undefined)?.name;
  const optional = { description, homepage, author };
  return {
    name,
    version,
    ...Object.fromEntries(Object.entries(optional).flatMap(([field, value]) => (value === undefined ? [] : [[field, boundedText(value)]]))),
    licences: (license ?? []).filter((declared) => declared.trim() !== '').slice(0, 20),
    requires: packageNames(require),
    provides: packageNames({ ...replace, ...provide }),
  };
}

/** Requirements of PHP itself, its extensions and libraries are no packages. */
function packageNames(named: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  return Object.keys(named ?? {})
    .slice(0, maximumLinks)
    .map((name) => name.toLowerCase())
    .filter((name) => isPackageName(name));
}

function isPackageName(name: string): boolean {
  return name.length <= 200 && namePattern.test(name);
}

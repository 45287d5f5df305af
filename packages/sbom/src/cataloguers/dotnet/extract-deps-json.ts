import type { Extraction, FileScanner } from '../cataloguer.js';
import { StreamCapture } from '../stream-capture.js';
import type { InstalledPackage, PackagesFact } from './dotnet-fact.js';
import { firstNamedByPlatform, sharedFramework } from './shared-framework.js';
import { parseDepsJson, type DepsJson, type NugetPackage } from './parse-deps-json.js';

/** Ten times the largest real ones. */
const maximumBytes = 16 * 1024 * 1024;

/** Keeps a deps.json until its end. */
export class DepsJsonScanner implements FileScanner<PackagesFact> {
  readonly #path: string;
  readonly #content = new StreamCapture(0, maximumBytes + 1);
  #offset = 0;

  constructor(path: string) {
    this.#path = path;
  }

  push(bytes: Buffer): boolean {
    this.#content.push(bytes, this.#offset);
    this.#offset += bytes.length;
    return !this.#content.isFull;
  }

  finish(): Extraction<PackagesFact> {
    if (this.#content.isFull) {
      return { diagnostics: [{ code: 'deps-json-too-large', severity: 'incomplete', message: 'The deps.json is larger than any that .NET makes.' }] };
    }
    return extractDepsJson(this.#content.content().toString(), this.#path);
  }
}

/** @param path of the file; `undefined` for one inside a program */
export function extractDepsJson(text: string, path: string | undefined): Extraction<PackagesFact> {
  try {
    const parsed = parseDepsJson(text);
    const framework = path === undefined ? undefined : frameworkPackage(path, parsed);
    return { fact: { kind: 'packages', packages: framework === undefined ? installedPackages(parsed) : [framework], files: parsed.files } };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { diagnostics: [{ code: 'deps-json-unreadable', severity: 'incomplete', message: 'The deps.json is no JSON.' }] };
  }
}

function installedPackages({ packages }: DepsJson): readonly InstalledPackage[] {
  const present = [...packages.values()].filter(({ hasFiles }) => hasFiles);
  const positions = new Map(present.map((known, position) => [known, position]));
  return present.map((known) => ({
    name: known.name,
    version: known.version,
    dependencies: [...nearestPresent(known, packages)].flatMap((needed) => positions.get(needed) ?? []),
  }));
}

/** What a package needs, looking through packages that only name others. */
function nearestPresent(from: NugetPackage, packages: ReadonlyMap<string, NugetPackage>): ReadonlySet<NugetPackage> {
  const found = new Set<NugetPackage>();
  const seen = new Set<string>();
  const open = [...from.dependencies];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const needed = packages.get(key);
    if (needed === undefined || needed === from) continue;
    if (needed.hasFiles) found.add(needed);
    else open.push(...needed.dependencies);
  }
  return found;
}

/**
 * A shared framework: its folder says what it is, and the package of its files is named after it. What its deps.json lists,
 * if anything, are the packages it was built from, which were never published under those versions.
 */
function frameworkPackage(path: string, { runtimeIdentifier }: DepsJson): InstalledPackage | undefined {
  const framework = sharedFramework(path);
  if (framework === undefined) return undefined;
  const isNamedByPlatform = runtimeIdentifier !== undefined && Number.parseInt(framework.version, 10) >= firstNamedByPlatform;
  return { name: isNamedByPlatform ? `${framework.name}.Runtime.${runtimeIdentifier}` : framework.name, version: framework.version, dependencies: [] };
}

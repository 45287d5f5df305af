import { z } from 'zod';
import { baseName } from '../../layers/layer-path.js';
import { isIdentifier } from '../bounded-text.js';
import { whenNeeded } from '../../when-needed.js';

/** A NuGet package that a deps.json lists. */
export interface NugetPackage {
  readonly name: string;
  readonly version: string;
  /** Whether it brought files for the running program; others only name further packages or served the compiler. */
  readonly hasFiles: boolean;
  /** Keys, `name/version` as the file writes them, of what it needs directly. */
  readonly dependencies: readonly string[];
}

/** What is kept of a deps.json. */
export interface DepsJson {
  /** Such as `linux-x64`; absent for programs that run anywhere. */
  readonly runtimeIdentifier?: string;
  /** By `name/version`, as the file writes it. */
  readonly packages: ReadonlyMap<string, NugetPackage>;
  /** Names, without folders, of the files of its packages, its projects and its runtime, each once. */
  readonly files: readonly string[];
}

const record = whenNeeded(() => z.record(z.string(), z.unknown()));
const files = whenNeeded(() => record().optional().catch(undefined));

const library = whenNeeded(() => z.object({ type: z.string().toLowerCase() }));

const targetLibrary = whenNeeded(() =>
  z.object({
    dependencies: z.record(z.string(), z.string()).optional().catch(undefined),
    runtime: files(),
    runtimeTargets: files(),
    native: files(),
    resources: files(),
  }),
);

const depsJson = whenNeeded(() =>
  z.object({
    runtimeTarget: z.union([z.object({ name: z.string() }), z.string().transform((name) => ({ name }))]).optional().catch(undefined),
    targets: z.record(z.string(), record().catch({})).optional().catch(undefined),
    libraries: record().optional().catch(undefined),
  }),
);

const maximumLibraries = 20_000;
const maximumDependencies = 1000;
const maximumFiles = 20_000;
const namePattern = /^[A-Za-z0-9_][\w.-]*$/;
const versionPattern = /^\d[\w.+-]*$/;
const packPrefix = 'runtimepack.';

/**
 * Reads a deps.json (dotnet/sdk documentation, "runtime-configuration-file"): the packages of a .NET program. Projects are
 * its own code and reference assemblies are with the compiler; neither is a package. A self-contained program's runtime
 * is listed by the package it was copied from.
 * @throws SyntaxError for text that is no JSON.
 */
export function parseDepsJson(text: string): DepsJson {
  const parsed = depsJson().safeParse(JSON.parse(text.replace(/^\uFEFF/, '')));
  const { runtimeTarget, targets = {}, libraries = {} } = parsed.success ? parsed.data : {};
  const targetName = runtimeTarget?.name ?? Object.keys(targets)[0] ?? '';
  const target = Object.hasOwn(targets, targetName) ? targets[targetName] : undefined;
  const runtimeIdentifier = /^[^/]+\/([A-Za-z0-9][\w.-]{0,60})$/.exec(targetName)?.[1];
  const packages = new Map<string, NugetPackage>();
  for (const [key, described] of Object.entries(libraries).slice(0, maximumLibraries)) {
    const type = library().safeParse(described).data?.type;
    if (type !== 'package' && type !== 'runtimepack') continue;
    const slash = key.lastIndexOf('/');
    const [listed, version] = [key.slice(0, slash), key.slice(slash + 1)];
    const name = type === 'runtimepack' && listed.startsWith(packPrefix) ? listed.slice(packPrefix.length) : listed;
    if (slash < 0 || !isIdentifier(name) || !isIdentifier(version) || !namePattern.test(name) || !versionPattern.test(version)) continue;
    const inTarget = target !== undefined && Object.hasOwn(target, key) ? targetLibrary().safeParse(target[key]).data : undefined;
    packages.set(key, {
      name,
      version,
      // Without its target nothing says that a package is not used.
      hasFiles: target === undefined || type === 'runtimepack' || hasFiles(inTarget),
      dependencies: Object.entries(inTarget?.dependencies ?? {})
        .slice(0, maximumDependencies)
        .map(([dependency, dependencyVersion]) => `${dependency}/${dependencyVersion}`),
    });
  }
  return { ...(runtimeIdentifier === undefined ? {} : { runtimeIdentifier }), packages, files: listedFiles(target) };
}

function listedFiles(target: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const names = new Set<string>();
  for (const described of Object.values(target ?? {})) {
    const { runtime, runtimeTargets, native, resources } = targetLibrary().safeParse(described).data ?? {};
    for (const path of [runtime, runtimeTargets, native, resources].flatMap((group) => Object.keys(group ?? {}))) {
      if (names.size < maximumFiles) names.add(baseName(path));
    }
  }
  return [...names];
}

function hasFiles(inTarget: z.infer<ReturnType<typeof targetLibrary>> | undefined): boolean {
  return [inTarget?.runtime, inTarget?.runtimeTargets, inTarget?.native, inTarget?.resources].some((group) => group !== undefined && Object.keys(group).length > 0);
}

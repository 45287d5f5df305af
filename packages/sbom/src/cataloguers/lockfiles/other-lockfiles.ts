import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Ecosystem } from '../../catalogue.js';
import { entries, namedVersions, optionalText, type LockfileEntry, type LockfileParser } from './lockfile-entry.js';
import { whenNeeded } from '../../when-needed.js';

/** Poetry, uv, PDM and pylock (PEP 751) list packages alike, as Cargo does. */
function tomlPackages(ecosystem: Ecosystem): LockfileParser {
  const lock = z.object({ package: namedVersions, packages: namedVersions });
  return (text) => {
    const { package: one, packages } = lock.parse(parseToml(text));
    return entries(ecosystem, (one ?? packages ?? []).map(({ name, version }) => [name, version]));
  };
}

export const parsePythonToml = tomlPackages('pypi');
export const parseCargoLock = tomlPackages('cargo');

const pipfile = whenNeeded(() => z.object({ default: z.record(z.string(), z.unknown()).optional(), develop: z.record(z.string(), z.unknown()).optional() }));

export function parsePipfileLock(text: string): readonly LockfileEntry[] {
  const { default: usual = {}, develop = {} } = pipfile().parse(JSON.parse(text));
  const version = z.object({ version: z.string() });
  return entries('pypi', [...Object.entries(usual), ...Object.entries(develop)].map(([name, entry]) => [name, /^==(.+)$/.exec(version.safeParse(entry).data?.version ?? '')?.[1]]));
}

/** pip's requirements files; only what is pinned by `==` names a version. */
export function parseRequirements(text: string): readonly LockfileEntry[] {
  return entries(
    'pypi',
    text.split(/\r?\n/).map((line) => {
      const [, name, version] = /^\s*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*===?\s*([\w.!+-]+)(?=[\s;#\\]|$)/.exec(line) ?? [];
      return [name, version];
    }),
  );
}

/** go.dev/ref/mod, "go.mod files"; what is replaced is taken as it is required. */
export function parseGoMod(text: string): readonly LockfileEntry[] {
  const blocks = [...text.matchAll(/^require\s*\(([^)]*)\)/gm)].map(([, block = '']) => block);
  const lines = [...blocks.flatMap((block) => block.split('\n')), ...[...text.matchAll(/^require\s+([^(\s].*)$/gm)].map(([, line = '']) => line)];
  return entries(
    'golang',
    lines.map((line) => {
      const [, path, version] = /^\s*"?([^\s"/]+\.[^\s"]+)"?\s+(v\d\S*)/.exec(line) ?? [];
      return [path, version];
    }),
  );
}

export function parseGradleLock(text: string): readonly LockfileEntry[] {
  return entries(
    'maven',
    text.split(/\r?\n/).map((line) => {
      const [, name, version] = /^([^#:\s]+:[^:\s]+):([^=\s]+)=/.exec(line) ?? [];
      return [name, version];
    }),
  );
}

/** Gems are the lines of `specs:` that are indented by four; what they need is indented further. */
export function parseGemfileLock(text: string): readonly LockfileEntry[] {
  return entries(
    'gem',
    text.split(/\r?\n/).map((line) => {
      const [, name, version] = /^ {4}([\w.-]+) \((\d[^)]*)\)$/.exec(line) ?? [];
      return [name, version];
    }),
  );
}

const composer = whenNeeded(() => z.object({ packages: namedVersions, 'packages-dev': namedVersions }));

export function parseComposerLock(text: string): readonly LockfileEntry[] {
  const { packages = [], 'packages-dev': forDevelopment = [] } = composer().parse(JSON.parse(text));
  return entries('composer', [...packages, ...forDevelopment].map(({ name, version }) => [name, version?.replace(/^v(?=\d)/, '')]));
}

const nuget = whenNeeded(() => z.object({ dependencies: z.record(z.string(), z.record(z.string(), z.object({ resolved: optionalText, type: optionalText }).catch({}))) }));

export function parseNugetLock(text: string): readonly LockfileEntry[] {
  const { dependencies } = nuget().parse(JSON.parse(text));
  return entries(
    'nuget',
    Object.values(dependencies).flatMap((target) => Object.entries(target).map(([name, { resolved, type }]) => [name, type === 'Project' ? undefined : resolved] as const)),
  );
}

const conanReference = /^([\w.+-]+)\/([\w.+-]+)(?:@|#|$)/;
const conan = whenNeeded(() =>
  z.object({
    graph_lock: z.object({ nodes: z.record(z.string(), z.object({ ref: optionalText }).catch({})) }).optional().catch(undefined),
    requires: z.array(z.string()).optional().catch(undefined),
    build_requires: z.array(z.string()).optional().catch(undefined),
  }),
);

export function parseConanLock(text: string): readonly LockfileEntry[] {
  const { graph_lock: graph, requires = [], build_requires: forBuild = [] } = conan().parse(JSON.parse(text));
  const references = [...Object.values(graph?.nodes ?? {}).map(({ ref = '' }) => ref), ...requires, ...forBuild];
  return entries('conan', references.map((reference) => [conanReference.exec(reference)?.[1], conanReference.exec(reference)?.[2]]));
}

const pubspec = whenNeeded(() => z.object({ packages: z.record(z.string(), z.object({ version: optionalText, source: optionalText }).catch({})) }));

export function parsePubspecLock(text: string): readonly LockfileEntry[] {
  const { packages } = pubspec().parse(parseYaml(text));
  return entries('pub', Object.entries(packages).map(([name, { version, source }]) => [name, source === 'sdk' ? undefined : version]));
}

/** `"name": {:hex, :package, "1.2", …}`; dependencies of version control have no version. */
export function parseMixLock(text: string): readonly LockfileEntry[] {
  return entries('hex', [...text.matchAll(/"[^"]+":\s*\{:hex,\s*:"?([\w]+)"?,\s*"([^"]+)"/g)].map(([, name, version]) => [name, version]));
}

/** `{<<"name">>,{pkg,<<"package">>,<<"1.2">>},0}` */
export function parseRebarLock(text: string): readonly LockfileEntry[] {
  return entries('hex', [...text.matchAll(/\{pkg,\s*<<"([^"]+)">>,\s*<<"([^"]+)">>/g)].map(([, name, version]) => [name, version]));
}

export function parseCabalFreeze(text: string): readonly LockfileEntry[] {
  return entries('hackage', [...text.matchAll(/\bany\.([\w-]+) ==([\d.]+)/g)].map(([, name, version]) => [name, version]));
}

export function parseStackLock(text: string): readonly LockfileEntry[] {
  return entries('hackage', [...text.matchAll(/^\s*hackage:\s*([\w-]+?)-(\d[\d.]*)@/gm)].map(([, name, version]) => [name, version]));
}

const pin = whenNeeded(() =>
  z.object({
    location: optionalText,
    repositoryURL: optionalText,
    state: z.object({ version: z.string().nullish().catch(undefined) }).optional().catch(undefined),
  }).catch({}),
);
const resolved = whenNeeded(() => z.object({ pins: z.array(pin()).optional(), object: z.object({ pins: z.array(pin()) }).optional() }));

/** Swift names a package by the address of its repository, without scheme and ending. */
export function parsePackageResolved(text: string): readonly LockfileEntry[] {
  const { pins, object } = resolved().parse(JSON.parse(text));
  return entries(
    'swift',
    (pins ?? object?.pins ?? []).map(({ location, repositoryURL, state }) => [
      (location ?? repositoryURL)?.replace(/^[a-z+]+:\/\/(?:[^@/]*@)?/, '').replace(/^git@([^:]+):/, '$1/').replace(/\.git$/, ''),
      state?.version ?? undefined,
    ]),
  );
}

const podfile = whenNeeded(() => z.object({ PODS: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])) }));

/** `Name/Subspec (1.2)`, or the same with a list of what it needs. */
export function parsePodfileLock(text: string): readonly LockfileEntry[] {
  const { PODS: pods } = podfile().parse(parseYaml(text));
  return entries(
    'cocoapods',
    pods.map((pod) => {
      const [, name, version] = /^([^\s(/]+)(?:\/\S+)? \(([^)]+)\)$/.exec(typeof pod === 'string' ? pod : (Object.keys(pod)[0] ?? '')) ?? [];
      return [name, version];
    }),
  );
}

const juliaEntries = whenNeeded(() => z.array(z.object({ version: optionalText, uuid: optionalText }).catch({})));

/** docs.julialang.org, Pkg, "Manifest.toml": below `deps` since format 2, at the top before. Packages of the standard library may have no version. */
export function parseJuliaManifest(text: string): readonly LockfileEntry[] {
  const document = parseToml(text);
  const packages = z.record(z.string(), z.unknown()).parse(document['deps'] ?? document);
  return Object.entries(packages).flatMap(([name, list]) =>
    (juliaEntries().safeParse(list).data ?? []).flatMap(({ version, uuid }) =>
      entries('julia', [[name, version]]).map((entry) => ({ ...entry, ...(uuid === undefined ? {} : { qualifiers: { uuid: uuid.slice(0, 64) } }) })),
    ),
  );
}

const renv = whenNeeded(() => z.object({ Packages: z.record(z.string(), z.object({ Package: optionalText, Version: optionalText }).catch({})) }));

export function parseRenvLock(text: string): readonly LockfileEntry[] {
  return entries('cran', Object.values(renv().parse(JSON.parse(text)).Packages).map(({ Package, Version }) => [Package, Version]));
}

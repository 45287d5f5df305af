import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { entries, optionalText, type LockfileEntry } from './lockfile-entry.js';
import { whenNeeded } from '../../when-needed.js';

const source = whenNeeded(() => z.union([z.string(), z.record(z.string(), z.unknown())]).optional().catch(undefined));
const tomlLock = whenNeeded(() => {
  const list = z.array(z.object({ name: optionalText(), version: optionalText(), source: source(), path: optionalText(), directory: z.unknown().optional() }).catch({})).optional().catch(undefined);
  return z.object({ package: list, packages: list });
});

/** Poetry, uv, PDM and pylock (PEP 751) list packages alike. Folders, which members of a workspace are, are of the project itself. */
export function parsePythonToml(text: string): readonly LockfileEntry[] {
  const { package: one, packages } = tomlLock().parse(parseToml(text));
  const isFolder = (origin: z.infer<ReturnType<typeof source>>): boolean => typeof origin === 'object' && (['editable', 'virtual', 'directory'].some((key) => key in origin) || origin['type'] === 'directory');
  return entries('pypi', (one ?? packages ?? []).filter(({ source: origin, path, directory }) => path === undefined && directory === undefined && !isFolder(origin)).map(({ name, version }) => [name, version]));
}

/** What has no source is a member of the workspace, or a folder. */
export function parseCargoLock(text: string): readonly LockfileEntry[] {
  return entries('cargo', (tomlLock().parse(parseToml(text)).package ?? []).filter(({ source: origin }) => origin !== undefined).map(({ name, version }) => [name, version]));
}

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

/** go.dev/ref/mod, "go.mod files": the lines of a directive, which may stand together in brackets. */
function goDirectives(text: string, directive: 'require' | 'replace'): readonly string[] {
  const blocks = [...text.matchAll(new RegExp(String.raw`^${directive}\s*\(([^)]*)\)`, 'gm'))].flatMap(([, block = '']) => block.split('\n'));
  const lines = [...text.matchAll(new RegExp(String.raw`^${directive}\s+([^(\s].*)$`, 'gm'))].map(([, line = '']) => line);
  return [...blocks, ...lines].map((line) => line.replace(/\/\/.*$/, '').trim());
}

/** Version that a module has in a requirement which only a replacement or a workspace can meet. */
const nowhere = /^v0\.0\.0(?:-00010101000000-000000000000)?$/;

/** What is replaced by another module is that one; what is replaced by a folder, or met by another module of the workspace, is of the project itself. */
export function parseGoMod(text: string): readonly LockfileEntry[] {
  const replacements = new Map<string, readonly [path: string | undefined, version: string | undefined]>();
  for (const line of goDirectives(text, 'replace')) {
    const [, path, version, byPath = '', byVersion] = /^(\S+)(?:\s+(v\S+))?\s+=>\s+(\S+)(?:\s+(v\S+))?$/.exec(line.replaceAll('"', '')) ?? [];
    if (path !== undefined) replacements.set(version === undefined ? path : `${path} ${version}`, byVersion === undefined ? [undefined, undefined] : [byPath, byVersion]);
  }
  return entries(
    'golang',
    goDirectives(text, 'require').map((line) => {
      const [, path, version = ''] = /^"?([^\s"/]+\.[^\s"]+)"?\s+(v\d\S*)/.exec(line) ?? [];
      const replaced = replacements.get(`${path} ${version}`) ?? replacements.get(path ?? '');
      return replaced ?? [path, nowhere.test(version) ? undefined : version];
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

/** Gems are the lines of `specs:` that are indented by four; what they need is indented further. Those below `PATH` are folders of the project. */
export function parseGemfileLock(text: string): readonly LockfileEntry[] {
  let section = '';
  return entries(
    'gem',
    text.split(/\r?\n/).map((line) => {
      if (/^[A-Z]/.test(line)) section = line;
      const [, name, version] = /^ {4}([\w.-]+) \((\d[^)]*)\)$/.exec(line) ?? [];
      return [section === 'PATH' ? undefined : name, version];
    }),
  );
}

const composerPackages = whenNeeded(() => z.array(z.object({ name: optionalText(), version: optionalText(), dist: z.object({ type: optionalText() }).optional().catch(undefined) }).catch({})).optional().catch(undefined));
const composer = whenNeeded(() => z.object({ packages: composerPackages(), 'packages-dev': composerPackages() }));

export function parseComposerLock(text: string): readonly LockfileEntry[] {
  const { packages = [], 'packages-dev': forDevelopment = [] } = composer().parse(JSON.parse(text));
  return entries('composer', [...packages, ...forDevelopment].filter(({ dist }) => dist?.type !== 'path').map(({ name, version }) => [name, version?.replace(/^v(?=\d)/, '')]));
}

const nuget = whenNeeded(() => z.object({ dependencies: z.record(z.string(), z.record(z.string(), z.object({ resolved: optionalText(), type: optionalText() }).catch({}))) }));

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
    graph_lock: z.object({ nodes: z.record(z.string(), z.object({ ref: optionalText() }).catch({})) }).optional().catch(undefined),
    requires: z.array(z.string()).optional().catch(undefined),
    build_requires: z.array(z.string()).optional().catch(undefined),
  }),
);

export function parseConanLock(text: string): readonly LockfileEntry[] {
  const { graph_lock: graph, requires = [], build_requires: forBuild = [] } = conan().parse(JSON.parse(text));
  const references = [...Object.values(graph?.nodes ?? {}).map(({ ref = '' }) => ref), ...requires, ...forBuild];
  return entries('conan', references.map((reference) => [conanReference.exec(reference)?.[1], conanReference.exec(reference)?.[2]]));
}

const pubspec = whenNeeded(() => z.object({ packages: z.record(z.string(), z.object({ version: optionalText(), source: optionalText() }).catch({})) }));

export function parsePubspecLock(text: string): readonly LockfileEntry[] {
  const { packages } = pubspec().parse(parseYaml(text));
  return entries('pub', Object.entries(packages).map(([name, { version, source }]) => [name, source === 'sdk' || source === 'path' ? undefined : version]));
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
    location: optionalText(),
    repositoryURL: optionalText(),
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

const juliaEntries = whenNeeded(() => z.array(z.object({ version: optionalText(), uuid: optionalText() }).catch({})));

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

const renv = whenNeeded(() => z.object({ Packages: z.record(z.string(), z.object({ Package: optionalText(), Version: optionalText() }).catch({})) }));

export function parseRenvLock(text: string): readonly LockfileEntry[] {
  return entries('cran', Object.values(renv().parse(JSON.parse(text)).Packages).map(({ Package, Version }) => [Package, Version]));
}

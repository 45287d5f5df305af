import { isIdentifier } from '../bounded-text.js';

export interface GoModule {
  readonly path: string;
  /** `(devel)` where the linker was not told one, or a folder took the module's place. */
  readonly version: string;
}

/** What a Go program says of itself. */
export interface GoBuild {
  /** As the toolchain calls itself: `go1.22.1`, perhaps with more behind it; empty when that could not be read. */
  readonly goVersion: string;
  /** Absent for programs that were not built as part of a module. */
  readonly main?: GoModule;
  /** Import path of the main package, of programs that were not built as part of a module. */
  readonly mainPackage?: string;
  readonly dependencies: readonly GoModule[];
}

export const unknownVersion = '(devel)';

/** The largest programs there are have some two thousand. */
const maximumModules = 20_000;

/** The main module of programs built from a list of files. */
const fileMode = 'command-line-arguments';

/**
 * Reads the module information of a Go program: a line a module, fields by tabs, as `go version -m` prints them. A
 * replacement stands for what it replaces, unless it is a folder: then the version is not known.
 * @param text without the marks around it; empty for programs built without modules
 */
export function parseBuildInformation(goVersion: string, text: string): GoBuild {
  const modules: { kind: string; module: GoModule }[] = [];
  const settings = new Map<string, string>();
  let mainPackage: string | undefined;
  for (const line of text.split('\n')) {
    const [kind = '', path = '', version = ''] = line.split('\t');
    const last = modules.at(-1);
    if (kind === 'build') addSetting(settings, path);
    else if (kind === 'path' && isIdentifier(path)) mainPackage = path;
    else if (kind === '=>' && last !== undefined) modules.splice(-1, 1, { kind: last.kind, module: replaced(last.module, path, version) });
    else if ((kind === 'mod' || kind === 'dep') && modules.length < maximumModules && isIdentifier(path)) modules.push({ kind, module: moduleOf(path, version) });
  }
  const main = modules.find(({ kind }) => kind === 'mod')?.module;
  const dependencies = modules.filter(({ kind }) => kind === 'dep').map(({ module }) => module);
  if (main === undefined || main.path === fileMode) return { goVersion, ...(mainPackage === undefined || mainPackage === fileMode ? {} : { mainPackage }), dependencies };
  const linked = main.version === unknownVersion ? linkedVersion(settings.get('-ldflags') ?? '', main.path) : undefined;
  return { goVersion, main: linked === undefined ? main : { path: main.path, version: linked }, dependencies };
}

function moduleOf(path: string, version: string): GoModule {
  return { path, version: version !== '' && isIdentifier(version) ? version : unknownVersion };
}

function replaced(module: GoModule, path: string, version: string): GoModule {
  if (/^(?:\.\.?\/|\/|[A-Za-z]:)/.test(path) || path === '.' || path === '..' || !isIdentifier(path)) return { path: module.path, version: unknownVersion };
  return moduleOf(path, version);
}

/** `key=value`, where a value with blanks or quotes is quoted as in Go source. */
function addSetting(settings: Map<string, string>, text: string): void {
  const [, key = '', quoted, raw, plain] = /^([^=]*)=(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|(.*))$/.exec(text) ?? [];
  if (key !== '') settings.set(key, quoted?.replaceAll(/\\(["\\])/g, '$1') ?? raw ?? plain ?? '');
}

/**
 * The version the build gave to a variable of the program (`-ldflags "-X main.version=1.2.3"`). Variables of the main
 * module count first, then those of a package named like its kind, then any; where one rank has two different versions
 * none is certain.
 */
function linkedVersion(flags: string, mainPath: string): string | undefined {
  const assignments = [...flags.slice(0, 65_536).matchAll(/-X[ =]['"]?([^\s'"=]+)\.([^\s'".=]+)=v?([0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]*)?)(?=['"\s]|$)/g)]
    .map(([, packagePath = '', variable = '', version = '']) => ({ packagePath, variable, version: `v${version}` }))
    .filter(({ variable }) => /version$/i.test(variable) && !/(?:go|api|schema|min|max|protocol)_?version$/i.test(variable));
  const ranks = [
    ({ packagePath }: { packagePath: string }) => packagePath === 'main' || packagePath.startsWith(`${mainPath}/cmd/`),
    ({ packagePath }: { packagePath: string }) => packagePath === mainPath || packagePath.startsWith(`${mainPath}/`),
    () => true,
  ];
  for (const isOfRank of ranks) {
    const versions = new Set(assignments.filter(isOfRank).map(({ version }) => version));
    if (versions.size > 0) return versions.size === 1 ? [...versions][0] : undefined;
  }
  return undefined;
}

/** The number of the release in a toolchain's name; `undefined` for one built between releases. */
export function goRelease(goVersion: string): string | undefined {
  // Vendors and experiments are named behind it: " X:boringcrypto", "-fips", " (Red Hat 1.19.6-1.el9)".
  return /^go([0-9]+(?:\.[0-9]+)*(?:(?:rc|beta)[0-9]+)?)/.exec(goVersion)?.[1];
}

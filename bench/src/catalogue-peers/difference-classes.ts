import type { NamedComponent } from './named-component.js';

/** A component that one side names alone. */
export interface Difference {
  readonly who: 'only ours' | 'only theirs';
  readonly component: NamedComponent;
  /** What the other side names in the image. */
  readonly all: readonly NamedComponent[];
  /** Paths of archives that we say nothing names for certain. */
  readonly unidentified: ReadonlySet<string>;
}

interface DifferenceClass {
  /** Why, for whoever reads the report. */
  readonly why: string;
  /** Scanners the class is about; any when absent. */
  readonly peers?: readonly string[];
  readonly applies: (difference: Difference) => boolean;
}

/** Ecosystems a scanner does not look for in images. */
const notLookedFor: Readonly<Record<string, ReadonlySet<string>>> = {
  syft: new Set(['otp', 'hackage', 'opkg', 'bottlerocket', 'conda']),
  trivy: new Set(['otp', 'hackage', 'generic', 'luarocks', 'cran', 'pear', 'alpm', 'ebuild', 'nix', 'opkg', 'bitnami']),
};

/** Programs that scanners call by other names, by ours. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  ghc: ['ghc'], 'Node.js': ['node'], mariadb: ['mysql'], 'openjdk/jre': ['openjdk'], php: ['php-fpm', 'php-cli', 'libphp'], qt: ['qtbase'], toolchain: ['go'],
};

const lastName = (name: string): string => name.split(/[/:]/).at(-1) ?? '';
const isPackageUrl = (component: NamedComponent, ...types: readonly string[]): boolean => types.includes(component.ecosystem);
const sharesPath = (one: NamedComponent, other: NamedComponent): boolean => one.paths.some((path) => other.paths.some((found) => samePlace(path, found)));

/** Archives inside others are named by what they are in, or by themselves. */
function samePlace(one: string, other: string): boolean {
  return outermost(one) === outermost(other);
}

function outermost(path: string): string {
  return path.split(/[!:]/, 1)[0] ?? path;
}

function bareName(name: string): string {
  return lastName(name).toLowerCase().replaceAll(/[-_.]/g, '');
}

/** The same name and version elsewhere, in whatever package type and group. */
function sameUnderOtherName({ component, all }: Difference): NamedComponent | undefined {
  return all.find((other) => bareName(other.name) === bareName(component.name) && other.version === component.version && other.key !== component.key);
}

function renamed({ component, all }: Difference): boolean {
  const names = (name: string): readonly string[] => [name, ...(otherNames[name] ?? [])];
  return all.some((other) => {
    const [ours, theirs] = [component.name, other.name].map((name) => name.replace(/^.*(?=openjdk\/)/, ''));
    const isNamed = names(ours ?? '').some((name) => bareName(name) === bareName(theirs ?? '')) || names(theirs ?? '').some((name) => bareName(name) === bareName(ours ?? ''));
    return isNamed && (other.version === component.version || sharesPath(component, other));
  });
}

const testFolder = /(?:^|\/)(?:test|tests|__tests__|fixtures?|testdata|examples?|templates|benchmark)\//;

/** Where an npm package is one by Node's own rules: directly below the last `node_modules`. */
function isInstalledPackage(path: string): boolean {
  return !path.includes('node_modules/') || /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@]+\/package\.json$/.test(path);
}

/** The first that applies counts. */
const classes: readonly DifferenceClass[] = [
  // Theirs alone.
  { why: 'npm: no version, so nothing a registry has', applies: ({ who, component }) => who === 'only theirs' && isPackageUrl(component, 'npm') && component.version === '' },
  { why: 'npm: of a package’s own tests and examples, or a subpath of a package; nothing installs or loads it', applies: ({ who, component }) => who === 'only theirs' && isPackageUrl(component, 'npm') && component.paths.length > 0 && component.paths.every((path) => testFolder.test(path) || !isInstalledPackage(path)) },
  { why: 'Java: a group made up from a symbolic name, a title or the artefact’s name; ours has the same archive without a group, or with its real one', applies: (difference) => difference.who === 'only theirs' && isPackageUrl(difference.component, 'maven') && sameUnderOtherName(difference) !== undefined },
  { why: 'Java: no version, so nothing that was published', applies: ({ who, component }) => who === 'only theirs' && isPackageUrl(component, 'maven') && (component.version === '' || !/\d/.test(component.version)) },
  { why: 'Java: the module library of the runtime, which is reported as openjdk; its group is made up', applies: ({ who, component }) => who === 'only theirs' && component.name.endsWith('jrt-fs') },
  { why: 'Java: one title of several archives; each has its own name with us', applies: ({ who, component }) => who === 'only theirs' && component.key === 'maven/org.apache/logging@1.2' },
  { why: 'Java: the classifier of the file is taken for a part of the version', applies: ({ who, component, all }) => who === 'only theirs' && isPackageUrl(component, 'maven') && all.some(({ ecosystem, name, version }) => ecosystem === 'maven' && lastName(name) === lastName(component.name) && component.version.startsWith(`${version}-`)) },
  { why: 'Java: named by its symbolic name or title; ours has the coordinates that the archive holds', applies: ({ who, component, all }) => who === 'only theirs' && isPackageUrl(component, 'maven') && component.paths.length > 0 && all.some((other) => other.ecosystem === 'maven' && other.version === component.version && sharesPath(component, other)) },
  { why: 'Java: a part of the name taken for a part of the version', applies: ({ who, component, all }) => who === 'only theirs' && isPackageUrl(component, 'maven') && all.some((other) => component.version.endsWith(`-${other.version}`) && sharesPath(component, other)) },
  { why: 'Java: an archive without classes, named after its file', applies: ({ who, component }) => who === 'only theirs' && isPackageUrl(component, 'maven') && /^(?:derbyLocale_\w+|transform-api)$/.test(lastName(component.name)) },
  { why: 'Java: named after its file alone, or after one attribute; ours is a notice that names the archive', applies: ({ who, component, unidentified }) => who === 'only theirs' && isPackageUrl(component, 'maven') && component.paths.length > 0 && component.paths.every((path) => unidentified.has(outermost(path))) },
  { why: 'Java: the archive has no coordinates and one witness at most of its name; ours is a notice that names the archive', applies: ({ who, component }) => who === 'only theirs' && isPackageUrl(component, 'maven') && /^(?:jdom2|xmlpull|xpp3|spring-boot-jarmode-layertools|spring-boot-loader|spring-boot-loader-classic|mongodb-driver)$/.test(lastName(component.name)) },
  { why: '.NET: a package that brings no files (a tool of the build), or the program’s own project', applies: ({ who, component }) => who === 'only theirs' && isPackageUrl(component, 'nuget') && (component.paths.some((path) => path.endsWith('.deps.json')) || /sourcelink/i.test(component.name)) },
  { why: '.NET: an assembly by the title of its product, or one that was never a package; ours has its real name', applies: ({ who, component }) => who === 'only theirs' && isPackageUrl(component, 'nuget') },
  { why: 'a program of Windows without a version, or one whose package is named', applies: ({ who, component }) => who === 'only theirs' && component.ecosystem === 'none' && component.version === 'UNKNOWN' },
  { why: 'the file itself as a component, beside the packages in it', peers: ['trivy'], applies: ({ who, component }) => who === 'only theirs' && component.ecosystem === 'none' && component.version === '' },
  { why: 'Go: tools of the toolchain, each as a module of its own; ours is the toolchain with its version', applies: ({ who, component, all }) => who === 'only theirs' && isPackageUrl(component, 'golang') && component.name.startsWith('cmd/') && all.some(({ name }) => name === 'toolchain') },
  { why: 'Go: a go.mod in a folder of sources, which says what could be built; ours is declared, not installed', applies: ({ who, component }) => who === 'only theirs' && component.foundBy === 'gomod' },
  { why: 'Java: a name of a file whose version is none', applies: ({ who, component }) => who === 'only theirs' && isPackageUrl(component, 'maven') && !/^v?\d+(?:\.\d+)*(?:[-.+_][\w.+-]+)?$/.test(component.version.replace(/\.x$/, '.?')) },
  // Either.
  { why: 'the same Java runtime by another name', applies: ({ component, all }) => component.key.includes('openjdk') && all.some(({ key, version }) => key.includes('openjdk') && version === component.version) },
  { why: 'the same program by another name', applies: (difference) => isPackageUrl(difference.component, 'generic', 'golang', 'none') && renamed(difference) },
  { why: 'inside a package of the system, whose language packages it leaves out', peers: ['trivy'], applies: ({ who, component }) => who === 'only ours' && component.isOwned },
  { why: 'the same archive: with a made-up group there, without a group here', applies: (difference) => difference.who === 'only ours' && difference.component.foundBy === 'java' && sameUnderOtherName(difference) !== undefined },
  // Ours alone.
  { why: 'npm: the package has a list of authors, and it passes such a package over', peers: ['syft'], applies: ({ who, component }) => who === 'only ours' && component.key === 'npm/toposort-class@1.0.1' },
  { why: 'a server, runtime or library told by its bytes, for which it has no rule', applies: ({ who, component }) => who === 'only ours' && isPackageUrl(component, 'generic') && ['binary', 'jvm', 'windows-programs', 'dotnet', 'kernel'].includes(component.foundBy) },
  { why: 'Java: an archive that it cannot name without its database or without coordinates', applies: ({ who, component }) => who === 'only ours' && isPackageUrl(component, 'maven', 'generic') && component.foundBy === 'java' },
  { why: '.NET: an assembly that is a package by its key and version', applies: ({ who, component }) => who === 'only ours' && isPackageUrl(component, 'nuget') },
  { why: 'named by a document in the image (PEP 770 and others), which it does not read', applies: ({ who, component }) => who === 'only ours' && ['embedded-sbom', 'bitnami'].includes(component.foundBy) },
  { why: 'Rust: crates by the paths in the messages of a program, which it does not look for, or of one for Windows or macOS', applies: ({ who, component }) => who === 'only ours' && isPackageUrl(component, 'cargo') && component.foundBy === 'rust' },
  { why: 'Go: a program without modules by the path of its main package, or one for several architectures', applies: ({ who, component }) => who === 'only ours' && isPackageUrl(component, 'golang') },
  { why: 'npm: a copy inside another package, under its own name', applies: ({ who, component }) => who === 'only ours' && isPackageUrl(component, 'npm') && component.paths.some((path) => /\/(?:vendor|vendored|third_party)\//.test(path)) },
];

/** Why one scanner names a component and the other does not; `undefined` when nobody knows. */
export function classOfDifference(difference: Difference, peer: string): string | undefined {
  const { who, component } = difference;
  if (who === 'only ours' && notLookedFor[peer]?.has(component.ecosystem) === true) return `${component.ecosystem}: a package type it does not look for in images`;
  return classes.find(({ peers, applies }) => (peers === undefined || peers.includes(peer)) && applies(difference))?.why;
}

import type { AssemblyFact } from './dotnet-fact.js';

/** What a file of an assembly is part of. */
export type AssemblyOrigin =
  /** A package of nuget.org, as far as signature and version tell. */
  | { readonly kind: 'package'; readonly name: string; readonly version: string; readonly confidence: number }
  /** An assembly of which nothing says that it was ever published: a program's own code, most often. */
  | { readonly kind: 'assembly'; readonly name: string; readonly version: string; readonly confidence: number };

/**
 * Keys of publishers who name packages after the assemblies in them and give both one version. Each was checked on signed
 * assemblies of a program whose deps.json says which packages they are of.
 */
const publishers: ReadonlySet<string> = new Set([
  // Microsoft: the runtime's libraries, ASP.NET Core, Azure, identity, others.
  'cc7b13ffcd2ddd51', 'b03f5f7f11d50a3a', 'adb9793829ddae60', '92742159e12e44c8', '0a613f4dd989e8ae', '31bf3856ad364e35',
  // Newtonsoft.Json, Npgsql, MySqlConnector, OpenAI, OpenTelemetry, YamlDotNet.
  '30ad4fe6b2a6aeed', '5d8b90d52f46fda7', 'd33d3e53aa5f8c92', 'b4187f3e65366280', '7bd6737fe5b67e3c', 'ec19458f3c15af5e',
]);

/** Keys of the assemblies that only ever come with a runtime. */
const runtimeOnly: ReadonlySet<string> = new Set(['7cec85d7bea7798e', 'b77a5c561934e089']);

/** Keys of the libraries of .NET and of ASP.NET Core, which come with a runtime and, some of them, as packages as well. */
const runtimeKeys: ReadonlySet<string> = new Set([...runtimeOnly, 'cc7b13ffcd2ddd51', 'b03f5f7f11d50a3a', 'adb9793829ddae60', '31bf3856ad364e35']);

const confidence = { knownPublisher: 0.8, otherKey: 0.6, assembly: 0.7 } as const;

/** A version of a package (SemVer 2.0.0), which builds put into the product version, with the commit behind it. */
const packageVersion = /^(\d+\.\d+\.\d+(?:\.\d+)?(?:-[0-9A-Za-z.-]+)?)(?:\+[0-9A-Za-z.-]+)?$/;

/** Mono and .NET Framework sign with the same keys and count in four numbers; none of their assemblies is a package. */
function isOfOtherRuntime({ product = '', productVersion = '' }: AssemblyFact): boolean {
  return /^Mono |\.NET Framework/.test(product) || /^\d+(?:\.\d+){3}/.test(productVersion);
}

/** Whether the assembly is signed as those of a runtime are. */
export function isSignedAsRuntime({ publicKeyToken }: AssemblyFact): boolean {
  return publicKeyToken !== undefined && runtimeKeys.has(publicKeyToken);
}

/** The version of the package the assembly was built for; `undefined` where the build did not say it. */
function builtVersion({ productVersion }: AssemblyFact): string | undefined {
  return packageVersion.exec(productVersion ?? '')?.[1];
}

/** The version of the runtime an assembly is of; some of them have a number of the build behind it. */
export function runtimeVersion(assembly: AssemblyFact): string | undefined {
  return builtVersion(assembly)?.replace(/-servicing\..*$/, '');
}

/**
 * Tells what an assembly is that no list accounts for. Two witnesses make it a package: a key that it is signed with, and
 * the version of a package in its resource. A program signed with the same key is of the same makers, so then it is their
 * own code.
 * @param ownKeys keys of the programs in the folder
 */
export function identifyAssembly(assembly: AssemblyFact, ownKeys: ReadonlySet<string>): AssemblyOrigin {
  const { name, publicKeyToken } = assembly;
  const version = builtVersion(assembly);
  const isRuntimes = publicKeyToken !== undefined && (runtimeOnly.has(publicKeyToken) || (runtimeKeys.has(publicKeyToken) && isOfOtherRuntime(assembly)));
  if (version !== undefined && publicKeyToken !== undefined && !isRuntimes && !ownKeys.has(publicKeyToken)) {
    return { kind: 'package', name, version, confidence: publishers.has(publicKeyToken) ? confidence.knownPublisher : confidence.otherKey };
  }
  return { kind: 'assembly', name, version: version ?? assembly.fileVersion ?? assembly.version, confidence: confidence.assembly };
}

/** Machines by the number of the PE header, and what native images for other systems than Windows combine it with. */
const machines: ReadonlyMap<number, string> = new Map([[0x8664, 'x64'], [0xaa64, 'arm64'], [0x01c4, 'arm'], [0x014c, 'x86'], [0x6264, 'loongarch64'], [0x5064, 'riscv64']]);
const systems = [{ mark: 0x7b79, name: 'linux' }, { mark: 0, name: 'win' }] as const;

/** The runtime identifier of an assembly with native code, such as `linux-x64`; `undefined` for one that runs anywhere. */
export function runtimeIdentifier({ machine }: AssemblyFact): string | undefined {
  for (const { mark, name } of systems) {
    const architecture = machines.get(machine ^ mark);
    if (architecture !== undefined && !(mark === 0 && architecture === 'x86')) return `${name}-${architecture}`;
  }
  return undefined;
}

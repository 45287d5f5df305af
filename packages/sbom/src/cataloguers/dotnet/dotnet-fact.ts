import type { AssemblyIdentity } from './parse-cli-metadata.js';
import type { VersionResource } from '../parse-version-resource.js';

/** A package that is there when the program runs. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Positions, in the same list, of what it needs: directly, or by way of packages that are not there themselves. */
  readonly dependencies: readonly number[];
}

/** What a deps.json lists, on its own or in a single-file program. */
export interface PackagesFact {
  readonly kind: 'packages';
  readonly packages: readonly InstalledPackage[];
  /** Names, without folders, of the files that are of the program, its packages or its runtime. */
  readonly files: readonly string[];
}

/** What an assembly says of itself. */
export interface AssemblyFact extends AssemblyIdentity, VersionResource {
  readonly kind: 'assembly';
  /** The kind of machine its code is for, as the PE header has it. */
  readonly machine: number;
  /** Names of the assemblies it uses. */
  readonly references: readonly string[];
}

export type DotnetFact = PackagesFact | AssemblyFact;

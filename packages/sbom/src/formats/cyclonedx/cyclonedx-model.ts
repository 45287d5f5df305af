import type { Property } from '../catalogue-facts.js';

/** CycloneDX as its JSON form has it, as far as it is written and read here. The XML form has the same parts. */
export interface CycloneDxComponent {
  readonly type: string;
  readonly 'bom-ref'?: string | undefined;
  readonly supplier?: CycloneDxOrganization | undefined;
  readonly manufacturer?: CycloneDxOrganization | undefined;
  readonly authors?: readonly CycloneDxContact[] | undefined;
  readonly author?: string | undefined;
  readonly publisher?: string | undefined;
  readonly group?: string | undefined;
  readonly name: string;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  readonly hashes?: readonly CycloneDxHash[] | undefined;
  readonly licenses?: readonly CycloneDxLicenceChoice[] | undefined;
  readonly copyright?: string | undefined;
  readonly cpe?: string | undefined;
  readonly purl?: string | undefined;
  readonly omniborId?: readonly string[] | undefined;
  readonly swhid?: readonly string[] | undefined;
  readonly swid?: { readonly tagId: string } | undefined;
  readonly externalReferences?: readonly CycloneDxReference[] | undefined;
  readonly properties?: readonly Property[] | undefined;
  readonly components?: readonly CycloneDxComponent[] | undefined;
  readonly evidence?: CycloneDxEvidence | undefined;
}

interface CycloneDxEvidence {
  readonly identity?: readonly CycloneDxIdentity[] | undefined;
  readonly occurrences?: readonly { readonly location: string }[] | undefined;
}

/** How the component was recognised; confidence from 0 to 1. */
export interface CycloneDxIdentity {
  readonly field: string;
  readonly confidence: number;
  readonly methods: readonly { readonly technique: string; readonly confidence: number }[];
}

export interface CycloneDxOrganization {
  readonly name?: string | undefined;
  readonly url?: readonly string[] | undefined;
  readonly contact?: readonly CycloneDxContact[] | undefined;
}

export interface CycloneDxContact {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export interface CycloneDxHash {
  readonly alg: string;
  readonly content: string;
}

export interface CycloneDxLicenceChoice {
  readonly license?: { readonly id?: string | undefined; readonly name?: string | undefined; readonly acknowledgement?: string | undefined } | undefined;
  readonly expression?: string | undefined;
  readonly acknowledgement?: string | undefined;
}

interface CycloneDxReference {
  readonly type: string;
  readonly url: string;
  readonly hashes?: readonly CycloneDxHash[] | undefined;
}

export interface CycloneDxMetadata {
  readonly timestamp?: string | undefined;
  readonly lifecycles?: readonly { readonly phase?: string | undefined; readonly name?: string | undefined }[] | undefined;
  readonly tools?: { readonly components: readonly CycloneDxComponent[] } | undefined;
  readonly authors?: readonly CycloneDxContact[] | undefined;
  readonly component?: CycloneDxComponent | undefined;
  readonly manufacturer?: CycloneDxOrganization | undefined;
  readonly supplier?: CycloneDxOrganization | undefined;
  readonly properties?: readonly Property[] | undefined;
}

export interface CycloneDxDependency {
  readonly ref: string;
  readonly dependsOn?: readonly string[] | undefined;
}

export interface CycloneDxComposition {
  readonly aggregate: string;
  readonly assemblies?: readonly string[] | undefined;
  readonly dependencies?: readonly string[] | undefined;
}

/** Versions of the specification that are written. */
export type CycloneDxVersion = '1.6' | '1.7';

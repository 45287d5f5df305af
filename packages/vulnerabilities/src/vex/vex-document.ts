/** What a statement says of a vulnerability in a product. */
export const vexStatuses = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const;
export type VexStatus = (typeof vexStatuses)[number];

/** Why a product is not affected: the words of OpenVEX and CSAF, then those of CycloneDX, which draw other lines. */
export const vexJustifications = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
  'code_not_present',
  'code_not_reachable',
  'requires_configuration',
  'requires_dependency',
  'requires_environment',
  'protected_by_compiler',
  'protected_at_runtime',
  'protected_at_perimeter',
  'protected_by_mitigating_control',
] as const;
export type VexJustification = (typeof vexJustifications)[number];

export type VexFormat = 'openvex' | 'csaf' | 'cyclonedx';

/** What names a thing; each entry of each list is an alternative. */
export interface VexIdentity {
  /** Package URLs; without a version they stand for every version. */
  readonly packageUrls: readonly string[];
  /** `sha256:…`, of image manifests. */
  readonly digests: readonly string[];
  /** Common Platform Enumeration names, URI binding or formatted string. */
  readonly cpes: readonly string[];
  /** As the document calls it, for people; also compared with the name of an image. */
  readonly name: string | undefined;
  /** In the vers notation (https://github.com/package-url/vers-spec); narrows package URLs without a version. */
  readonly versions: string | undefined;
}

/** A product, or one component of it when there is a `subcomponent`. */
export interface VexProduct {
  readonly product: VexIdentity;
  readonly subcomponent?: VexIdentity;
}

/** One vulnerability in some products. */
export interface VexStatement {
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  readonly status: VexStatus;
  readonly justification?: VexJustification;
  /** Why it does not matter, in the author's words. */
  readonly impact?: string;
  /** What to do about it. */
  readonly action?: string;
  readonly notes?: string;
  /** RFC 3339; of the last update. */
  readonly timestamp: string;
  /** None when the document leaves that to what it is attached to. */
  readonly products: readonly VexProduct[];
}

/** A document, read. */
export interface VexDocument {
  readonly format: VexFormat;
  readonly id: string;
  readonly author: string;
  readonly version: string;
  /** RFC 3339; of the last update. */
  readonly timestamp: string;
  /** The file or address it was read from. */
  readonly location: string;
  /** Digests of the images it is attached to; statements without products speak of them. */
  readonly attachedTo: readonly string[];
  readonly statements: readonly VexStatement[];
  /** Statements left out, and why. */
  readonly problems: readonly string[];
}

/** The statement that decides a finding, and those it was preferred to. */
export interface VexVerdict {
  readonly status: VexStatus;
  readonly justification?: VexJustification;
  readonly impact?: string;
  readonly action?: string;
  readonly notes?: string;
  readonly author: string;
  readonly documentId: string;
  readonly location: string;
  /** RFC 3339. */
  readonly timestamp: string;
  /** Why this statement applies, in words. */
  readonly reason: string;
  /** The others that apply, in the order of preference, each in words; at most ten. */
  readonly overruled: readonly string[];
}

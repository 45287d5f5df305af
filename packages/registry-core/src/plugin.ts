import type { Digest } from '@esscm/oci-client';
import type { CallMeter } from './call-pace.js';
import type { RegistryError } from './errors.js';
import type { CredentialGuide, PluginDescription } from './plugin-description.js';
import type { RequestRate } from './request-rate.js';
import type { Secret } from './secret.js';
import type { VerificationReport } from './verification.js';

/** A kind of registry that can be connected. Stateless; knows nothing of the store, and leaves pulling to oci-client. */
export interface RegistryPlugin {
  readonly description: PluginDescription;
  /**
   * Checks what a user typed for one variant and credential kind, or what was stored earlier.
   * @throws InvalidConfigurationError naming each field that is wrong
   */
  configure(input: ConfigurationInput): RegistryConfiguration;
  /**
   * How to get a credential of the kind, made for what is typed so far: a trust policy that names this server and the
   * connection's generated values. Asked instead of the description's guide; leave it out where there is nothing to fill in.
   * @throws RegistryError when what it needs to know cannot be found out
   */
  guide?(input: ConfigurationInput, host: PluginHost, options: { readonly signal: AbortSignal }): Promise<CredentialGuide>;
  /**
   * Reads an image reference as a person pastes it (scheme, blanks and console addresses tolerated).
   * @throws InvalidReferenceError saying what is wrong, or that another variant or registry is meant
   */
  parseReference(variantId: string, text: string): RegistryReference;
  /**
   * Reads an event as the registry's own service sends it, parsed from JSON; with the capability `pushEvents` only.
   * @returns undefined for an event that is not about an image, which is no error
   * @throws RegistryError of kind `protocol` for what is no event of this registry
   */
  readEvent?(event: unknown): RegistryEvent | undefined;
  /** Opens nothing yet; the first call does. The caller disposes the connection, twice is fine. */
  connect(configuration: RegistryConfiguration, host: PluginHost): RegistryConnection;
}

export interface ConfigurationInput {
  readonly variantId: string;
  /** Absent for an anonymous variant. */
  readonly credentialKindId?: string;
  /** By field name, as typed. */
  readonly values: Readonly<Record<string, string>>;
}

/** Checked and normalised: what is stored. `settings` may be shown, `secrets` are sealed. */
export interface RegistryConfiguration {
  readonly variantId: string;
  readonly credentialKindId?: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** For lists: `AKIA…3K in eu-central-1`. Holds no secret. */
  readonly hint: string;
  /** When the credential ends, where that is known beforehand. Users are warned. */
  readonly expiresAt?: Date;
}

/** A reference in a registry, normalised. With tag and digest both, the digest decides. */
export interface RegistryReference {
  /** As a user would copy it: `public.ecr.aws/nginx/nginx:latest`. */
  readonly text: string;
  /** Registry host of the reference: `public.ecr.aws`. */
  readonly host: string;
  /** Path inside the registry: `nginx/nginx`. */
  readonly repository: string;
  /** `latest` when the text had neither tag nor digest. */
  readonly tag?: string;
  readonly digest?: Digest;
  /** What was changed or assumed, to be said aloud: "No tag given: latest is used." */
  readonly notes: readonly string[];
}

/** An image was pushed to a repository, or deleted from it. */
export interface RegistryEvent {
  /** The sender's own id: the same again is the same event, sent twice. */
  readonly id: string;
  readonly action: 'push' | 'delete';
  /** Path inside the registry. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
  readonly occurredAt: Date;
}

/** What the host gives a plugin. */
export interface PluginHost {
  readonly clock: { now(): Date };
  /**
   * Set by the operator, never by a user; keys are the plugin's own. The ECR plugin reads its simulator and endpoint
   * overrides here.
   */
  readonly operatorSettings: Readonly<Record<string, string>>;
  /**
   * Networks beside public ones that registries may be in, such as `10.20.0.0/16`; set by the operator. Whoever dials a registry
   * for a plugin gives them to the dialer.
   */
  readonly privateNetworks: readonly string[];
}

/** One configured registry. All calls may run at the same time. Failures are `RegistryError`s. */
export interface RegistryConnection extends AsyncDisposable {
  /** Tries each permission by its own probe without side effects; rows are reported as they finish. Never throws for a refusal. */
  verify(options: VerifyOptions): Promise<VerificationReport>;
  /** In the registry's own order, which may be none. One upstream page per element; stops asking when the reader stops. */
  listRepositories(options: ListOptions): AsyncIterable<readonly RegistryRepository[]>;
  /**
   * One element per digest, its tags with it. A registry that knows only tags may give a digest again on a later page, with
   * further tags: whoever keeps the list joins them. `repository` is a name as `listRepositories` gives it.
   */
  listImages(repository: string, options: ListOptions): AsyncIterable<readonly RegistryImage[]>;
  /**
   * The tags of a repository by name alone, for a registry whose images are not listed because each would have to be asked for.
   * There where the variant's capability `tagNames` is true. In the registry's own order, which may be none.
   */
  listTagNames?(repository: string, options: ListOptions): AsyncIterable<readonly string[]>;
  /** How oci-client pulls from this repository now. Ask again after `expiresAt`, or with `renew` once after a refusal. */
  pullAccess(repository: string, options: PullAccessOptions): Promise<PullAccess>;
  /**
   * Words what oci-client met while pulling the way this registry's users know it. Undefined when the registry is not the
   * cause (a damaged layer, a refused address): oci-client's own message then stands.
   */
  explainPullFailure(error: unknown, target: PullTarget): RegistryError | undefined;
}

/** What was being pulled. */
export interface PullTarget {
  readonly repository: string;
  /** Tag or digest. */
  readonly reference: string;
}

export interface VerifyOptions {
  readonly signal: AbortSignal;
  /** A repository the user named, for credentials that may not list. */
  readonly probeRepository?: string;
  /** Called with each row when it is known, not after the last one. */
  readonly onCheck?: (check: VerificationReport['checks'][number]) => void;
}

export interface ListOptions {
  readonly signal: AbortSignal;
  /** Asked for a turn before each upstream call, and told what it took. */
  readonly meter?: CallMeter;
}

export interface PullAccessOptions {
  readonly signal: AbortSignal;
  /**
   * Host of the image's reference, as in {@link RegistryReference.host}. Decides for a variant whose references may name any
   * registry and for a connection that covers several; a host that the connection does not cover is refused.
   */
  readonly registryHost?: string;
  readonly renew?: boolean;
}

export interface RegistryRepository {
  /** Unique in the connection: the path inside the registry, with the host before it where a connection covers several registries. */
  readonly name: string;
  /** Registry host and path. */
  readonly uri: string;
  readonly createdAt?: Date;
}

export interface RegistryImage {
  readonly digest: Digest;
  /** Empty for an untagged image. */
  readonly tags: readonly string[];
  readonly sizeBytes?: number;
  readonly pushedAt?: Date;
  readonly lastPulledAt?: Date;
  readonly mediaType?: string;
  /** `image` can be scanned; `index` is an image for several platforms; the rest are named but not offered. */
  readonly kind: 'image' | 'index' | 'artifact' | 'unknown';
  /** For an artifact: its type, such as a Helm chart. */
  readonly artifactType?: string;
  readonly status: 'active' | 'archived';
}

/** Where and as whom to pull. */
export interface PullAccess {
  /** A host name of the registry, for the `Host` header: the one in references, or another of the same registry such as a FIPS one. */
  readonly host: string;
  /** Another origin to connect to instead (a simulator or a private endpoint), such as `http://127.0.0.1:4510`. */
  readonly connectTo?: string;
  /** Path inside the registry. Absent where the connection knows the repository by no other name. */
  readonly repository?: string;
  readonly authentication: PullAuthentication;
  readonly expiresAt?: Date;
  /** How often manifests may be asked for. All pulls of the process from the host share it. */
  readonly manifestRate?: RequestRate;
  /** To be said to the user, such as that a credential did not work and none is used. */
  readonly notice?: string;
}

export type PullAuthentication =
  /** Follow the registry's own challenge without a credential. */
  | { readonly kind: 'anonymous' }
  /** Basic, `username:password` already in base64 as ECR hands it out. */
  | { readonly kind: 'basic'; readonly encoded: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret };

import type { PolicyDocument } from './iam/policy-document.js';

/** An IAM user, or a session already begun (give `sessionToken`; AWS then issues an access key id starting with `ASIA`). */
export interface SimulatedUser {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** When the session ends. Without it a session with a token never ends. */
  readonly sessionExpiresAt?: Date | undefined;
  /** False for a deactivated access key. Default true. */
  readonly active?: boolean | undefined;
  /** Identity-based policies. None means nothing is allowed. */
  readonly policies: readonly PolicyDocument[];
  readonly permissionsBoundary?: PolicyDocument | undefined;
  readonly sessionPolicy?: PolicyDocument | undefined;
  /** Twelve digits. Default: the account of the registry. Another one makes every access cross-account. */
  readonly account?: string | undefined;
}

/** A role that AssumeRole can hand out. */
export interface SimulatedRole {
  readonly name: string;
  /** Who may assume it: statements with `Principal`, and conditions such as `StringEquals: { 'sts:ExternalId': … }`. */
  readonly trustPolicy: PolicyDocument;
  readonly policies: readonly PolicyDocument[];
  readonly permissionsBoundary?: PolicyDocument | undefined;
  /** Longest session in seconds, 3600 to 43200. Default 3600. */
  readonly maxSessionDurationSeconds?: number | undefined;
  /** Twelve digits. Default: the account of the simulator. */
  readonly account?: string | undefined;
}

/** One image of a repository, read from an OCI image layout. */
export interface SimulatedImage {
  /** Folder holding `oci-layout`, `index.json` and `blobs`. Read in place: it has to stay until the simulator is closed. */
  readonly layout: string;
  /** Which entry of `index.json`, by its `org.opencontainers.image.ref.name`. Needed only when there are several. */
  readonly reference?: string | undefined;
  readonly tags: readonly string[];
  /** Default: the moment the simulator starts. */
  readonly pushedAt?: Date | undefined;
  /** In ECR's archive storage class: listed as ARCHIVED, not pullable. */
  readonly archived?: boolean | undefined;
}

/** Tag mutability of a private repository. */
export type TagMutability = 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION';

/** A repository and what is in it. */
export interface SimulatedRepository {
  /** Private: `team/app`. Public: `alias/repository`. */
  readonly name: string;
  readonly visibility: 'private' | 'public';
  readonly images: readonly SimulatedImage[];
  /** So many further images that are listed and cannot be pulled, for measuring. Default 0. */
  readonly generatedImages?: number | undefined;
  /** The repository (resource) policy. */
  readonly policy?: PolicyDocument | undefined;
  readonly tagMutability?: TagMutability | undefined;
  /** With an exclusion: tags, with `*` for any text, that are treated the other way round. */
  readonly tagMutabilityExclusions?: readonly string[] | undefined;
  readonly createdAt?: Date | undefined;
  /** Of a private repository: the registry it is in. Default: the account and region of the simulator. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

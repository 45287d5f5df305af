import type { PolicyDocument } from '../iam/policy-document.js';
import { matchWildcard } from '../iam/match-wildcard.js';
import type { TagMutability } from '../simulated-account.js';
import type { StoredManifest } from './stored-manifest.js';

/** A blob on disk. */
export interface StoredBlob {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly path: string;
}

/** A manifest in a repository with what the repository adds to it. */
export interface RepositoryImage {
  readonly manifest: StoredManifest;
  readonly pushedAt: Date;
  readonly archived: boolean;
}

/** The outcome of resolving a tag, a digest, or both. */
export type ImageLookup = { readonly image: RepositoryImage; readonly tag: string | undefined } | 'not-found' | 'tag-does-not-match';

/** One repository's tags, manifests and blobs, in memory (blobs by path). Everything that mutates it is here. */
export class RepositoryContent {
  readonly name: string;
  readonly visibility: 'private' | 'public';
  readonly createdAt: Date;
  readonly tagMutability: TagMutability;
  readonly tagMutabilityExclusions: readonly string[];
  readonly policy: PolicyDocument | undefined;
  readonly #images = new Map<string, RepositoryImage>();
  #imageList: readonly RepositoryImage[] | undefined;
  readonly #tags = new Map<string, string>();
  /** The tags of each digest: the inverse of `#tags`, so that listing thousands of images stays linear. */
  readonly #tagsByDigest = new Map<string, Set<string>>();
  readonly #blobs = new Map<string, StoredBlob>();
  readonly #pulledAt = new Map<string, Date>();

  constructor(options: {
    readonly name: string;
    readonly visibility: 'private' | 'public';
    readonly createdAt: Date;
    readonly tagMutability?: TagMutability | undefined;
    readonly tagMutabilityExclusions?: readonly string[] | undefined;
    readonly policy?: PolicyDocument | undefined;
  }) {
    this.name = options.name;
    this.visibility = options.visibility;
    this.createdAt = options.createdAt;
    this.tagMutability = options.tagMutability ?? 'MUTABLE';
    this.tagMutabilityExclusions = options.tagMutabilityExclusions ?? [];
    this.policy = options.policy;
  }

  /** The same list as long as no image is added. */
  get images(): readonly RepositoryImage[] {
    this.#imageList ??= [...this.#images.values()];
    return this.#imageList;
  }

  /** Tag and digest pairs, in the order they were first pushed. */
  get tags(): readonly (readonly [tag: string, digest: string])[] {
    return [...this.#tags];
  }

  tagsOf(digest: string): readonly string[] {
    return [...(this.#tagsByDigest.get(digest) ?? [])];
  }

  image(digest: string): RepositoryImage | undefined {
    return this.#images.get(digest);
  }

  /** Finds by tag, by digest, or by both, which then have to agree. */
  lookUp(id: { readonly tag?: string | undefined; readonly digest?: string | undefined }): ImageLookup {
    const tagged = id.tag === undefined ? undefined : this.#tags.get(id.tag);
    if (id.tag !== undefined && tagged === undefined) return 'not-found';
    if (id.digest !== undefined && tagged !== undefined && tagged !== id.digest) return 'tag-does-not-match';
    const image = this.#images.get(id.digest ?? tagged ?? '');
    return image === undefined ? 'not-found' : { image, tag: id.tag };
  }

  blob(digest: string): StoredBlob | undefined {
    return this.#blobs.get(digest);
  }

  /** Whether an image of the repository uses the blob: an uploaded layer alone cannot be downloaded. */
  isBlobReferenced(digest: string): boolean {
    return this.images.some((image) => image.manifest.blobs.some((descriptor) => descriptor.digest === digest));
  }

  /** Whether the blob is used by archived images only. */
  isBlobArchived(digest: string): boolean {
    const users = this.images.filter((image) => image.manifest.blobs.some((descriptor) => descriptor.digest === digest));
    return users.length > 0 && users.every((image) => image.archived);
  }

  addBlob(blob: StoredBlob): void {
    if (!this.#blobs.has(blob.digest)) this.#blobs.set(blob.digest, blob);
  }

  /** Adds a manifest; one already there keeps its push time, as in ECR. */
  addImage(image: RepositoryImage): void {
    if (this.#images.has(image.manifest.digest)) return;
    this.#images.set(image.manifest.digest, image);
    this.#imageList = undefined;
  }

  #isImmutable(tag: string): boolean {
    const excluded = this.tagMutabilityExclusions.some((pattern) => matchWildcard(pattern, tag));
    switch (this.tagMutability) {
      case 'MUTABLE':
        return false;
      case 'IMMUTABLE':
        return true;
      case 'IMMUTABLE_WITH_EXCLUSION':
        return !excluded;
      case 'MUTABLE_WITH_EXCLUSION':
        return excluded;
    }
  }

  /** Points a tag at a digest. False when the tag exists elsewhere and the repository's tags are immutable. */
  tag(tag: string, digest: string): boolean {
    const current = this.#tags.get(tag);
    if (current !== undefined && this.#isImmutable(tag)) return false;
    if (current !== undefined) this.#tagsByDigest.get(current)?.delete(tag);
    this.#tags.set(tag, digest);
    const siblings = this.#tagsByDigest.get(digest) ?? new Set();
    this.#tagsByDigest.set(digest, siblings.add(tag));
    return true;
  }

  recordPull(digest: string, at: Date): void {
    this.#pulledAt.set(digest, at);
  }

  lastPulledAt(digest: string): Date | undefined {
    return this.#pulledAt.get(digest);
  }
}

import { type CallMeter, type ManifestReader, type RegistryConnection, RegistryError, registryHostOf, registryPathOf } from '@esscm/registry-core';
import { type CompiledRule, reconcile, RepositorySelection } from '@esscm/selection';
import type { AddedImages, ConnectionRecord, ImageChanges, Store } from '@esscm/store';
import { toFollowed, trackedInRepository } from './tracked-in-repository.js';
import { type CheckedSelection, wantedImages } from './wanted-images.js';

/** A repository to look at. */
export interface CheckedRepository {
  /** Registry host and path: the name that its tracked images have. */
  readonly uri: string;
  /** What `listImages` takes. */
  readonly name: string;
}

/** What looking at one repository needs. */
export interface RepositoryCheck {
  readonly store: Pick<Store, 'images'>;
  readonly connection: ConnectionRecord;
  readonly registry: RegistryConnection;
  readonly manifests: ManifestReader;
  readonly rules: readonly CompiledRule[];
  /** In the order of the rules. */
  readonly selections: readonly CheckedSelection[];
  readonly meter: CallMeter;
  readonly signal: AbortSignal;
  readonly now: Date;
  /** How many further images may be tracked. */
  readonly room: number;
}

export interface RepositoryResult extends AddedImages {
  readonly changes: Omit<ImageChanges, 'add'>;
  /** Images that rules want and that there was no room for. */
  readonly refused: number;
}

/**
 * Lists one repository, finds what the rules want of it, and writes what has changed. A list that breaks off changes nothing; a
 * repository that is not there is one without images.
 */
export async function checkRepository(check: RepositoryCheck, { uri, name }: CheckedRepository): Promise<RepositoryResult> {
  const { store, connection, rules, selections, now, manifests } = check;
  const { id: connectionId, organizationId } = connection;
  const repository = registryPathOf(uri);
  const tracked = await trackedInRepository(store, { organizationId, connectionId, name: uri });
  const tags = new Set(tracked.flatMap(({ tag }) => tag ?? []));
  const pinned = new Set(tracked.flatMap(({ pinnedDigest }) => pinnedDigest ?? []));
  const selection = new RepositorySelection(rules, repository, now, tags);
  const listed = { digestOfTag: new Map<string, string>(), digests: new Set<string>() };
  for await (const images of pagesOf(check, name)) {
    selection.add(images);
    for (const { digest, tags: own } of images) {
      for (const tag of own) if (tags.has(tag)) listed.digestOfTag.set(tag, digest);
      if (pinned.has(digest)) listed.digests.add(digest);
    }
  }
  const wanted = await wantedImages(selection.selected(), {
    repository,
    name: uri,
    selections,
    tracked,
    platformsOf: (digest) => manifests.platforms(repository, digest, registryHostOf(uri)),
  });
  const { add, ...changes } = reconcile(listed, wanted, tracked.map(toFollowed));
  const accepted = add.slice(0, check.room).map(({ track }) => track);
  const { images, scans } = isEmpty(accepted, changes)
    ? { images: [], scans: [] }
    : await store.images.applyChanges(organizationId, connectionId, { ...changes, add: accepted });
  return { images, scans, changes, refused: add.length - accepted.length };
}

async function* pagesOf({ registry, signal, meter }: RepositoryCheck, repository: string): ReturnType<RegistryConnection['listImages']> {
  try {
    yield* registry.listImages(repository, { signal, meter });
  } catch (error) {
    if (!(error instanceof RegistryError) || error.kind !== 'not-found') throw error;
  }
}

function isEmpty(add: readonly unknown[], changes: Omit<ImageChanges, 'add'>): boolean {
  return add.length === 0 && Object.values(changes).every((part) => part.length === 0);
}

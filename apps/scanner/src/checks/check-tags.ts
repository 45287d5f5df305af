import { registryHostOf, registryPathOf } from '@esscm/registry-core';
import { reconcile } from '@esscm/selection';
import type { CheckedRepository, RepositoryCheck, RepositoryResult } from './check-repository.js';
import { toFollowed, trackedInRepository } from './tracked-in-repository.js';

/** Looks up each tracked tag of a repository by itself, for a registry that does not list tags: it finds no new images. */
export async function checkTags({ store, connection, manifests, meter, signal }: RepositoryCheck, { uri }: CheckedRepository): Promise<RepositoryResult> {
  const { id: connectionId, organizationId } = connection;
  const tracked = await trackedInRepository(store, { organizationId, connectionId, name: uri });
  const digestOfTag = new Map<string, string>();
  for (const tag of new Set(tracked.flatMap(({ tag: own, pinnedDigest }) => (pinnedDigest === undefined ? (own ?? []) : [])))) {
    await meter.turn(signal);
    const digest = await manifests.digestOf(registryPathOf(uri), tag, registryHostOf(uri));
    if (digest !== undefined) digestOfTag.set(tag, digest);
  }
  // Digests never move; whether they are still there is found by scanning them.
  const digests = new Set(tracked.flatMap(({ pinnedDigest }) => pinnedDigest ?? []));
  const { add: _none, ...changes } = reconcile({ digestOfTag, digests }, [], tracked.map(toFollowed).map(({ ruleId: _rule, ...image }) => image));
  const { images, scans } = await store.images.applyChanges(organizationId, connectionId, { ...changes, add: [] });
  return { images, scans, changes, refused: 0 };
}

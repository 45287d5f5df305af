import type { FollowedImage } from '@esscm/selection';
import type { Store, TrackedImageRecord } from '@esscm/store';

/** Every tracked image of one repository of a connection, which `name` names with its registry host. */
export async function trackedInRepository(
  store: Pick<Store, 'images'>,
  { organizationId, connectionId, name }: { readonly organizationId: string; readonly connectionId: string; readonly name: string },
): Promise<readonly TrackedImageRecord[]> {
  const tracked: TrackedImageRecord[] = [];
  let after: string | undefined;
  do {
    const page = await store.images.inRepository(organizationId, connectionId, name, { first: 100, ...(after !== undefined && { after }) });
    tracked.push(...page.items);
    after = page.nextCursor;
  } while (after !== undefined);
  return tracked;
}

/** What reconciling needs of a tracked image. */
export function toFollowed({ id, tag, pinnedDigest, platform, ruleId, registryDigest, goneAt, releasedAt }: TrackedImageRecord): FollowedImage {
  return {
    id,
    ...(tag !== undefined && { tag }),
    ...(pinnedDigest !== undefined && { pinnedDigest }),
    ...(platform !== undefined && { platform }),
    ...(ruleId !== undefined && { ruleId }),
    ...(registryDigest !== undefined && { registryDigest }),
    gone: goneAt !== undefined,
    released: releasedAt !== undefined,
  };
}

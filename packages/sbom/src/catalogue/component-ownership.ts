import type { ComponentDraft, FileOwnership } from '../cataloguers/cataloguer.js';
import { baseName } from '../layers/layer-path.js';

export interface OwnedCandidate {
  readonly component: ComponentDraft;
  /** Canonical, relative to the root: the file that shows the component is there. */
  readonly path: string;
}

/**
 * Finds the operating-system package each component's files belong to. Lists of files say `/bin/x` where the file is
 * at `/usr/bin/x`, so what they name is followed through the final view; only names that a candidate has are.
 * @param resolve canonical path of what is visible at a path
 */
export function findOwners(
  candidates: readonly OwnedCandidate[],
  ownership: readonly FileOwnership[],
  resolve: (path: string) => string | undefined,
): ReadonlyMap<ComponentDraft, ComponentDraft> {
  const names = new Set(candidates.map(({ path }) => baseName(path)));
  const byPath = Map.groupBy(candidates, ({ path }) => path);
  const owners = new Map<ComponentDraft, ComponentDraft>();
  if (candidates.length === 0) return owners;
  for (const { owner, paths } of ownership) {
    for (const listed of paths.split('\n')) {
      if (!names.has(baseName(listed))) continue;
      const canonical = resolve(listed);
      for (const { component } of (canonical === undefined ? undefined : byPath.get(canonical)) ?? []) {
        if (!owners.has(component)) owners.set(component, owner);
      }
    }
  }
  return owners;
}

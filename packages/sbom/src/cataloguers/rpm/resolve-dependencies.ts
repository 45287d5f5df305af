import type { ComponentDraft, DraftRelationship } from '../cataloguer.js';
import { providerIndex } from '../provider-index.js';
import type { RpmPackage } from './rpm-package.js';

export interface InstalledRpm {
  readonly found: RpmPackage;
  readonly component: ComponentDraft;
}

/**
 * Edges from what packages require to what provides it in the image: capabilities by name, and absolute paths also by
 * the lists of files. Versions are not weighed: rpm did that when it installed the packages.
 * @param resolve canonical path, relative to the root, of what is visible at a path
 */
export function resolveDependencies(packages: readonly InstalledRpm[], resolve: (path: string) => string | undefined): readonly DraftRelationship[] {
  const providers = providerIndex(packages, ({ found }) => [found.name, ...found.provides]);
  const owners = fileOwners(packages, resolve);
  return packages.flatMap((from) => {
    const targets = new Set(from.found.requires.flatMap((capability) => providers.get(capability) ?? owners.get(capability) ?? []));
    targets.delete(from);
    return [...targets].map((to): DraftRelationship => ({ from: from.component, to: to.component, kind: 'depends-on' }));
  });
}

/** Packages by the paths among what is required. `/bin/sh` may be listed as `/usr/bin/sh`. */
function fileOwners(packages: readonly InstalledRpm[], resolve: (path: string) => string | undefined): ReadonlyMap<string, InstalledRpm> {
  const required = new Map<string, string[]>();
  for (const capability of new Set(packages.flatMap(({ found }) => found.requires))) {
    if (!capability.startsWith('/')) continue;
    const path = capability.slice(1);
    for (const name of new Set([path, resolve(path) ?? path])) required.set(name, [...(required.get(name) ?? []), capability]);
  }
  const owners = new Map<string, InstalledRpm>();
  if (required.size === 0) return owners;
  for (const owner of packages) {
    for (const path of owner.found.files.split('\n')) {
      for (const capability of required.get(path) ?? []) if (!owners.has(capability)) owners.set(capability, owner);
    }
  }
  return owners;
}

import type { ComponentDraft, DraftRelationship } from '../cataloguer.js';
import { providerIndex } from '../provider-index.js';
import type { DpkgPackage } from './parse-dpkg-status.js';

export interface InstalledPackage {
  readonly fact: DpkgPackage;
  readonly component: ComponentDraft;
}

/**
 * Edges from Pre-Depends and Depends to what satisfies them in the image (Debian policy 7.1). Of alternatives the first
 * that is installed counts; a name nobody is installed under goes to every installed package that provides it.
 * Version constraints are not weighed: dpkg did that when it installed the packages.
 */
export function resolveDependencies(packages: readonly InstalledPackage[]): readonly DraftRelationship[] {
  const byName = Map.groupBy(packages, ({ fact }) => fact.name);
  const providers = providerIndex(packages, ({ fact }) => packageNames(fact.provides ?? '').flat());
  return packages.flatMap((from) => {
    const targets = new Set(
      packageNames(from.fact.depends ?? '').flatMap((alternatives) => {
        for (const name of alternatives) {
          const found = sameArchitecture(from, byName.get(name)) ?? providers.get(name);
          if (found !== undefined) return found;
        }
        return [];
      }),
    );
    targets.delete(from);
    return [...targets].map((to): DraftRelationship => ({ from: from.component, to: to.component, kind: 'depends-on' }));
  });
}

/** The copy for the same architecture, where one name is installed for several. */
function sameArchitecture(from: InstalledPackage, found: readonly InstalledPackage[] | undefined): readonly InstalledPackage[] | undefined {
  const chosen = found?.find(({ fact }) => fact.architecture === from.fact.architecture) ?? found?.[0];
  return chosen === undefined ? undefined : [chosen];
}

/** Names in a relationship field: outer list by comma, inner by bar; architecture, version and profile are cut off. */
function packageNames(field: string): readonly (readonly string[])[] {
  return field.split(',').flatMap((group) => {
    const names = group.split('|').flatMap((alternative) => /^\s*([A-Za-z0-9][A-Za-z0-9+.-]*)/.exec(alternative)?.[1] ?? []);
    return names.length === 0 ? [] : [names];
  });
}

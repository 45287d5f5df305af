import { createHash } from 'node:crypto';
import type { Component } from '../catalogue.js';

type Identified = Pick<Component, 'packageUrl' | 'locations'>;

/**
 * Gives every component an id: its package URL, with a suffix made from its path where several have that package URL. The
 * suffix does not depend on how many there are, nor on their order.
 */
export function assignComponentIds<Entry extends Identified>(components: readonly Entry[]): ReadonlyMap<Entry, string> {
  const ids = new Map<Entry, string>();
  for (const [packageUrl, group] of Map.groupBy(components, (component) => component.packageUrl)) {
    const taken = new Map<string, number>();
    for (const component of group) {
      const base = group.length === 1 ? packageUrl : `${packageUrl}#${pathSuffix(component)}`;
      const count = (taken.get(base) ?? 0) + 1;
      taken.set(base, count);
      ids.set(component, count === 1 ? base : `${base}-${count}`);
    }
  }
  return ids;
}

function pathSuffix({ locations }: Identified): string {
  return createHash('sha256')
    .update(locations[0]?.path ?? '')
    .digest('hex')
    .slice(0, 12);
}

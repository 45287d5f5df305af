import type { ComponentChangeKind } from '../../gql/graphql.js';

/** A change as sign and word. */
export const changeWords: Readonly<Record<ComponentChangeKind, { readonly sign: string; readonly text: string; readonly tone: 'added' | 'removed' | 'up' | 'down' | 'plain' }>> = {
  ADDED: { sign: '+', text: 'Added', tone: 'added' },
  REMOVED: { sign: '−', text: 'Removed', tone: 'removed' },
  UPGRADED: { sign: '↑', text: 'Upgraded', tone: 'up' },
  DOWNGRADED: { sign: '↓', text: 'Downgraded', tone: 'down' },
  CHANGED: { sign: '≠', text: 'Changed', tone: 'plain' },
};

const kinds: Readonly<Record<string, ComponentChangeKind>> = { added: 'ADDED', removed: 'REMOVED', upgraded: 'UPGRADED', downgraded: 'DOWNGRADED', changed: 'CHANGED' };

/** The filter of the address; undefined for all. */
export function readKinds(text: string): readonly ComponentChangeKind[] | undefined {
  const kind = kinds[text];
  return kind === undefined ? undefined : [kind];
}

interface Counts {
  readonly added: number;
  readonly removed: number;
  readonly upgraded: number;
  readonly downgraded: number;
  readonly changed: number;
}

/** Components that differ. */
export function changedCount({ added, removed, upgraded, downgraded, changed }: Counts): number {
  return added + removed + upgraded + downgraded + changed;
}

/** "41 up, 1 down, 14 added, 7 removed". */
export function countsText({ added, removed, upgraded, downgraded, changed }: Counts): string {
  const parts = [
    [upgraded, 'up'],
    [downgraded, 'down'],
    [added, 'added'],
    [removed, 'removed'],
    [changed, 'otherwise'],
  ] as const;
  const text = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return text.length === 0 ? 'The same components in the same versions' : text.join(', ');
}

/** A folder of repositories, or a repository. Folders without a choice of their own are folded into one name. */
export interface TreeNode {
  readonly kind: 'folder' | 'repository';
  /** `payments/` for a folder, the repository's name otherwise. */
  readonly path: string;
  /** What is shown: the last part, or several folded ones. */
  readonly label: string;
  /** Repositories at or below it. */
  readonly repositoryCount: number;
}

/**
 * One level of the tree that path segments make: what is directly below `folder`, which is empty for the top and ends with a
 * slash otherwise. `names` are sorted. Takes time by the size of the level, not of what is below it.
 */
export function treeLevel(names: readonly string[], folder: string): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  const end = firstNotBelow(names, folder, 0);
  for (let index = firstAtLeast(names, folder, 0); index < end; ) {
    const name = names[index] ?? '';
    const slash = name.indexOf('/', folder.length);
    if (slash === -1) {
      nodes.push({ kind: 'repository', path: name, label: name.slice(folder.length), repositoryCount: 1 });
      index += 1;
      continue;
    }
    const next = firstNotBelow(names, name.slice(0, slash + 1), index);
    nodes.push(folded(names, folder, index, next));
    index = next;
  }
  return [...nodes.filter(({ kind }) => kind === 'folder'), ...nodes.filter(({ kind }) => kind === 'repository')];
}

/** The node of a folder whose names stand from `start` to `end`: deeper as long as there is only one way on. */
function folded(names: readonly string[], folder: string, start: number, end: number): TreeNode {
  const first = names[start] ?? '';
  const last = names[end - 1] ?? '';
  if (end - start === 1) return { kind: 'repository', path: first, label: first.slice(folder.length), repositoryCount: 1 };
  // Sorted names between the first and the last share what those two share.
  let shared = 0;
  while (shared < first.length && first[shared] === last[shared]) shared += 1;
  const path = first.slice(0, first.lastIndexOf('/', shared - 1) + 1);
  return { kind: 'folder', path, label: path.slice(folder.length, -1), repositoryCount: end - start };
}

function firstAtLeast(names: readonly string[], text: string, from: number): number {
  return search(names, from, (name) => name < text);
}

function firstNotBelow(names: readonly string[], prefix: string, from: number): number {
  return search(names, from, (name) => name < prefix || name.startsWith(prefix));
}

/** The first index whose name does not pass, in a list where those that pass come first. */
function search(names: readonly string[], from: number, passes: (name: string) => boolean): number {
  let low = from;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(names[middle] ?? '')) low = middle + 1;
    else high = middle;
  }
  return low;
}

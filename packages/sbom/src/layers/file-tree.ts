import type { TarEntryKind } from './tar-walker.js';
import { joinPath } from './layer-path.js';

/** Where the facts of a file are kept: the layer and the path the file was read under. */
export interface FactOrigin {
  readonly layerIndex: number;
  /** As the layer has it. */
  readonly path: string;
  /** The hard link's own name, where the file was read under that of its target. */
  readonly linkedAs?: string;
}

/** An entry of the merged tree. Files nobody read are alike, and those of one layer may be one object. */
export interface TreeNode {
  readonly kind: Exclude<TarEntryKind, 'hard-link'>;
  /** Of the layer this entry, as it is, comes from. */
  layerIndex: number;
  /** Of symbolic links. */
  readonly target?: string;
  /** Of folders. */
  readonly children?: Map<string, TreeNode>;
  /** Only of files that some cataloguer read. */
  readonly origin?: FactOrigin;
}

export interface ResolvedNode {
  readonly node: TreeNode;
  /** Canonical: no symbolic link on the way. */
  readonly path: string;
}

// As Linux, which gives up with ELOOP after 40.
const maximumLinks = 40;

/** A new folder without entries. */
export function newFolder(layerIndex: number): TreeNode {
  return { kind: 'directory', layerIndex, children: new Map() };
}

/**
 * Follows `path` from the root as Linux does inside a root folder: `..` of the root is the root, absolute targets of
 * symbolic links begin there. A last segment that is a symbolic link is followed when `followLast` says so.
 * @returns `undefined` when something on the way is missing, is no folder, or links turn in a circle.
 */
export function resolveNode(root: TreeNode, path: string, followLast: boolean): ResolvedNode | undefined {
  const direct = descend(root, path);
  return direct === 'indirect' ? resolveThroughLinks(root, path, followLast) : direct;
}

/** The usual case, without links, `.`, `..` and empty segments on the way: such a path is its own canonical path. */
function descend(root: TreeNode, path: string): ResolvedNode | undefined | 'indirect' {
  let node = root;
  for (let start = 0; start <= path.length; ) {
    const slash = path.indexOf('/', start);
    const end = slash < 0 ? path.length : slash;
    const segment = path.slice(start, end);
    if (segment === '' || segment === '.' || segment === '..') return 'indirect';
    const child = node.children?.get(segment);
    if (child === undefined) return undefined;
    if (child.kind === 'symbolic-link') return 'indirect';
    node = child;
    start = end + 1;
  }
  return { node, path };
}

function resolveThroughLinks(root: TreeNode, path: string, followLast: boolean): ResolvedNode | undefined {
  /** Folders on the way to the current one, the root first. */
  const trail: { readonly node: TreeNode; readonly name: string }[] = [];
  let node = root;
  const pending = path.split('/').reverse();
  let links = 0;
  while (pending.length > 0) {
    const segment = pending.pop() ?? '';
    if (segment === '' || segment === '.') continue;
    if (node.children === undefined) return undefined;
    if (segment === '..') {
      trail.pop();
      node = trail.at(-1)?.node ?? root;
      continue;
    }
    const child = node.children.get(segment);
    if (child === undefined) return undefined;
    const target = child.target;
    const isLast = pending.every((rest) => rest === '' || rest === '.');
    if (child.kind === 'symbolic-link' && target !== undefined && (followLast || !isLast)) {
      links += 1;
      if (links > maximumLinks) return undefined;
      if (target.startsWith('/')) {
        trail.length = 0;
        node = root;
      }
      pending.push(...target.split('/').reverse());
      continue;
    }
    trail.push({ node: child, name: segment });
    node = child;
  }
  return { node, path: trail.map(({ name }) => name).join('/') };
}

/** Every entry below a folder, folders before what is in them, names in code-unit order. */
export function* walkTree(folder: TreeNode, path = ''): Generator<ResolvedNode> {
  // A list of what is still to come instead of recursion: a hostile image decides how deep its folders are.
  const pending = lastChildFirst({ node: folder, path });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    pending.push(...lastChildFirst(next));
  }
}

function lastChildFirst({ node, path }: ResolvedNode): ResolvedNode[] {
  return [...(node.children ?? [])]
    .sort(([left], [right]) => (left < right ? 1 : -1))
    .map(([name, child]) => ({ node: child, path: joinPath(path, name) }));
}

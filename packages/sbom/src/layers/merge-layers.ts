import { newFolder, resolveNode, walkTree, type FactOrigin, type ResolvedNode, type TreeNode } from './file-tree.js';
import type { FactDiagnostic, PathEntry, PathTable } from './layer-facts.js';
import { baseName, joinPath, layerPath, parentPath, whiteoutPrefix } from './layer-path.js';

/** What of a layer the merge needs. */
export interface MergeLayer {
  readonly paths: PathTable;
  /** Paths, as the layer has them, that facts are kept under. */
  readonly factPaths: ReadonlySet<string>;
}

/** How the files with facts changed with one layer: canonical path to origin, `undefined` for one that went away. */
type LayerChanges = ReadonlyMap<string, FactOrigin | undefined>;

export interface MergedLayers {
  readonly root: TreeNode;
  /** Base layer first. */
  readonly changes: readonly LayerChanges[];
  readonly diagnostics: readonly (FactDiagnostic & { readonly layerIndex: number; readonly path: string })[];
}

/** Where the entries of a folder go. */
interface EntryFolder {
  /** As the layer has it. */
  readonly path: string;
  readonly folder: ResolvedNode;
  readonly factNames: ReadonlySet<string> | undefined;
}

const opaqueMarker = '.wh..wh..opq';
/** Of files that AUFS keeps for itself, such as `.wh..wh.plnk`; they hide nothing. */
const aufsPrefix = '.wh..wh.';

const maximumDiagnostics = 100;

/**
 * Characters of a path after all links are followed. One entry has at most 4,096, but links that lead into each other can
 * build a tree of any depth, which whoever walks it would pay for.
 */
const maximumCanonicalLength = 16_384;

/**
 * Replays layers, base first, as a container runtime unpacks them (OCI image-spec 1.1, layer.md): whiteouts and opaque
 * markers hide what lower layers have, whatever their place in the tar, before the layer's own entries are added; an
 * entry below a symbolic link lands where the link points; a folder over a folder keeps its entries, any other
 * replacement removes them.
 */
export function mergeLayers(layers: readonly MergeLayer[]): MergedLayers {
  const merger = new LayerMerger();
  const changes = layers.map((layer, index) => merger.apply(layer, index));
  return { root: merger.root, changes, diagnostics: merger.diagnostics };
}

class LayerMerger {
  readonly root = newFolder(0);
  readonly diagnostics: (FactDiagnostic & { readonly layerIndex: number; readonly path: string })[] = [];
  #layerIndex = 0;
  /** Stands for every file of the current layer that nobody read, which is nearly all of them. */
  #plainFile: TreeNode = { kind: 'file', layerIndex: 0 };
  /** Names of the files that facts are kept under, by their folder in the layer: a short name is found in less time than a path. */
  #factNames: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #changes = new Map<string, FactOrigin | undefined>();
  /** Folders found before, by their path in the layer; emptied when a replacement may have moved them. */
  #folders = new Map<string, ResolvedNode>();
  /** The folder of the entry before: entries of one folder mostly follow each other. */
  #latest: EntryFolder | undefined;

  apply(layer: MergeLayer, layerIndex: number): LayerChanges {
    this.#layerIndex = layerIndex;
    this.#plainFile = { kind: 'file', layerIndex };
    this.#factNames = namesByFolder(layer.factPaths);
    this.#changes = new Map();
    this.#forgetFolders();
    const mayHide = layer.paths.mayHoldWhiteouts ?? true;
    if (mayHide) this.#hide(layer.paths);
    for (const entry of layer.paths) if (!mayHide || !isWhiteout(entry.path)) this.#add(entry);
    return this.#changes;
  }

  #hide(paths: PathTable): void {
    const hidden: ResolvedNode[] = [];
    const emptied: ResolvedNode[] = [];
    for (const { path } of paths) {
      if (!isWhiteout(path)) continue;
      const name = baseName(path);
      if (name === opaqueMarker) this.#find(parentPath(path), true, emptied);
      else if (!name.startsWith(aufsPrefix) && name.length > whiteoutPrefix.length) {
        this.#find(joinPath(parentPath(path), name.slice(whiteoutPrefix.length)), false, hidden);
      }
    }
    for (const { path } of hidden) this.#remove(path);
    for (const { node, path } of emptied) this.#empty(node, path);
  }

  #find(path: string, followLast: boolean, found: ResolvedNode[]): void {
    const resolved = resolveNode(this.root, path, followLast);
    if (resolved !== undefined) found.push(resolved);
  }

  #remove(path: string): void {
    const siblings = resolveNode(this.root, parentPath(path), false)?.node.children;
    const node = siblings?.get(baseName(path));
    if (siblings === undefined || node === undefined) return;
    siblings.delete(baseName(path));
    this.#forget(node, path);
  }

  #empty(folder: TreeNode, path: string): void {
    for (const [name, child] of folder.children ?? []) this.#forget(child, joinPath(path, name));
    folder.children?.clear();
  }

  /** Notes that the files with facts at and below a node are gone. */
  #forget(node: TreeNode, path: string): void {
    if (node.origin !== undefined) this.#changes.set(path, undefined);
    if (node.children === undefined) return;
    for (const below of walkTree(node, path)) if (below.node.origin !== undefined) this.#changes.set(below.path, undefined);
  }

  #add(entry: PathEntry): void {
    const slash = entry.path.lastIndexOf('/');
    const place = this.#folderOf(entry.path, slash);
    const folder = place?.folder;
    const name = entry.path.slice(slash + 1);
    if (folder === undefined || folder.path.length + name.length > maximumCanonicalLength) {
      this.#report(entry, 'path-too-deep', 'An entry that links lead too deep was left out.');
      return;
    }
    const existing = folder.node.children?.get(name);
    const node = this.#nodeFor(entry, existing, place?.factNames?.has(name) === true);
    if (node === undefined || node === existing) return;
    if (existing !== undefined) {
      this.#forget(existing, joinPath(folder.path, name));
      if (existing.kind === 'directory' || existing.kind === 'symbolic-link') this.#forgetFolders();
    }
    folder.node.children?.set(name, node);
    if (node.origin !== undefined) this.#changes.set(joinPath(folder.path, name), node.origin);
  }

  /** @returns `existing`, changed, for a folder over a folder; `undefined` for a link to nothing. */
  #nodeFor(entry: PathEntry, existing: TreeNode | undefined, hasFacts: boolean): TreeNode | undefined {
    const layerIndex = this.#layerIndex;
    switch (entry.kind) {
      case 'directory':
        if (existing?.kind !== 'directory') return newFolder(layerIndex);
        existing.layerIndex = layerIndex;
        return existing;
      case 'symbolic-link':
        return { kind: 'symbolic-link', layerIndex, target: entry.target ?? '' };
      case 'hard-link':
        return this.#hardLink(entry, hasFacts);
      case 'other':
        return { kind: 'other', layerIndex };
      case 'file':
        return hasFacts ? { kind: 'file', layerIndex, origin: { layerIndex, path: entry.path } } : this.#plainFile;
    }
  }

  #hardLink(entry: PathEntry, hasFacts: boolean): TreeNode | undefined {
    const targetPath = layerPath(entry.target ?? '');
    const target = targetPath === undefined ? undefined : resolveNode(this.root, targetPath, false)?.node;
    if (target === undefined || target.kind === 'directory') {
      this.#report(entry, 'hard-link-without-target', 'A hard link names a file that is not there.');
      return undefined;
    }
    const layerIndex = this.#layerIndex;
    const inherited = target.origin === undefined ? undefined : { ...target.origin, linkedAs: entry.path };
    const origin = hasFacts ? { layerIndex, path: entry.path } : inherited;
    return {
      kind: target.kind,
      layerIndex,
      ...(target.target === undefined ? {} : { target: target.target }),
      ...(origin === undefined ? {} : { origin }),
    };
  }

  #report({ path }: PathEntry, code: string, message: string): void {
    if (this.diagnostics.length >= maximumDiagnostics) return;
    this.diagnostics.push({ code, severity: 'incomplete', message, layerIndex: this.#layerIndex, path });
  }

  #forgetFolders(): void {
    this.#folders.clear();
    this.#latest = undefined;
  }

  /** @param slash the last one of the path, -1 where it has none */
  #folderOf(path: string, slash: number): EntryFolder | undefined {
    const latest = this.#latest;
    if (latest !== undefined && latest.path.length === slash && path.startsWith(latest.path)) return latest;
    const parent = parentPath(path);
    const folder = this.#folder(parent);
    return folder === undefined ? undefined : (this.#latest = { path: parent, folder, factNames: this.#factNames.get(parent) });
  }

  /**
   * A folder through symbolic links, made where it is missing or is no folder.
   * @returns `undefined` when links lead too deep
   */
  #folder(path: string): ResolvedNode | undefined {
    if (path === '') return { node: this.root, path: '' };
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const parent = this.#folder(parentPath(path));
    const folder = parent === undefined ? undefined : this.#folderIn(parent, baseName(path));
    if (folder !== undefined) this.#folders.set(path, folder);
    return folder;
  }

  #folderIn(parent: ResolvedNode, name: string): ResolvedNode | undefined {
    const path = joinPath(parent.path, name);
    const existing = parent.node.children?.get(name);
    if (existing?.kind === 'directory') return { node: existing, path };
    const target = existing?.kind === 'symbolic-link' ? resolveNode(this.root, path, true) : undefined;
    if (target?.node.kind === 'directory') return target;
    if (path.length > maximumCanonicalLength) return undefined;
    if (existing !== undefined) {
      this.#forget(existing, path);
      this.#forgetFolders();
    }
    const node = newFolder(this.#layerIndex);
    parent.node.children?.set(name, node);
    return { node, path };
  }
}

function namesByFolder(paths: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const byFolder = new Map<string, Set<string>>();
  for (const path of paths) {
    const folder = parentPath(path);
    const names = byFolder.get(folder);
    if (names === undefined) byFolder.set(folder, new Set([baseName(path)]));
    else names.add(baseName(path));
  }
  return byFolder;
}

function isWhiteout(path: string): boolean {
  return path.includes(whiteoutPrefix) && baseName(path).startsWith(whiteoutPrefix);
}

/** A folder of repositories or a repository. Folders without a choice of their own are folded into one name. */
export interface RepositoryNode {
  /** The whole path; unique. A repository that is also a folder appears as both, told apart by `kind`. */
  readonly id: string;
  readonly kind: 'folder' | 'repository';
  /** What is shown: the last segment, or several folded ones. */
  readonly label: string;
  /** Path of the repository; absent for a folder. */
  readonly repository?: string;
  readonly children: readonly RepositoryNode[];
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly repositories: string[];
}

/** Repositories as a tree by path segments, folders first met first. */
export function repositoryTree(names: readonly string[]): readonly RepositoryNode[] {
  const root: Folder = emptyFolder();
  for (const name of names) {
    const segments = name.split('/');
    let folder = root;
    for (const segment of segments.slice(0, -1)) {
      const next = folder.folders.get(segment) ?? emptyFolder();
      folder.folders.set(segment, next);
      folder = next;
    }
    folder.repositories.push(name);
  }
  return nodes(root, '');
}

/** Every repository at or below a node. */
export function repositoriesOf(node: RepositoryNode): readonly string[] {
  return node.repository === undefined ? node.children.flatMap(repositoriesOf) : [node.repository];
}

function emptyFolder(): Folder {
  return { folders: new Map(), repositories: [] };
}

function nodes(folder: Folder, path: string): readonly RepositoryNode[] {
  const folders = [...folder.folders].map(([segment, child]) => folderNode(child, `${path}${segment}/`, segment));
  const repositories = folder.repositories.map((name): RepositoryNode => ({ id: name, kind: 'repository', label: name.slice(name.lastIndexOf('/') + 1), repository: name, children: [] }));
  return [...folders, ...repositories];
}

function folderNode(folder: Folder, path: string, label: string): RepositoryNode {
  const [only, ...others] = folder.folders;
  if (only !== undefined && others.length === 0 && folder.repositories.length === 0) {
    return folderNode(only[1], `${path}${only[0]}/`, `${label}/${only[0]}`);
  }
  const [single, ...more] = folder.repositories;
  if (single !== undefined && more.length === 0 && folder.folders.size === 0) {
    return { id: single, kind: 'repository', label: `${label}/${single.slice(path.length)}`, repository: single, children: [] };
  }
  return { id: path, kind: 'folder', label, children: nodes(folder, path) };
}

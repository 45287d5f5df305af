import type { Cataloguer, CatalogueView, ViewFile } from '../cataloguers/cataloguer.js';
import type { Distribution } from '../catalogue.js';
import { resolveNode, type FactOrigin, type ResolvedNode } from './file-tree.js';
import type { FactDiagnostic, FileFacts, LayerFacts } from './layer-facts.js';
import { absolutePath, baseName, joinPath, parentPath } from './layer-path.js';
import { mergeLayers, type MergedLayers } from './merge-layers.js';

interface VisibleOrigin {
  readonly path: string;
  readonly origin: FactOrigin;
}

interface VisibleFile {
  readonly path: string;
  readonly layerIndex: number;
  readonly file: FileFacts;
}

interface FactEvent {
  readonly layerIndex: number;
  readonly origin: FactOrigin | undefined;
}

/** Found folders that are kept; a hostile list may name any number. */
const maximumFolders = 20_000;

/** The final view of an image and how it came about, with the facts of every cataloguer. */
export class ImageView {
  readonly merged: MergedLayers;
  readonly #layers: readonly LayerFacts[];
  /** By cataloguer name, one map a layer. */
  readonly #facts = new Map<string, readonly ReadonlyMap<string, FileFacts>[]>();
  /** What happened to each path with facts, base layer first; the last event is the final state. */
  readonly #events = new Map<string, FactEvent[]>();
  /** What is visible in the end, by the layer and the path that its facts are kept under; hard links make several of one. */
  readonly #finals: readonly ReadonlyMap<string, readonly VisibleOrigin[]>[];
  readonly #visibleFiles = new Map<Cataloguer, readonly VisibleFile[]>();
  /** Found before: packages have many files in few folders, most of them below links such as `lib`. */
  readonly #folders = new Map<string, ResolvedNode | undefined>();

  /** @param layers base first */
  constructor(layers: readonly LayerFacts[], cataloguers: readonly Cataloguer[]) {
    this.#layers = layers;
    const factPaths = layers.map(() => new Set<string>());
    for (const { name } of cataloguers) {
      this.#facts.set(
        name,
        layers.map(({ files }, index) => {
          const own = files.get(name) ?? [];
          for (const { path } of own) factPaths[index]?.add(path);
          // Of two entries with one path in a tar the later one is unpacked over the earlier one.
          return new Map(own.map((file) => [file.path, file]));
        }),
      );
    }
    this.merged = mergeLayers(layers.map(({ paths }, index) => ({ paths, factPaths: factPaths[index] ?? new Set() })));
    for (const [layerIndex, changes] of this.merged.changes.entries()) {
      for (const [path, origin] of changes) {
        const events = this.#events.get(path);
        if (events === undefined) this.#events.set(path, [{ layerIndex, origin }]);
        else events.push({ layerIndex, origin });
      }
    }
    const finals = layers.map(() => new Map<string, VisibleOrigin[]>());
    for (const [path, events] of this.#events) {
      const origin = events.at(-1)?.origin;
      if (origin === undefined) continue;
      const ofLayer = finals[origin.layerIndex];
      const others = ofLayer?.get(origin.path);
      if (others === undefined) ofLayer?.set(origin.path, [{ path, origin }]);
      else others.push({ path, origin });
    }
    this.#finals = finals;
  }

  /** Diagnostics of visible files, of entries left out and of links to nothing. */
  diagnosticsOf(cataloguers: readonly Cataloguer[]): readonly (FactDiagnostic & { readonly path?: string; readonly layerIndex: number })[] {
    const ofFiles = cataloguers.flatMap((cataloguer) => this.diagnosticsOfFiles(cataloguer));
    const ofLayers = this.#layers.flatMap(({ diagnostics }, layerIndex) =>
      diagnostics.map((diagnostic) => ({ ...diagnostic, layerIndex })),
    );
    return [...ofLayers, ...this.merged.diagnostics, ...ofFiles];
  }

  /** Diagnostics of the visible files that one cataloguer reads. */
  diagnosticsOfFiles(cataloguer: Cataloguer): readonly (FactDiagnostic & { readonly path: string; readonly layerIndex: number })[] {
    return this.#visible(cataloguer).flatMap(({ path, layerIndex, file }) =>
      (file.diagnostics ?? []).map((diagnostic) => ({ ...diagnostic, path, layerIndex })),
    );
  }

  /** Canonical path of what is visible at `path`, symbolic links followed. */
  resolve(path: string): string | undefined {
    const name = baseName(path);
    if (name === '' || name === '.' || name === '..') return resolveNode(this.merged.root, path, true)?.path;
    const parent = parentPath(path);
    const folder = this.#folderAt(parent);
    const node = folder?.node.children?.get(name);
    if (folder === undefined || node === undefined) return undefined;
    if (node.kind === 'symbolic-link') return resolveNode(this.merged.root, path, true)?.path;
    return parent !== '' && folder.path === parent ? path : joinPath(folder.path, name);
  }

  #folderAt(path: string): ResolvedNode | undefined {
    const known = this.#folders.get(path);
    if (known !== undefined || this.#folders.has(path)) return known;
    if (this.#folders.size === maximumFolders) this.#folders.clear();
    const folder = resolveNode(this.merged.root, path, true);
    this.#folders.set(path, folder);
    return folder;
  }

  /** The view as one cataloguer gets it. */
  for(cataloguer: Cataloguer, distribution: Distribution | undefined): CatalogueView<unknown> {
    const files = this.#visible(cataloguer).flatMap(({ path, layerIndex, file }): ViewFile<unknown>[] =>
      file.fact === undefined ? [] : [{ path, layerIndex, fact: file.fact }],
    );
    const byPath = new Map(files.map((file) => [file.path, file]));
    const diffIds = this.#layers.map(({ diffId }) => diffId);
    return {
      distribution,
      layerCount: this.#layers.length,
      files,
      file: (path) => {
        const canonical = this.resolve(path);
        return canonical === undefined ? undefined : byPath.get(canonical);
      },
      resolve: (path) => this.resolve(path),
      history: (matches) => this.#history(cataloguer, matches),
      introducedIn: (file, isSame) => this.#introducedIn(cataloguer, file, isSame),
      location: (path, layerIndex) => ({ path: absolutePath(path), layerIndex, layerDiffId: diffIds[layerIndex] ?? '' }),
    };
  }

  #factsAt(cataloguer: Cataloguer, { layerIndex, path, linkedAs }: FactOrigin): FileFacts | undefined {
    // What a hard link's target held says nothing to a cataloguer that would not have read the link.
    if (linkedAs !== undefined && !cataloguer.wants(linkedAs, 0o644, 0)) return undefined;
    return this.#facts.get(cataloguer.name)?.[layerIndex]?.get(path);
  }

  /** Sorted by path. Looks at the cataloguer's own facts alone: most cataloguers have few, and an image has many files. */
  #visible(cataloguer: Cataloguer): readonly VisibleFile[] {
    const known = this.#visibleFiles.get(cataloguer);
    if (known !== undefined) return known;
    const found: VisibleFile[] = [];
    for (const [layerIndex, facts] of (this.#facts.get(cataloguer.name) ?? []).entries()) {
      for (const keptPath of facts.keys()) {
        for (const { path, origin } of this.#finals[layerIndex]?.get(keptPath) ?? []) {
          const file = this.#factsAt(cataloguer, origin);
          if (file !== undefined) found.push({ path, layerIndex, file });
        }
      }
    }
    found.sort((left, right) => (left.path < right.path ? -1 : 1));
    this.#visibleFiles.set(cataloguer, found);
    return found;
  }

  #history(cataloguer: Cataloguer, matches: (path: string) => boolean): readonly ReadonlyMap<string, unknown>[] {
    let current = new Map<string, unknown>();
    return this.merged.changes.map((changes) => {
      const relevant = [...changes].filter(([path]) => matches(path));
      if (relevant.length > 0) current = new Map(current);
      for (const [path, origin] of relevant) {
        const fact = origin === undefined ? undefined : this.#factsAt(cataloguer, origin)?.fact;
        if (fact === undefined) current.delete(path);
        else current.set(path, fact);
      }
      return current;
    });
  }

  #introducedIn(cataloguer: Cataloguer, file: ViewFile<unknown>, isSame: (fact: unknown) => boolean): number {
    let introduced = file.layerIndex;
    for (const { layerIndex, origin } of (this.#events.get(file.path) ?? []).toReversed()) {
      const fact = origin === undefined ? undefined : this.#factsAt(cataloguer, origin)?.fact;
      if (fact === undefined || !isSame(fact)) break;
      introduced = layerIndex;
    }
    return introduced;
  }
}

/** What stands at a path of a layer. A bare string or bytes is a file of mode 0644. */
export type LayerEntry =
  | string
  | Uint8Array
  | { readonly kind: 'file'; readonly content: string | Uint8Array; readonly mode?: number }
  | { readonly kind: 'directory'; readonly mode?: number }
  | { readonly kind: 'symlink'; readonly target: string }
  /** `target` is a path of the same layer, written before or after. */
  | { readonly kind: 'hardlink'; readonly target: string }
  /** Removes the path of lower layers: `.wh.<name>`. */
  | { readonly kind: 'whiteout' }
  /** Hides everything lower layers have in this directory: `.wh..wh..opq`. */
  | { readonly kind: 'opaque' };

/** By path without a leading slash; written in the order of the object. */
export type LayerEntries = Readonly<Record<string, LayerEntry>>;

/** A file with its mode, such as `0o755`. */
export function file(content: string | Uint8Array, mode = 0o644): LayerEntry {
  return { kind: 'file', content, mode };
}

export function directory(mode = 0o755): LayerEntry {
  return { kind: 'directory', mode };
}

/** `target` is stored as it is, relative or absolute. */
export function symlink(target: string): LayerEntry {
  return { kind: 'symlink', target };
}

export function hardlink(target: string): LayerEntry {
  return { kind: 'hardlink', target };
}

export function whiteout(): LayerEntry {
  return { kind: 'whiteout' };
}

export function opaque(): LayerEntry {
  return { kind: 'opaque' };
}

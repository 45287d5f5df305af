/** A path of the distribution API, taken apart. `operation` names it in the request log and for faults. */
export type RegistryRoute =
  | { readonly operation: 'base' | 'catalog' | 'unknown' }
  | { readonly operation: 'tags' | 'upload-start'; readonly name: string }
  | { readonly operation: 'manifest' | 'blob' | 'referrers' | 'upload'; readonly name: string; readonly reference: string };

/** Reads a path below `/v2/`. Names may themselves contain `manifests` or `blobs`: the last such segment counts. */
export function registryRoute(path: string): RegistryRoute {
  if (path === '/v2/' || path === '/v2') return { operation: 'base' };
  if (path === '/v2/_catalog') return { operation: 'catalog' };
  const segments = path.slice('/v2/'.length).split('/').map(safeDecode);
  const last = segments.at(-1) ?? '';
  const name = (count: number): string => segments.slice(0, -count).join('/');
  if (segments.length >= 3 && segments.at(-2) === 'tags' && last === 'list') return { operation: 'tags', name: name(2) };
  if (segments.length >= 4 && segments.at(-3) === 'blobs' && segments.at(-2) === 'uploads') {
    return last === '' ? { operation: 'upload-start', name: name(3) } : { operation: 'upload', name: name(3), reference: last };
  }
  if (segments.length >= 3 && segments.at(-2) === 'blobs' && last === 'uploads') return { operation: 'upload-start', name: name(2) };
  if (segments.length >= 3 && last !== '') {
    if (segments.at(-2) === 'manifests') return { operation: 'manifest', name: name(2), reference: last };
    if (segments.at(-2) === 'blobs') return { operation: 'blob', name: name(2), reference: last };
    if (segments.at(-2) === 'referrers') return { operation: 'referrers', name: name(2), reference: last };
  }
  return { operation: 'unknown' };
}

function safeDecode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * A script of this package that runs in its own thread or process. Such a script must be JavaScript: when this package itself
 * runs from its TypeScript sources, as under its tests, the compiled twin in `dist` is taken.
 */
export function compiledScript(url: URL): URL {
  if (!import.meta.url.endsWith('.ts')) return url;
  return new URL(url.href.replace('/src/embedded/', '/dist/embedded/'));
}

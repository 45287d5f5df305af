/** Types whose packages are known by their namespace too: `@babel/core`, `golang.org/x/crypto`. */
const qualified: ReadonlySet<string> = new Set(['npm', 'golang', 'composer', 'swift', 'githubactions']);

/** The name of a package as people say it, of a package URL without version. */
export function packageName(packageKey: string): string {
  const [type = '', ...names] = packageKey.replace(/^pkg:/, '').split('/');
  const name = qualified.has(type) ? names.join('/') : (names.at(-1) ?? packageKey);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A package URL without its version and what follows: the same package in every image. */
export function packageKeyOf(packageUrl: string): string {
  return packageUrl.split(/[@?#]/)[0] ?? packageUrl;
}

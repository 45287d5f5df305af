/** The last part of a package URL, for a heading. */
export function packageName(packageKey: string): string {
  const last = packageKey.split('/').at(-1) ?? packageKey;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

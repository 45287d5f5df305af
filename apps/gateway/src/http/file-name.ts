/** Parts of names from a registry, reduced to what is harmless in a header and on every file system. */
export function fileName(parts: readonly (string | undefined)[]): string {
  return parts.map((part) => (part ?? '').replace(/[^\w.-]+/g, '-')).filter((part) => part !== '').join('_');
}

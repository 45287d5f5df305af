/**
 * Text as PostgreSQL can keep it. Package databases are hostile input: a NUL character or half a surrogate pair, which the
 * database refuses, would lose the whole scan; each becomes U+FFFD.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** JSON text for a `jsonb` column, its strings made storable. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storableText(part) : part));
}

/** A pattern for `ilike` that finds `text` anywhere, its wildcards taken literally. */
export function containsPattern(text: string): string {
  return `%${storableText(text).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** A pattern for `like` that finds what begins with `text`, its wildcards taken literally. */
export function startsWithPattern(text: string): string {
  return `${storableText(text).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

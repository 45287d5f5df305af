/** References in pasted text: one a line, or parted by blanks and commas; each once, in the order given. */
export function parseReferenceList(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))];
}

/** So many ids the API takes; each stands in the address. */
const unfoldedAtMost = 20;

/** Ids of unfolded rows in an address: each encoded, so that a comma is always between two. */
export function readUnfolded(text: string): readonly string[] {
  return text === '' ? [] : text.split(',').slice(-unfoldedAtMost).map(decoded);
}

/** The same with one unfolded or folded. Of too many the first unfolded is folded again. */
export function withUnfolded(unfolded: readonly string[], id: string, unfold: boolean): string {
  const others = unfolded.filter((other) => other !== id);
  return (unfold ? [...others, id] : others).slice(-unfoldedAtMost).map(encodeURIComponent).join(',');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One or two letters for a person's button: "Mira Kovač" is "MK". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = firstLetter(words[0]) ?? '?';
  const last = words.length > 1 ? (firstLetter(words.at(-1)) ?? '') : '';
  return `${first}${last}`.toLocaleUpperCase('en-GB');
}

const letters = new Intl.Segmenter('en-GB', { granularity: 'grapheme' });

function firstLetter(word: string | undefined): string | undefined {
  return [...letters.segment(word ?? '')][0]?.segment;
}

/** Longest name and longest version that is taken for one; real ones stay below 200 characters. */
const maximumIdentifierLength = 512;

const maximumTextLength = 2000;

/** Whether a text can be a package's name or version: there, and not longer than any real one. */
export function isIdentifier(text: string): boolean {
  return text !== '' && text.length <= maximumIdentifierLength;
}

/** A description, an address or a name of people, cut where it becomes a text of its own; `undefined` for nothing. */
export function boundedText(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text.slice(0, maximumTextLength);
}

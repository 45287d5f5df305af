/** What the one-line tags of the tag-value form can hold: no line break, no space at either end. Both forms write it, so that they say the same. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Free text ends at the first closing mark of the tag-value form: one inside it is broken by a space. */
export function freeText(text: string): string {
  return text.replaceAll(/<(\/?text)>/g, '< $1>');
}

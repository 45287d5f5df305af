import { z } from 'zod';

/** What a form field holds, without blanks around it; an absent field is empty. */
export const trimmedText = z.string().trim().default('');

/** The entries of a field that takes several, separated by commas, blanks or line breaks; each once. */
export function entriesOf(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((entry) => entry !== ''))];
}

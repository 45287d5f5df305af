import { InvalidArgumentError } from 'commander';

/** Reads `NAME` or `NAME <address>`. @throws InvalidArgumentError without a name */
export function parseAuthor(text: string): { readonly name: string; readonly email?: string } {
  const [, name = text, email] = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(text.trim()) ?? [];
  if (name.trim() === '') throw new InvalidArgumentError('Write NAME or "NAME <address>".');
  return { name: name.trim(), ...(email === undefined ? {} : { email }) };
}

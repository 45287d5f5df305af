/** As many as a sentence can name. */
const namedAtMost = 5;

/** "app needs express, which needs qs"; of a long way the beginning and the end. @param names outermost first, the component last; two at least */
export function chainText(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  if (names.length <= namedAtMost) return `${first} needs ${rest.join(', which needs ')}`;
  return `${first} needs ${rest.slice(0, 2).join(', which needs ')}, and so on by way of ${names.length - namedAtMost} others to ${rest.slice(-2).join(', which needs ')}`;
}

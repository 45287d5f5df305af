/** What brought a component in, outermost first: the first and the last two in words, what is between left out. */
export function broughtInText(path: readonly string[]): string {
  return (path.length <= 3 ? path : [path[0], '…', ...path.slice(-2)]).join(' → ');
}

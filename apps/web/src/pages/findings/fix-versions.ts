/** Fixed versions of a group's packages: one when they agree, otherwise the first and how many more. Undefined when there is none. */
export function fixVersionsText(packages: readonly { readonly fixVersion?: string | null }[]): string | undefined {
  const [first, ...others] = [...new Set(packages.flatMap(({ fixVersion }) => (fixVersion == null || fixVersion === '' ? [] : [fixVersion])))];
  if (first === undefined) return undefined;
  return others.length === 0 ? first : `${first} +${others.length}`;
}

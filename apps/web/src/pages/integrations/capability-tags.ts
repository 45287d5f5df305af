interface Variant {
  readonly name: string;
  readonly capabilities: { readonly listRepositories: boolean; readonly pushEvents: boolean };
}

/** The short words on a plugin's card: its variants by name, then what it can do besides pulling. */
export function capabilityTags(variants: readonly Variant[]): readonly string[] {
  const names = variants.length > 1 ? variants.map(({ name }) => name) : [];
  return [
    ...names,
    ...(variants.some(({ capabilities }) => capabilities.listRepositories) ? ['Browse'] : []),
    ...(variants.some(({ capabilities }) => capabilities.pushEvents) ? ['Push events'] : []),
  ];
}

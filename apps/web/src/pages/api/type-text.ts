interface TypeReference {
  readonly kind: string;
  readonly name?: string | null;
  readonly ofType?: TypeReference | null;
}

/** A type as the schema language writes it: `[Image!]!`. */
export function typeText({ kind, name, ofType }: TypeReference): string {
  const inner = ofType == null ? (name ?? '…') : typeText(ofType);
  if (kind === 'NON_NULL') return `${inner}!`;
  return kind === 'LIST' ? `[${inner}]` : inner;
}

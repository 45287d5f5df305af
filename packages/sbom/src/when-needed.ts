/**
 * Makes something when it is first asked for, and once. Schemas of rare files are made so: together they take as long as reading
 * a small image, which has hardly any of those files.
 */
export function whenNeeded<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => (made ??= { value: make() }).value;
}

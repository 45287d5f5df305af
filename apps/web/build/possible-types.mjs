import { isAbstractType } from 'graphql';

/** Writes which object types each interface and union may be, for the client's cache. A plugin of the code generator. */
export function plugin(schema) {
  const abstract = Object.values(schema.getTypeMap()).filter((type) => isAbstractType(type) && !type.name.startsWith('__'));
  const entries = abstract.map((type) => [type.name, schema.getPossibleTypes(type).map((possible) => possible.name).sort()]);
  return `export const possibleTypes: Record<string, string[]> = ${JSON.stringify(Object.fromEntries(entries.sort(([left], [right]) => left.localeCompare(right))), undefined, 2)};\n`;
}

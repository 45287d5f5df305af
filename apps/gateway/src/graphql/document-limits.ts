import { type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode, type ValidationRule } from 'graphql';

/** Most tokens of a document; given to the parser. */
export const maximumTokens = 2000;
const maximumDepth = 10;
const maximumAliases = 30;
const maximumFields = 5000;

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
}

const nothing: Size = { depth: 0, aliases: 0, fields: 0 };

/**
 * Refuses documents that are too deep, or too large once fragments are written out. Each fragment is measured once, so
 * that fragments within fragments cost no more to measure than to parse.
 */
export const documentLimitsRule: ValidationRule = (context) => ({
  Document(document) {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    }
    const measured = new Map<string, Size>();

    const measureFragment = (name: string): Size => {
      const known = measured.get(name);
      if (known !== undefined) return known;
      // Also ends cycles, which another rule reports.
      measured.set(name, nothing);
      const fragment = fragments.get(name);
      const size = fragment === undefined ? nothing : measure(fragment.selectionSet);
      measured.set(name, size);
      return size;
    };
    const measure = (selections: SelectionSetNode): Size => {
      let { depth, aliases, fields } = nothing;
      for (const selection of selections.selections) {
        let size: Size;
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          size = measureFragment(selection.name.value);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          size = measure(selection.selectionSet);
        } else {
          // Introspection is deep by nature, and bounded by the schema.
          const inner = selection.selectionSet === undefined || selection.name.value.startsWith('__') ? nothing : measure(selection.selectionSet);
          size = { depth: inner.depth + 1, aliases: inner.aliases + (selection.alias === undefined ? 0 : 1), fields: inner.fields + 1 };
        }
        depth = Math.max(depth, size.depth);
        aliases += size.aliases;
        fields += size.fields;
      }
      return { depth, aliases, fields };
    };

    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const { depth, aliases, fields } = measure(definition.selectionSet);
      if (depth > maximumDepth) context.reportError(limit(`The query is ${depth} levels deep; at most ${maximumDepth} are answered.`));
      if (aliases > maximumAliases) context.reportError(limit(`The query has ${aliases} aliases; at most ${maximumAliases} are answered.`));
      if (fields > maximumFields) context.reportError(limit(`The query names more than ${maximumFields} fields.`));
    }
  },
});

/** Apollo Server gives every error of validation a code of its own; `limit` says that this one is about size. */
function limit(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED', limit: true } });
}

import { createRequire } from 'node:module';
import { type DocumentNode, getNamedType, GraphQLError, type GraphQLSchema, isCompositeType, isListType, isNonNullType, visit } from 'graphql';
import type { ComplexityEstimator, getComplexity as GetComplexity } from 'graphql-query-complexity';
import type { Requester } from '../request-context.js';
import { failure } from './failures.js';

// Its ES module loads a second copy of graphql, whose types are not those of the schema.
const { getComplexity }: { getComplexity: typeof GetComplexity } = createRequire(import.meta.url)('graphql-query-complexity');

const maximumComplexity = 50_000;
/** What a list without a page size is taken to have. */
const assumedListLength = 5;

/** One operation of a document that has passed validation. */
interface CheckedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
  readonly requester: Requester | undefined;
}

/**
 * An object costs 1, a page `first` times its entries.
 * @throws GraphQLError UNAUTHENTICATED for introspection by nobody, LIMIT_EXCEEDED for a query that costs too much
 */
export function checkOperation({ schema, document, operationName, variables, requester }: CheckedOperation): void {
  if (requester === undefined && asksForSchema(document)) {
    throw failure('UNAUTHENTICATED', 'Sign in to read the schema.');
  }
  const complexity = complexityOf(schema, document, operationName, variables);
  if (!(complexity <= maximumComplexity)) {
    throw failure('LIMIT_EXCEEDED', `The query costs ${complexity} points; at most ${maximumComplexity} are answered. Ask for smaller pages.`);
  }
}

function complexityOf(schema: GraphQLSchema, query: DocumentNode, operationName?: string, variables?: Record<string, unknown>): number {
  try {
    return getComplexity({
      schema,
      query,
      estimators: [estimate],
      ...(operationName !== undefined && { operationName }),
      ...(variables !== undefined && { variables }),
    });
  } catch (error) {
    // Variables of the wrong type; execution says so in its own words.
    if (error instanceof GraphQLError) return 0;
    throw error;
  }
}

const estimate: ComplexityEstimator = ({ args, childComplexity, field }) => {
  if (!isCompositeType(getNamedType(field.type))) return 0;
  const { first }: { first?: unknown } = args;
  if (typeof first === 'number') return 1 + Math.max(0, first) * childComplexity;
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  // The edges of a page are counted by its `first` already.
  const length = isListType(type) && field.name !== 'edges' ? assumedListLength : 1;
  return 1 + length * childComplexity;
};

function asksForSchema(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field(node) {
      if (node.name.value === '__schema' || node.name.value === '__type') asks = true;
    },
  });
  return asks;
}

import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGatewaySchema } from './build-gateway-schema.js';

/** The schema as partners read it, sorted so that a change shows as what it is. */
export function printGatewaySchema(): string {
  return `${printSchema(lexicographicSortSchema(buildGatewaySchema()))}\n`;
}

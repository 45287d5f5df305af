import { sql, type SQL } from 'drizzle-orm';
import { storableText } from '../storable-text.js';

/** Many values as one parameter, for `unnest` and `any`. */
export const textArray = (values: readonly (string | null)[]): SQL => sql`${sql.param(values.map((value) => (value === null ? null : storableText(value))))}::text[]`;
export const numberArray = (values: readonly (number | null)[], type: 'int' | 'float8' = 'int'): SQL => sql`${sql.param([...values])}::${sql.raw(type)}[]`;
export const booleanArray = (values: readonly boolean[]): SQL => sql`${sql.param([...values])}::boolean[]`;

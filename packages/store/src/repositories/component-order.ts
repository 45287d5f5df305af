import { and, asc, desc, eq, gt, lt, or, sql, type SQL } from 'drizzle-orm';
import type { ComponentOrder } from '../contract/content-repository.js';
import { keyPart, pageCursor } from '../page-cursor.js';
import { components } from '../schema/content-tables.js';

/** So much of a text decides its place; the rest is decided by the place among names. Keeps cursors short. */
const comparedLength = 200;

/** After every licence there is. */
const noLicence = sql.raw('chr(1114109)');

const licences = sql`(select lower(string_agg(coalesce(licence.value ->> 'spdxExpression', licence.value ->> 'declared'), ', ' order by licence.ordinality)) from jsonb_array_elements(${components.licences}) with ordinality as licence)`;

/** A version with its numbers padded, so that 1.10 comes after 1.9. No order of an ecosystem: versions of many stand in one list. */
const padded = sql`(select string_agg(case when part.text[1] ~ '^[0-9]' then lpad(ltrim(part.text[1], '0'), greatest(10, length(ltrim(part.text[1], '0'))), '0') else part.text[1] end, '' order by part.ordinality) from regexp_matches(left(own.version, ${sql.raw(String(comparedLength))}), '[0-9]+|[^0-9]+', 'g') with ordinality as part (text, ordinality))`;

/** The versions of components that fit a condition, each padded once: many components have the same. Fenced, or it would be padded for every component again. */
function paddedVersions(where: SQL | undefined): SQL {
  return sql`(select own.version, ${padded} as padded from (select distinct ${components.version} from ${components} where ${where}) as own offset 0) as of_version`;
}

const cut = (text: SQL | typeof components.ecosystem): SQL => sql`left(coalesce(${text}, ''), ${sql.raw(String(comparedLength))}) collate "C"`;

interface KeyedOrder {
  /** What a row is ordered by, before its place among names; beside every row in the cursor. */
  readonly key: SQL<string | number>;
  readonly orderBy: readonly SQL[];
  /** What the key is read from beside components, and how it is joined. */
  readonly join?: { readonly table: SQL; readonly on: SQL };
  /** @throws InvalidCursorError for a cursor of another order */
  readonly isAfter: (cursor: string) => SQL | undefined;
  readonly cursorOf: (row: { readonly key: string | number; readonly position: number }) => string;
}

/** How a list of components that fit `where` is ordered and gone through. `weight` says how bad the findings of a row are. */
export function keyedOrder({ by, reversed = false }: ComponentOrder, weight: SQL<number>, where: SQL | undefined): KeyedOrder {
  const keys: Readonly<Record<ComponentOrder['by'], SQL>> = {
    name: sql`0`,
    version: cut(sql`of_version.padded`),
    type: cut(components.ecosystem),
    licence: cut(sql`coalesce(${licences}, ${noLicence})`),
    layer: sql`coalesce(${components.layerIndex}, 2147483647)`,
    findings: weight,
  };
  const key = keys[by] as SQL<string | number>;
  const [ofKey, ofPosition] = [(by === 'findings') !== reversed, by === 'name' && reversed].map((descending) => (descending ? { sorted: desc, beyond: lt } : { sorted: asc, beyond: gt })) as [Direction, Direction];
  const list = `components by ${by}${reversed ? ', reversed' : ''}`;
  const cursor = pageCursor(list, [keyPart.text.or(keyPart.decimal), keyPart.number]);
  return {
    key,
    ...(by === 'version' && { join: { table: paddedVersions(where), on: sql`of_version.version = ${components.version}` } }),
    orderBy: [...(by === 'name' ? [] : [ofKey.sorted(key)]), ofPosition.sorted(components.position)],
    isAfter: (text) => {
      const [value, position] = cursor.read(text);
      const beyondPosition = ofPosition.beyond(components.position, position);
      return by === 'name' ? beyondPosition : or(ofKey.beyond(key, value), and(eq(key, value), beyondPosition));
    },
    cursorOf: ({ key: value, position }) => cursor.write([value, position]),
  };
}

interface Direction {
  readonly sorted: typeof asc;
  readonly beyond: typeof gt;
}

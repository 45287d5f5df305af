import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { layerFacts } from '../schema/content-tables.js';
import type { StoreContext } from '../store-context.js';
import type { LayerFactRepository } from '../store.js';
import { chunksOf } from './value-chunks.js';

export function createLayerFactRepository({ database }: StoreContext): LayerFactRepository {
  return {
    async read(diffId, keys) {
      const rows = await database
        .select({ key: layerFacts.key, bytes: layerFacts.bytes })
        .from(layerFacts)
        .where(and(eq(layerFacts.diffId, diffId), inArray(layerFacts.key, [...keys])))
        .orderBy(asc(layerFacts.key), asc(layerFacts.index));
      const chunks = Map.groupBy(rows, (row) => row.key);
      return new Map([...chunks].map(([key, parts]) => [key, Buffer.concat(parts.map((part) => part.bytes))]));
    },

    async write(diffId, facts) {
      if (facts.size === 0) return;
      await database.transaction(async (transaction) => {
        for (const [key, value] of facts) {
          const chunks = chunksOf(value);
          for (const [index, bytes] of chunks.entries()) {
            const written = await transaction
              .insert(layerFacts)
              .values({ diffId, key, index, bytes })
              .onConflictDoNothing()
              .returning({ index: sql<number>`${layerFacts.index}` });
            // Another scan has written this fact: its chunks stay together, ours are not mixed in.
            if (written.length === 0) break;
          }
        }
      });
    },
  };
}

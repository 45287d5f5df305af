import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import { layerFacts } from '../schema/content-tables.js';
import type { StoreContext } from '../store-context.js';
import type { LayerFactRepository } from '../contract/layer-fact-repository.js';
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
        // In one order for everybody, so that two scans of the same layer wait for each other and never in a circle. Whoever
        // comes second replaces the whole value, its longer tail too: chunks of two writers are never mixed.
        for (const [key, value] of [...facts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
          const chunks = chunksOf(value);
          for (const [index, bytes] of chunks.entries()) {
            await transaction
              .insert(layerFacts)
              .values({ diffId, key, index, bytes })
              .onConflictDoUpdate({ target: [layerFacts.diffId, layerFacts.key, layerFacts.index], set: { bytes } });
          }
          await transaction
            .delete(layerFacts)
            .where(and(eq(layerFacts.diffId, diffId), eq(layerFacts.key, key), gte(layerFacts.index, chunks.length)));
        }
      });
    },
  };
}

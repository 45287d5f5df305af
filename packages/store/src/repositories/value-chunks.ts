/** Longest value in one row. The embedded database holds a value in memory several times over while it travels. */
const maximumChunkBytes = 1_000_000;

/** A long value cut to what one row holds, in order; one empty chunk for an empty value. */
export function chunksOf(value: Uint8Array): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(value.length / maximumChunkBytes));
  return Array.from({ length: count }, (_, index) => value.subarray(index * maximumChunkBytes, (index + 1) * maximumChunkBytes));
}

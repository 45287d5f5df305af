/** Facts of layers, shared by the whole installation; same shape as `FactStore` of the sbom package. */
export interface LayerFactRepository {
  read(diffId: string, keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** In place of earlier facts under the same keys, which may have been unreadable. */
  write(diffId: string, facts: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

/**
 * Facts of layers kept between scans. A fact is opaque bytes (compressed by this package) under a diffID and a key
 * that names a cataloguer and its version, such as `dpkg@1` or `paths@1`, so a new version of one cataloguer asks only
 * for its own facts again. What layers on each other hold is kept in the same way under their ChainID.
 */
export interface FactStore {
  /** Facts there are; keys without one are absent from the result. @param layers diffID of a layer, or ChainID of several */
  read(layers: string, keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** In place of earlier facts under the same keys. Writing the same facts twice changes nothing. */
  write(layers: string, facts: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

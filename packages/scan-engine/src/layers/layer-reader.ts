import type { ImageLayer } from '@esscm/oci-client';

/** Facts of one layer as they are kept: by fact key, opaque bytes. */
export type SerialisedFacts = ReadonlyMap<string, Uint8Array>;

export interface LayerReadRequest {
  /** The facts wanted; those of other cataloguers are not looked for. */
  readonly keys: readonly string[];
  readonly signal: AbortSignal;
  /** Compressed bytes taken in since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** Reads one layer from beginning to end. */
export interface LayerReader {
  read(layer: ImageLayer, request: LayerReadRequest): Promise<SerialisedFacts>;
}

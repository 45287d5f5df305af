import type { ImageLayer } from '@esscm/oci-client';
import type { Catalogue, CataloguedLayer, ImageDescription } from '@esscm/sbom';
import type { ScanScope } from '../scan-request.js';

/** Facts of one layer as they are kept: by fact key, opaque bytes. */
export type SerialisedFacts = ReadonlyMap<string, Uint8Array>;

export interface LayerReadRequest {
  /** Cataloguers whose facts are wanted; all when absent. */
  readonly cataloguers?: readonly string[];
  /** Whether to prove the diffID; not needed for a layer of which facts are kept. */
  readonly verifyDiffId: boolean;
  /** Whether a second core may be kept busy with uncompressing this layer. */
  readonly inflateAhead: boolean;
  readonly signal: AbortSignal;
  /** Compressed bytes taken in since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** What is put together into a catalogue. */
export interface MergeRequest {
  readonly image: ImageDescription;
  /** Base first. */
  readonly layers: readonly CataloguedLayer[];
  /** Of the same layers, in the same order. */
  readonly facts: readonly SerialisedFacts[];
  readonly scope: ScanScope;
}

export type MergeOutcome =
  | { readonly kind: 'merged'; readonly catalogue: Catalogue }
  /** Facts of these layers (diffIDs) cannot be read back: the layers have to be read again. */
  | { readonly kind: 'unreadable'; readonly diffIds: readonly string[] };

/** The two parts of a scan that keep a processor busy. */
export interface LayerReader {
  /** Reads one layer from beginning to end. */
  read(layer: ImageLayer, request: LayerReadRequest): Promise<SerialisedFacts>;
  merge(request: MergeRequest, signal: AbortSignal): Promise<MergeOutcome>;
}

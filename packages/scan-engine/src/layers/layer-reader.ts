import type { ImageLayer } from '@esscm/oci-client';
import type { Catalogue, LayerFacts } from '@esscm/sbom';
import type { ScanScope } from '../scan-request.js';
import type { LayerStack } from './layer-stack.js';

/** Facts of one layer as they are kept: by fact key, opaque bytes. */
export type SerialisedFacts = ReadonlyMap<string, Uint8Array>;

/** Facts of one layer on their way from reading to merging: as they are kept, or as they were read where nobody keeps them. */
export type ReadFacts = SerialisedFacts | LayerFacts;

export interface LayerReadRequest {
  /** Cataloguers whose facts are wanted; all when absent. */
  readonly cataloguers?: readonly string[];
  /** Whether to prove the diffID; not needed for a layer of which facts are kept. */
  readonly verifyDiffId: boolean;
  /** Whether a second core may be kept busy with uncompressing this layer. */
  readonly inflateAhead: boolean;
  /** Whether the facts are wanted as they are kept. */
  readonly serialised: boolean;
  readonly signal: AbortSignal;
  /** Compressed bytes taken in since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** What is put together into a catalogue. */
export interface MergeRequest extends LayerStack {
  /** Of the same layers, in the same order. */
  readonly facts: readonly ReadFacts[];
  readonly scope: ScanScope;
  /** Whether `contents` are wanted. */
  readonly keepContents: boolean;
}

export type MergeOutcome =
  /** `contents`: what the layers hold together, as it is kept under their ChainID. */
  | { readonly kind: 'merged'; readonly catalogue: Catalogue; readonly contents?: Uint8Array }
  /** Facts of these layers (diffIDs) cannot be read back: the layers have to be read again. */
  | { readonly kind: 'unreadable'; readonly diffIds: readonly string[] };

/** The two parts of a scan that keep a processor busy. */
export interface LayerReader {
  /** Reads one layer from beginning to end. */
  read(layer: ImageLayer, request: LayerReadRequest): Promise<ReadFacts>;
  merge(request: MergeRequest, signal: AbortSignal): Promise<MergeOutcome>;
}

import type { Readable } from 'node:stream';

/** What this package needs of a layer; `ImageLayer` of oci-client satisfies it. */
export interface LayerSource {
  readonly digest: string;
  readonly diffId: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly createdBy?: string;
  /**
   * The bytes as stored, compressed or not; verified against `digest` by whoever provides them. The memory of a chunk
   * may be used again only where the source is told so, by `recycle`.
   */
  open(signal: AbortSignal): Promise<Readable & Partial<RecyclingSource>>;
}

/** A source that uses the memory of its chunks again. */
export interface RecyclingSource {
  /** The memory of a chunk is its source's again. Called for each chunk in turn, as long as the source is open. */
  recycle(chunk: Buffer): void;
}

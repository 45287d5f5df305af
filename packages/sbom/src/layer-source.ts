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
   * may be used again once its `data` event has been handled.
   */
  open(signal: AbortSignal): Promise<Readable>;
}

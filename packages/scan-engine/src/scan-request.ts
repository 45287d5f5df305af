import type { Digest, ImageSource, Platform } from '@esscm/oci-client';

/** `squashed`: what is in the image; `all-layers`: also what lower layers brought and higher ones removed. */
export type ScanScope = 'squashed' | 'all-layers';

export interface ScanRequest {
  readonly source: ImageSource;
  /** What the image is called in the catalogue. */
  readonly image: { readonly name: string; readonly tag?: string };
  readonly platform?: Platform;
  /** One of the built-in sample, which may be matched with the advisories packaged with it. */
  readonly isSample?: boolean;
  /** Default `squashed`. */
  readonly scope?: ScanScope;
  readonly signal: AbortSignal;
  /** Asked once the digest is known: true ends the scan there, with nothing pulled. */
  readonly known?: (digest: Digest, catalogueVersion: string) => Promise<boolean>;
  /** Called often; the caller decides how much of it to keep. */
  readonly onProgress?: (progress: ScanEngineProgress) => void;
}

export interface ScanEngineProgress {
  readonly stage: 'resolve' | 'pull' | 'catalogue' | 'match';
  readonly layersDone: number;
  readonly layersTotal: number;
  /** Layers whose facts were kept from an earlier scan. They count as done and have no bytes. */
  readonly layersCached: number;
  /** Compressed bytes, of the layers that have to be read. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

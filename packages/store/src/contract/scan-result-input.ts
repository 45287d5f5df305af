import type { MatchingInput } from '../finding-records.js';
import type { ComponentRecord, ContentLayerRecord, ScanDiagnosticRecord } from '../records.js';

export interface ScanResultInput {
  readonly digest: string;
  readonly mediaType: string;
  readonly platform: string;
  readonly created?: string;
  readonly sizeBytes: number;
  readonly distributionName?: string;
  /** What it was built on: the name where it is known, and how many of the lowest layers are the base's own. */
  readonly base?: { readonly name?: string; readonly layerCount?: number };
  /** Names the cataloguers and versions that made it; another value means another content row is written. */
  readonly catalogueVersion: string;
  readonly layers: readonly Omit<ContentLayerRecord, 'componentCount'>[];
  readonly components: readonly ScannedComponent[];
  /** The whole catalogue as text; kept compressed, read back for exports. */
  readonly catalogue: string;
  readonly diagnostics: readonly ScanDiagnosticRecord[];
  readonly partial: boolean;
  /** Shown together with the content; without it the content has not been matched. */
  readonly matching?: MatchingInput;
}

/** A component with what a later match needs of it. */
export interface ScannedComponent extends Omit<ComponentRecord, 'contentId'> {
  /** 32-bit hashes of the questions a matcher asks for it. */
  readonly lookUps?: readonly number[];
  readonly matchFacts?: unknown;
}

import type { Digest } from '@esscm/oci-client';
import type { Catalogue, CatalogueLimits, FactStore } from '@esscm/sbom';
import { catalogueVersion } from './catalogue-version.js';
import { ScanEngineError } from './errors.js';
import type { ScanRequest } from './scan-request.js';
import type { ComponentMatcher } from './matching/component-matcher.js';
import type { MatchOutcome } from './matching/match-outcome.js';
import { createLayerReaderPool } from './layers/layer-reader-pool.js';
import { layerStackOf } from './layers/layer-stack.js';
import { SharedReads } from './layers/shared-reads.js';
import { catalogue } from './stages/catalogue.js';
import { match } from './stages/match.js';
import { readsOnCallingThread } from './stages/plan-reading.js';
import { notDistributed, pull } from './stages/pull.js';
import { recall, remember } from './stages/recall.js';
import { resolve } from './stages/resolve.js';

export interface ScanEngineOptions {
  /** Where facts of layers are kept between scans; without one every layer is read. */
  readonly facts?: FactStore;
  /** Layers read at the same time, each on a thread of its own. Default: the number of cores, from 2 to 4. */
  readonly workers?: number;
  /**
   * Images of fewer compressed bytes are read on this thread, which saves starting one; so are those with fewer beside a largest
   * layer of moderate size. Default 0, always another thread: right for a server, whose own thread has requests to answer.
   */
  readonly inlineBelowBytes?: number;
  /**
   * Whether threads stay for the next scan, and this one is left to answer requests; default true. Without, an image takes far
   * less memory: this thread is one of those that read, the others are ended when there is nothing left to read, and facts
   * are merged here.
   */
  readonly keepThreads?: boolean;
  readonly limits?: Partial<CatalogueLimits>;
  /** Holds the catalogue against advisories; without one there is no such stage. Stays the caller's. */
  readonly matcher?: Pick<ComponentMatcher, 'match'>;
}

export type ScanOutcome =
  | {
      readonly kind: 'catalogued';
      readonly digest: Digest;
      readonly mediaType: string;
      /** Compressed bytes of all layers. */
      readonly sizeBytes: number;
      readonly catalogue: Catalogue;
      readonly catalogueVersion: string;
      /** Absent without a matcher. */
      readonly matching?: MatchOutcome;
    }
  | { readonly kind: 'known'; readonly digest: Digest; readonly catalogueVersion: string };

/** Runs scans, several at once. Dispose it to end its threads; scans still running fail as cancelled. */
export interface ScanEngine extends AsyncDisposable {
  /**
   * Resolves the reference, reads the layers nobody has read yet, and puts the catalogue together.
   * @throws OciError when the image cannot be had, SbomError when its layers cannot be read, ScanEngineError otherwise
   */
  scan(request: ScanRequest): Promise<ScanOutcome>;
}

/** Opens the engine; threads start with the first layer that needs one. */
export function createScanEngine(options: ScanEngineOptions): ScanEngine {
  const pool = createLayerReaderPool({
    workers: options.workers,
    limits: options.limits ?? {},
    keepThreads: options.keepThreads ?? true,
  });
  const reads = new SharedReads();
  const inlineBelowBytes = options.inlineBelowBytes ?? 0;

  return {
    async scan(request) {
      const image = await resolve(request);
      const digest = image.manifestDigest ?? image.configDigest;
      const version = catalogueVersion();
      if (await request.known?.(digest, version)) return { kind: 'known', digest, catalogueVersion: version };
      const { signal, onProgress } = request;
      const { facts } = options;
      const stack = layerStackOf(image, digest, request.image);
      const scope = request.scope ?? 'squashed';
      const sizeBytes = image.layers.reduce((total, layer) => total + layer.sizeBytes, 0);
      const reader = readsOnCallingThread(image.layers, inlineBelowBytes) ? pool.inline : pool;
      const callingThread = options.keepThreads === false ? pool.inline : undefined;
      const attempt = async (distrusted: ReadonlySet<string>) => {
        const ofLayers = await pull({ image, facts, distrusted, reads, reader, callingThread, concurrency: pool.size, signal, onProgress });
        return catalogue({ stack, facts: ofLayers, reader, scope, keepContents: facts !== undefined, signal, onProgress });
      };
      const putTogether = async () => {
        let merged = await attempt(new Set());
        if (merged.kind === 'unreadable') merged = await attempt(new Set(merged.diffIds));
        if (merged.kind === 'unreadable') {
          throw new ScanEngineError('facts-unreadable', `The facts of ${merged.diffIds.length} layers cannot be read back a moment after they were written.`);
        }
        const isWhole = !merged.catalogue.diagnostics.some(({ code }) => code === notDistributed.code);
        if (facts !== undefined && merged.contents !== undefined && isWhole) await remember({ stack, facts, scope }, merged.contents);
        return merged.catalogue;
      };
      const recalled = facts === undefined ? undefined : await recall({ stack, facts, scope, onProgress });
      const found = recalled ?? (await putTogether());
      if (options.matcher !== undefined) onProgress?.({ stage: 'match', layersDone: image.layers.length, layersTotal: image.layers.length, layersCached: 0, bytesDone: 0, bytesTotal: 0 });
      const matching = options.matcher === undefined ? undefined : await match(found, options.matcher, request.isSample === undefined ? {} : { isSample: request.isSample });
      signal.throwIfAborted();
      return {
        kind: 'catalogued',
        digest,
        mediaType: image.manifestMediaType,
        sizeBytes,
        catalogue: found,
        catalogueVersion: version,
        ...(matching === undefined ? {} : { matching }),
      };
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

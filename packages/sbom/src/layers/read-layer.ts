import { createHash } from 'node:crypto';
import type { Cataloguer } from '../cataloguers/cataloguer.js';
import { cataloguers as allCataloguers } from '../cataloguers/table.js';
import { cancelled, SbomError } from '../errors.js';
import type { LayerSource } from '../layer-source.js';
import { withDefaultLimits, type CatalogueLimits } from '../limits.js';
import { inflateLayer } from './inflate-layer.js';
import { backgroundDecompressor, bestDecompressor, bestUncheckedDecompressor, uncheckedBackgroundDecompressor } from './layer-decompressor.js';
import type { LayerFacts } from './layer-facts.js';
import { LayerFormatError, LayerLimitError } from './layer-format-error.js';
import { layerPath } from './layer-path.js';
import type { FileReading } from './file-scans.js';
import { LayerReader, type HardLinkAliases } from './layer-reader.js';
import { TarWalker } from './tar-walker.js';

export interface ReadLayerRequest {
  /** Names of the cataloguers whose facts are wanted; all when absent. */
  readonly cataloguers?: readonly string[];
  readonly signal: AbortSignal;
  readonly limits?: Partial<CatalogueLimits>;
  /**
   * Whether to compute the digest of the uncompressed tar and compare it with `layer.diffId`; true when absent. To be
   * skipped only for a layer it was proved for before: it costs about a fifth of the processor time.
   */
  readonly verifyDiffId?: boolean;
  /**
   * Whether to uncompress on another thread, ahead of what is read on this one: half the time on the clock where a core has
   * nothing else to do, for a fiftieth more of processor time. False when absent.
   */
  readonly inflateAhead?: boolean;
  /** Compressed bytes read so far, called for each chunk. */
  onBytesRead?(bytesRead: number): void;
}

/**
 * Reads one layer in one streaming pass (two when hard links hide a wanted file behind an unwanted name) and keeps what
 * cataloguers need of it. Uses no state outside its arguments, so it may run in a worker thread.
 * @throws SbomError of code `corrupt-layer`, `diff-id-mismatch`, `limit` or `cancelled`; errors of the source unchanged.
 */
export async function readLayer(layer: LayerSource, request: ReadLayerRequest): Promise<LayerFacts> {
  const { cataloguers } = request;
  const chosen =
    cataloguers === undefined ? allCataloguers : allCataloguers.filter(({ name }) => cataloguers.includes(name));
  return readLayerWith(chosen, layer, request);
}

/** {@link readLayer} with cataloguers that need not be in the table. */
export async function readLayerWith(
  cataloguers: readonly Cataloguer[],
  layer: LayerSource,
  request: ReadLayerRequest,
): Promise<LayerFacts> {
  const limits = withDefaultLimits(request.limits);
  const reader = new LayerReader(cataloguers, limits);
  await walk(layer, reader, limits, request, request.verifyDiffId ?? true);

  const aliases = findHardLinkAliases(reader, cataloguers);
  if (aliases.size > 0) {
    const second = new LayerReader(cataloguers, limits, aliases);
    const { signal, inflateAhead = false } = request;
    await walk(layer, second, limits, { signal, inflateAhead }, false);
    for (const [name, files] of second.files) reader.files.get(name)?.push(...files);
  }
  return { diffId: layer.diffId, paths: reader.paths, diagnostics: reader.diagnostics, files: reader.files };
}

async function walk(
  layer: LayerSource,
  reader: LayerReader,
  limits: CatalogueLimits,
  request: Pick<ReadLayerRequest, 'signal' | 'inflateAhead' | 'onBytesRead'>,
  verifyDiffId: boolean,
): Promise<void> {
  if (request.signal.aborted) throw cancelled(request.signal);
  const walker = new TarWalker(reader, limits.maximumEntries);
  const hash = verifyDiffId ? createHash('sha256') : undefined;
  const decompressors =
    request.inflateAhead === true ? { ofProved: uncheckedBackgroundDecompressor, ofOthers: backgroundDecompressor } : { ofProved: bestUncheckedDecompressor, ofOthers: bestDecompressor };
  let bytesRead = 0;
  try {
    const source = await layer.open(request.signal);
    await inflateLayer(source, {
      signal: request.signal,
      maximumLayerBytes: limits.maximumLayerBytes,
      maximumRatio: limits.maximumRatio,
      ratioFloorBytes: 512 * 1024 * 1024,
      decompressor: verifyDiffId ? decompressors.ofProved : decompressors.ofOthers,
      onBytes(bytes) {
        hash?.update(bytes);
        walker.push(bytes);
      },
      onRead(byteCount) {
        bytesRead += byteCount;
        request.onBytesRead?.(bytesRead);
      },
    });
    walker.end();
  } catch (error) {
    throw request.signal.aborted ? cancelled(request.signal) : nameLayer(error, layer);
  }
  const diffId = hash === undefined ? layer.diffId : `sha256:${hash.digest('hex')}`;
  if (diffId !== layer.diffId) {
    throw new SbomError({
      code: 'diff-id-mismatch',
      message: `Layer ${layer.digest} unpacks to ${diffId}, but the image configuration says ${layer.diffId}`,
      remedy: 'Build and push the image again: its configuration does not describe its layers.',
      layerDigest: layer.digest,
    });
  }
}

/** Wanted names of one file that are read; each costs an extraction of the same content. */
const maximumAliases = 100;

/** Files whose first name no cataloguer wanted and whose hard link one does. */
function findHardLinkAliases(reader: LayerReader, cataloguers: readonly Cataloguer[]): HardLinkAliases {
  const aliases = new Map<string, FileReading[]>();
  const linked = reader.hardLinked;
  if (linked.size === 0) return aliases;
  const files = new Map<string, { readonly first: string; readonly mode: number; readonly sizeBytes: number }>();
  for (const { path, kind, mode, sizeBytes, target } of reader.paths) {
    if (kind === 'file' && linked.has(path)) files.set(path, { first: path, mode, sizeBytes });
    if (kind !== 'hard-link') continue;
    const targetPath = layerPath(target ?? '');
    const file = targetPath === undefined ? undefined : files.get(targetPath);
    if (file === undefined) continue;
    files.set(path, file);
    for (const cataloguer of cataloguers) {
      const isMissed = cataloguer.wants(path, file.mode, file.sizeBytes) && !cataloguer.wants(file.first, file.mode, file.sizeBytes);
      if (!isMissed) continue;
      const known = aliases.get(file.first);
      if (known === undefined) aliases.set(file.first, [{ cataloguer, path }]);
      else if (known.length < maximumAliases) known.push({ cataloguer, path });
    }
  }
  return aliases;
}

function nameLayer(error: unknown, layer: LayerSource): unknown {
  if (error instanceof LayerFormatError) {
    return new SbomError({
      code: 'corrupt-layer',
      message: `Layer ${layer.digest} cannot be read: ${error.message}`,
      remedy: 'Push the image again; if it persists, the registry holds a damaged layer.',
      layerDigest: layer.digest,
      cause: error,
    });
  }
  if (error instanceof LayerLimitError) {
    return new SbomError({
      code: 'limit',
      message: `Layer ${layer.digest} is refused: ${error.message}`,
      remedy: 'If the image is to be trusted, raise the limit for catalogues in the settings.',
      layerDigest: layer.digest,
      cause: error,
    });
  }
  return error;
}

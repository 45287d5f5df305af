import { parsePlatform } from '@esscm/oci-client/local';
import { createScanEngine, type ScanEngineOptions, type ScanScope } from '@esscm/scan-engine';
import type { Catalogue } from '@esscm/sbom';
import { cataloguerNames, keepCataloguers } from '@esscm/sbom/scan';
import { CommandError, exitCodes } from '../exit-codes.js';
import { createFolderFactStore } from './folder-fact-store.js';
import { openSource } from './open-source.js';
import type { OpenedSource } from './opened-source.js';
import { parseSource } from './parse-source.js';
import { createProgressLine } from './progress-line.js';
import { progressOutput } from './progress-output.js';

/** For fewer compressed bytes than that, starting a thread costs more than it saves. */
const inlineBelowBytes = 20_000_000;

export interface CatalogueSourceOptions {
  /** os/architecture[/variant], or `all` for every image of an index. */
  readonly platform?: string;
  readonly scope: ScanScope;
  /** Names of the readers whose components are wanted; all when empty. */
  readonly cataloguers: readonly string[];
  readonly username?: string;
  readonly password?: string;
  readonly plainHttp: boolean;
  /** Folder in which facts of layers are kept. */
  readonly cache?: string;
  /** Threads that read layers; none but the calling one when 0. Absent: as the image and the machine suggest. */
  readonly threads?: number;
}

/** A catalogue and the image it is of; a document has no image. */
export interface CataloguedSource {
  readonly catalogue: Catalogue;
  readonly opened?: OpenedSource;
}

/**
 * Catalogues what a SOURCE argument names, one after the other: an image, each image of an index, or a document. Progress and
 * remarks go to standard error. The image source is open until the next one is asked for.
 * @throws CommandError, OciError, SbomError or DocumentError
 */
export async function* catalogueSources(text: string, options: CatalogueSourceOptions, signal: AbortSignal): AsyncGenerator<CataloguedSource> {
  const unknown = options.cataloguers.find((name) => !cataloguerNames.includes(name));
  if (unknown !== undefined) throw new CommandError(`There is no cataloguer ${unknown}.`, { exitCode: exitCodes.usage, remedy: `Cataloguers are ${cataloguerNames.join(', ')}.` });
  const only = (catalogue: Catalogue): Catalogue => (options.cataloguers.length === 0 ? catalogue : keepCataloguers(catalogue, options.cataloguers));
  const parsed = parseSource(text);
  if (parsed.kind === 'document') {
    if (options.platform !== undefined || options.scope !== 'squashed') throw new CommandError('--platform and --scope are for images; a document has been made of one already.', { exitCode: exitCodes.usage });
    // Loaded for documents alone: the schemas it brings cost more than the rest of the command.
    const { importDocument } = await import('../documents/import-document.js');
    yield { catalogue: only(await importDocument(parsed.file, (line) => console.error(line))) };
    return;
  }
  const opened = await openSource(parsed, options);
  const progress = createProgressLine(progressOutput());
  await using source = opened.source;
  await using engine = createScanEngine({ ...readingBy(options.threads), keepThreads: false, ...(options.cache === undefined ? {} : { facts: createFolderFactStore(options.cache) }) });
  const wanted = options.platform === undefined ? [undefined] : options.platform === 'all' ? (await source.platforms(signal)).map(({ platform }) => platform) : [parsePlatform(options.platform)];
  for (const platform of wanted) {
    try {
      const outcome = await engine.scan({ source, image: opened.image, signal, scope: options.scope, onProgress: (event) => progress.show(event), ...(platform === undefined ? {} : { platform }) });
      if (outcome.kind === 'known') throw new Error('A scan without earlier results cannot find its image known.');
      progress.end();
      yield { catalogue: only(outcome.catalogue), opened };
    } catch (error) {
      progress.end();
      signal.throwIfAborted();
      throw error;
    }
  }
}

function readingBy(threads: number | undefined): Pick<ScanEngineOptions, 'workers' | 'inlineBelowBytes'> {
  if (threads === undefined) return { inlineBelowBytes };
  return threads === 0 ? { inlineBelowBytes: Number.POSITIVE_INFINITY } : { workers: threads };
}

/** The only catalogue of a source. */
export async function catalogueSource(text: string, options: CatalogueSourceOptions, signal: AbortSignal): Promise<Catalogue> {
  for await (const { catalogue } of catalogueSources(text, options, signal)) return catalogue;
  throw new CommandError(`${text} has no image.`);
}

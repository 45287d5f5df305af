import type { Cataloguer, Extraction } from '../cataloguers/cataloguer.js';
import { PathRouter } from '../cataloguers/path-router.js';
import type { CatalogueLimits } from '../limits.js';
import { LayerLimitError } from './layer-format-error.js';
import { FileScans, type FileReading } from './file-scans.js';
import type { FactDiagnostic, FileFacts } from './layer-facts.js';
import { layerPath } from './layer-path.js';
import { PackedPaths } from './packed-paths.js';
import type { TarEntry, TarVisitor } from './tar-walker.js';

/** Other names of files in the same layer, wanted by cataloguers that do not want the first name; by the first name. */
export type HardLinkAliases = ReadonlyMap<string, readonly FileReading[]>;

const maximumDiagnostics = 100;

/**
 * Takes the entries of one layer as they come by and keeps paths and facts. With `aliases` given it reads only the
 * contents of those files, under their other names.
 */
export class LayerReader implements TarVisitor {
  readonly paths = new PackedPaths();
  readonly diagnostics: FactDiagnostic[] = [];
  readonly files = new Map<string, FileFacts[]>();
  /** Paths that hard links name. */
  readonly hardLinked = new Set<string>();
  readonly #router: PathRouter;
  readonly #limits: CatalogueLimits;
  readonly #aliases: HardLinkAliases | undefined;
  #pathCharacters = 0;
  #wantedBytes = 0;
  #readings: readonly FileReading[] = [];
  #scans: FileScans | undefined;

  constructor(cataloguers: readonly Cataloguer[], limits: CatalogueLimits, aliases?: HardLinkAliases) {
    this.#router = new PathRouter(cataloguers);
    this.#limits = limits;
    this.#aliases = aliases;
    for (const { name } of cataloguers) this.files.set(name, []);
  }

  entry(entry: TarEntry): boolean | 'pieces' {
    const path = layerPath(entry.name);
    if (path === undefined || path.length > this.#limits.maximumPathLength) {
      this.#report(path === undefined ? outsideRoot(entry.name) : tooLongPath(path));
      return false;
    }
    if (path === '') return false;
    const { linkTarget = '' } = entry;
    if (linkTarget.length > this.#limits.maximumPathLength) {
      this.#report(tooLongLink(path, linkTarget));
      return false;
    }
    this.#pathCharacters += path.length + linkTarget.length;
    if (this.#pathCharacters > this.#limits.maximumPathCharacters) {
      throw new LayerLimitError(`the paths of its entries have more than ${this.#limits.maximumPathCharacters} characters`);
    }
    const { kind, mode, sizeBytes } = entry;
    this.paths.push(entry.linkTarget === undefined ? { path, kind, mode, sizeBytes } : { path, kind, mode, sizeBytes, target: entry.linkTarget });
    const linked = kind === 'hard-link' ? layerPath(linkTarget) : undefined;
    if (linked !== undefined) this.hardLinked.add(linked);
    if (kind !== 'file') return false;
    const readings = this.#readingsOf(path, entry);
    if (readings.length === 0) return false;
    this.#scans = FileScans.of(readings, entry, (reading, read) => this.#keepOf(reading, read));
    const whole = readings.filter(({ cataloguer }) => cataloguer.extract !== undefined);
    const refusal = whole.length === 0 ? undefined : this.#refusalOf(entry);
    this.#readings = refusal === undefined ? whole : [];
    if (refusal !== undefined) for (const reading of whole) this.#keep(reading, { diagnostics: [refusal] });
    if (this.#readings.length === 0) return this.#scans === undefined ? false : 'pieces';
    this.#wantedBytes += entry.sizeBytes;
    return true;
  }

  content(entry: TarEntry, content: Buffer): void {
    for (const reading of this.#readings) {
      this.#keepOf(reading, () => reading.cataloguer.extract?.({ path: reading.path, mode: entry.mode, content }) ?? {});
    }
    if (this.piece(content)) this.piece(undefined);
  }

  piece(bytes: Buffer | undefined): boolean {
    return this.#scans?.push(bytes) ?? false;
  }

  #keepOf(reading: FileReading, read: () => Extraction<unknown>): void {
    try {
      this.#keep(reading, read());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#keep(reading, {
        diagnostics: [{ code: 'unreadable-file', severity: 'incomplete', message: `The file could not be read: ${reason}` }],
      });
    }
  }

  #readingsOf(path: string, entry: TarEntry): readonly FileReading[] {
    if (this.#aliases !== undefined) return this.#aliases.get(path) ?? [];
    return this.#router.wantedBy(path, entry.mode, entry.sizeBytes).map((cataloguer) => ({ cataloguer, path }));
  }

  #refusalOf(entry: TarEntry): FactDiagnostic | undefined {
    const { maximumFileBytes, maximumWantedBytes } = this.#limits;
    if (entry.isSparse) {
      return { code: 'sparse-file', severity: 'incomplete', message: 'The file is stored sparse in its layer and was not read.' };
    }
    if (entry.sizeBytes > maximumFileBytes) {
      return {
        code: 'file-too-large',
        severity: 'incomplete',
        message: `The file has ${entry.sizeBytes} bytes, more than the ${maximumFileBytes} that are read of one file.`,
      };
    }
    if (this.#wantedBytes + entry.sizeBytes > maximumWantedBytes) {
      return {
        code: 'layer-budget-spent',
        severity: 'incomplete',
        message: `The file was not read: ${maximumWantedBytes} bytes had been read of its layer already.`,
      };
    }
    return undefined;
  }

  #keep(reading: FileReading, { fact, diagnostics = [] }: Extraction<unknown>): void {
    if (fact === undefined && diagnostics.length === 0) return;
    this.files.get(reading.cataloguer.name)?.push({
      path: reading.path,
      ...(fact === undefined ? {} : { fact }),
      ...(diagnostics.length === 0 ? {} : { diagnostics: diagnostics.slice(0, maximumDiagnostics) }),
    });
  }

  #report(diagnostic: FactDiagnostic): void {
    if (this.diagnostics.length < maximumDiagnostics) this.diagnostics.push(diagnostic);
  }
}

function outsideRoot(name: string): FactDiagnostic {
  return {
    code: 'path-outside-root',
    severity: 'incomplete',
    message: `An entry whose name leads out of the image was left out: ${printable(name)}`,
  };
}

function tooLongPath(path: string): FactDiagnostic {
  return { code: 'path-too-long', severity: 'incomplete', message: `An entry with a path of ${path.length} characters was left out.` };
}

function tooLongLink(path: string, target: string): FactDiagnostic {
  return {
    code: 'link-too-long',
    severity: 'incomplete',
    message: `A link whose target has ${target.length} characters was left out: ${printable(path)}`,
  };
}

function printable(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}

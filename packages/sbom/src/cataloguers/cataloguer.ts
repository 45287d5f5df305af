import type { Component, Distribution, Location, Relationship } from '../catalogue.js';
import type { FactDiagnostic } from '../layers/layer-facts.js';

/** One file of a layer, wholly in memory, before anything is known about the image it is in. */
interface WantedFile {
  /** Relative to the root, as the layer has it. */
  readonly path: string;
  readonly mode: number;
  /** The caller's: written over after the call. */
  readonly content: Buffer;
}

/** One file of a layer whose content comes by in pieces, of any size: an executable, say. */
interface ScannedFile {
  /** Relative to the root, as the layer has it. */
  readonly path: string;
  readonly mode: number;
  readonly sizeBytes: number;
}

/** Reads one file piece by piece, in order, from its first byte. */
export interface FileScanner<Fact> {
  /**
   * The next bytes, which are the caller's: what is kept has to be copied, and kept small.
   * @returns whether more are needed
   */
  push(bytes: Buffer): boolean;
  /** After the last byte, or after `push` answered false. Damaged content is a diagnostic; what it throws is reported as one, too. */
  finish(): Extraction<Fact>;
}

/** What a cataloguer makes of a file. Plain data that survives JSON, without regard to the image. */
export interface Extraction<Fact> {
  readonly fact?: Fact;
  readonly diagnostics?: readonly FactDiagnostic[];
}

/** A file of the final view of the image, with what was made of it. */
export interface ViewFile<Fact> {
  /** Canonical: relative to the root, no symbolic link on the way. */
  readonly path: string;
  readonly fact: Fact;
  /** Of the layer the file, as it is, comes from. */
  readonly layerIndex: number;
}

/** The merged image, as one cataloguer sees it. Paths are relative to the root, in and out. */
export interface CatalogueView<Fact> {
  readonly distribution: Distribution | undefined;
  readonly layerCount: number;
  /** Files with facts of this cataloguer that are visible in the final view, sorted by path. */
  readonly files: readonly ViewFile<Fact>[];
  /** The visible file behind a path, symbolic links followed. */
  file(path: string): ViewFile<Fact> | undefined;
  /** The canonical path behind a path, symbolic links followed; `undefined` when nothing is there. */
  resolve(path: string): string | undefined;
  /** The facts at the canonical paths that `matches` accepts, as they were visible after each layer, base first. */
  history(matches: (path: string) => boolean): readonly ReadonlyMap<string, Fact>[];
  /** The first layer since which the file at this canonical path has always held a fact that `isSame` accepts. */
  introducedIn(file: ViewFile<Fact>, isSame: (fact: Fact) => boolean): number;
  /** The form of the catalogue. */
  location(path: string, layerIndex: number): Location;
}

/** A component before the catalogue gives it an id. Object identity stands for it in relationships. */
export type ComponentDraft = Omit<Component, 'id' | 'ownedBy' | 'cataloguer'>;

export interface DraftRelationship {
  readonly from: ComponentDraft;
  readonly to: ComponentDraft;
  readonly kind: Relationship['kind'];
}

/** The files that belong to an operating-system package. */
export interface FileOwnership {
  readonly owner: ComponentDraft;
  /** Relative to the root, as the package's own list says it, a line each; folders may be among them. */
  readonly paths: string;
}

/** What belongs to a component of any other kind: no file of it is unknown, and none is guessed at. Relative to the root. */
export interface ComponentContents {
  readonly owner: ComponentDraft;
  /** With everything below. */
  readonly folders?: readonly string[];
  readonly files?: readonly string[];
}

export interface Assembly {
  readonly components: readonly ComponentDraft[];
  /** Components told by the bytes of a program: they count only where no package accounts for the file. */
  readonly guesses?: readonly ComponentDraft[];
  /**
   * Whether they count inside packages of programming languages as well, which bundle programs and libraries of others: advisories
   * for such a package do not speak of those.
   */
  readonly guessesInsidePackages?: boolean;
  /** Whether they are some of what a program was built from, so that what it is as a whole stays unknown. */
  readonly guessesArePartial?: boolean;
  /** Components that a document in the image names: they count only where nothing else shows them. */
  readonly claims?: readonly ComponentDraft[];
  /** Components that a lock file asks for: kept apart. */
  readonly declared?: readonly ComponentDraft[];
  readonly contents?: readonly ComponentContents[];
  readonly relationships?: readonly DraftRelationship[];
  readonly diagnostics?: readonly (FactDiagnostic & { readonly path?: string })[];
  /** Of operating-system cataloguers: whose files are whose. */
  readonly ownership?: readonly FileOwnership[];
}

/** How most cataloguers read: files wholly in memory, none larger than `CatalogueLimits.maximumFileBytes`. */
interface WholeFileReading<Fact> {
  /** Reads one file. Damaged content is a diagnostic; what it throws is reported as one, too. */
  extract(file: WantedFile): Extraction<Fact>;
  readonly scan?: undefined;
}

/** How cataloguers of executables read: files of any size, of which they keep little. */
interface PiecewiseReading<Fact> {
  readonly extract?: undefined;
  /**
   * Asked for each wanted file once its first bytes are there.
   * @param head the first 64 bytes, or all of a smaller file; the scanner is given them again
   * @returns `undefined` for a file that is no business of the cataloguer's; its content is passed over
   */
  scan(file: ScannedFile, head: Buffer): FileScanner<Fact> | undefined;
}

/** A first look at the names of files: `wants` is asked only for those that fit one of these. */
interface CandidateFiles {
  /** Last segments of paths. */
  readonly names?: readonly string[];
  /** What follows the last dot of the last segment, in lower case; the case of the file's name does not count. */
  readonly endings?: readonly string[];
  /** Whatever may be a program or a shared library by its name. */
  readonly programs?: true;
}

/** Knows one ecosystem: which files to read, what to remember of each, and what the whole of it means. */
interface EcosystemKnowledge<Fact> {
  /** Stable; part of the key under which facts are kept. No `@`. */
  readonly name: string;
  /** To be raised whenever `wants`, `extract` or `scan` gives something else than before. */
  readonly version: number;
  /** Which files `wants` may say yes to, so that it need not be asked for others; may be left out where no name tells. */
  readonly candidates?: CandidateFiles;
  /** Asked for every candidate among the regular files of every layer: has to be cheap, and to judge the path alone where that is enough. */
  wants(path: string, mode: number, sizeBytes: number): boolean;
  /** Makes components of the final view. */
  assemble(view: CatalogueView<Fact>): Assembly;
}

/** A cataloguer: it reads its files in one of two ways. */
export type CataloguerDefinition<Fact> = EcosystemKnowledge<Fact> & (WholeFileReading<Fact> | PiecewiseReading<Fact>);

/** A cataloguer whose kind of fact is its own affair. */
export type Cataloguer = CataloguerDefinition<unknown>;

/**
 * Forgets the kind of fact of a cataloguer, so that cataloguers of different kinds can stand in one table. Sound because
 * the facts a cataloguer is shown are those it extracted itself, in this version.
 */
export function defineCataloguer<Fact>(definition: CataloguerDefinition<Fact>): Cataloguer {
  return {
    name: definition.name,
    version: definition.version,
    ...(definition.candidates === undefined ? {} : { candidates: definition.candidates }),
    wants: (path, mode, sizeBytes) => definition.wants(path, mode, sizeBytes),
    ...(definition.extract === undefined
      ? { scan: (file, head) => definition.scan(file, head) }
      : { extract: (file) => definition.extract(file) }),
    assemble: (view) => definition.assemble(view as CatalogueView<Fact>),
  };
}

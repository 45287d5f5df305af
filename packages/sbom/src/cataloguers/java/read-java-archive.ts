import type { FactDiagnostic } from '../../layers/layer-facts.js';
import { archiveStem, isJavaArchiveName, isJavaArchiveNameAlone } from './archive-name.js';
import { identifyArchive, type JavaPackage } from './identify-archive.js';
import { parseManifest } from './parse-manifest.js';
import { parsePom, type Pom } from './parse-pom.js';
import { parsePomProperties, type PomProperties } from './parse-pom-properties.js';
import { repositoryCoordinates } from './repository-coordinates.js';
import { ZipArchive, ZipFormatError, type ZipEntry } from './zip-archive.js';

/** An archive with known contents: the file itself or one inside it. */
export interface JavaArchive {
  /** Empty for the file itself, else names inside joined by `!/`. */
  readonly path: string;
  /** At least one; the archive's own package first, if it is known. */
  readonly packages: readonly JavaPackage[];
}

/** Bounds on what one file may ask, archives inside it included. */
export interface ArchiveLimits {
  /** Archives inside archives; published ones nest two or three deep. */
  readonly maximumDepth: number;
  readonly maximumEntries: number;
  readonly maximumArchives: number;
  /** Bytes of one archive inside another. */
  readonly maximumArchiveBytes: number;
  /** Bytes of a manifest, a pom.xml or a pom.properties. */
  readonly maximumTextBytes: number;
  /** Bytes of everything that is inflated. */
  readonly maximumInflatedBytes: number;
  /** Uncompressed bytes for each compressed byte of an archive inside: what is packed twice hardly shrinks. */
  readonly maximumRatio: number;
}

export const archiveLimits: ArchiveLimits = {
  maximumDepth: 6,
  maximumEntries: 1_000_000,
  maximumArchives: 10_000,
  maximumArchiveBytes: 64 * 1024 * 1024,
  maximumTextBytes: 1024 * 1024,
  maximumInflatedBytes: 512 * 1024 * 1024,
  maximumRatio: 200,
};

/** What ends the reading of a file: it asks for more than any published archive does. */
class ArchiveLimitError extends Error {
  override readonly name = 'ArchiveLimitError';
}

const maximumDiagnostics = 20;
const projectFile = /^META-INF\/maven\/(.+)\/pom\.(?:properties|xml)$/;

/** Reads an archive and those inside it. Never throws for what an archive holds: damage and excess are diagnostics. */
export function readJavaArchive(
  name: string,
  content: Buffer,
  limits: ArchiveLimits = archiveLimits,
): { readonly archives: readonly JavaArchive[]; readonly diagnostics: readonly FactDiagnostic[] } {
  const reading = new ArchiveReading(limits);
  reading.read({ name, path: '', content, depth: 0 });
  return reading;
}

interface OpenArchive {
  readonly name: string;
  readonly path: string;
  readonly content: Buffer;
  readonly depth: number;
}

interface ArchiveListing {
  readonly manifest: ZipEntry | undefined;
  readonly projects: readonly { readonly folder: string; readonly entry: ZipEntry }[];
  readonly nested: readonly ZipEntry[];
  /** Folders of classes. */
  readonly folders: ReadonlySet<string>;
}

class ArchiveReading {
  readonly archives: JavaArchive[] = [];
  readonly diagnostics: FactDiagnostic[] = [];
  readonly #limits: ArchiveLimits;
  #entries = 0;
  #archives = 0;
  #inflatedBytes = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  read(archive: OpenArchive): void {
    try {
      this.#readArchive(archive);
    } catch (error) {
      if (!(error instanceof ArchiveLimitError)) throw error;
      this.#report('java-archive-limit', 'incomplete', archive.path, `was not read to its end: ${error.message}`);
    }
  }

  #readArchive(archive: OpenArchive): void {
    this.#archives += 1;
    if (this.#archives > this.#limits.maximumArchives) throw new ArchiveLimitError(`more than ${this.#limits.maximumArchives} archives are inside`);
    // Build tools leave empty files in the place of an archive.
    if (archive.content.length === 0) return;
    const isZip = archive.content.length >= 2 && archive.content.readUInt16BE(0) === 0x504b;
    if (!isZip && !isJavaArchiveNameAlone(archive.name)) return;
    const zip = this.#attempt(archive.path, () => new ZipArchive(archive.content));
    if (zip === undefined) return;
    const listing = this.#list(zip, archive.path);
    this.#identify(zip, listing, archive);
    for (const entry of listing.nested) this.#readNested(zip, entry, archive);
  }

  #list(zip: ZipArchive, path: string): ArchiveListing {
    let manifest: ZipEntry | undefined;
    const projects: { folder: string; entry: ZipEntry }[] = [];
    const nested: ZipEntry[] = [];
    const folders = new Set<string>();
    this.#attempt(path, () => {
      for (const entry of zip.entries()) {
        const { name } = entry;
        this.#entries += 1;
        if (this.#entries > this.#limits.maximumEntries) throw new ArchiveLimitError(`more than ${this.#limits.maximumEntries} entries are inside`);
        if (name.endsWith('.class')) folders.add(name.slice(0, name.lastIndexOf('/') + 1));
        else if (name === 'META-INF/MANIFEST.MF') manifest = entry;
        else if (isJavaArchiveName(name)) nested.push(entry);
        else if (name.startsWith('META-INF/maven/')) {
          const folder = projectFile.exec(name)?.[1];
          if (folder !== undefined) projects.push({ folder, entry });
        }
      }
    });
    return { manifest, projects, nested, folders };
  }

  #identify(zip: ZipArchive, listing: ArchiveListing, { name, path }: OpenArchive): void {
    const manifest = parseManifest(this.#text(zip, listing.manifest, path) ?? '');
    const projects = new Map<string, { properties?: PomProperties; pom?: Pom }>();
    for (const { folder, entry } of listing.projects) {
      const text = this.#text(zip, entry, path);
      const known = projects.get(folder) ?? {};
      if (text !== undefined) projects.set(folder, entry.name.endsWith('.xml') ? { ...known, pom: parsePom(text) } : { ...known, properties: parsePomProperties(text) });
    }
    const packages = identifyArchive({
      stem: archiveStem(name),
      repository: path === '' ? repositoryCoordinates(name) : undefined,
      manifest,
      projects,
      hasClassesIn: (prefix) => [...listing.folders].some((folder) => folder.startsWith(prefix)),
    });
    if (packages.length > 0) this.archives.push({ path, packages });
    else if (listing.folders.size > 0 && !isRuntime(manifest)) {
      this.#report('java-archive-unidentified', 'notice', path, 'holds classes, and nothing in it tells its name and version for certain.');
    }
  }

  #readNested(zip: ZipArchive, entry: ZipEntry, outer: OpenArchive): void {
    const path = outer.path === '' ? entry.name : `${outer.path}!/${entry.name}`;
    if (outer.depth >= this.#limits.maximumDepth) {
      this.#report('java-archive-limit', 'incomplete', path, `was not read: it is nested deeper than ${this.#limits.maximumDepth} archives.`);
      return;
    }
    const content = this.#attempt(path, () => this.#content(zip, entry, this.#limits.maximumArchiveBytes));
    if (content !== undefined) this.#readArchive({ name: entry.name, path, content, depth: outer.depth + 1 });
  }

  #text(zip: ZipArchive, entry: ZipEntry | undefined, path: string): string | undefined {
    if (entry === undefined) return undefined;
    return this.#attempt(path === '' ? entry.name : `${path}!/${entry.name}`, () => this.#content(zip, entry, this.#limits.maximumTextBytes).toString());
  }

  #content(zip: ZipArchive, entry: ZipEntry, maximumBytes: number): Buffer {
    const { maximumInflatedBytes, maximumRatio, maximumTextBytes } = this.#limits;
    if (entry.sizeBytes > maximumTextBytes && entry.sizeBytes > entry.compressedBytes * maximumRatio) {
      throw new ZipFormatError(`it would unpack to more than ${maximumRatio} times its size`);
    }
    if (this.#inflatedBytes + entry.sizeBytes > maximumInflatedBytes) throw new ArchiveLimitError(`${maximumInflatedBytes} bytes had been unpacked of it already`);
    const content = zip.read(entry, maximumBytes);
    // Counted though nothing is unpacked of stored entries: several may name the same bytes.
    this.#inflatedBytes += entry.sizeBytes;
    return content;
  }

  #attempt<Result>(path: string, action: () => Result): Result | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof ZipFormatError)) throw error;
      this.#report('java-archive-unreadable', 'incomplete', path, `could not be read: ${error.message}.`);
      return undefined;
    }
  }

  #report(code: string, severity: FactDiagnostic['severity'], path: string, said: string): void {
    if (this.diagnostics.length >= maximumDiagnostics) return;
    const shortened = path.length > 300 ? `${path.slice(0, 300)}…` : path;
    this.diagnostics.push({ code, severity, message: `${path === '' ? 'The archive' : JSON.stringify(shortened)} ${said}` });
  }
}

/** The archives of the Java runtime itself; it is no library that someone added. */
function isRuntime(manifest: ReadonlyMap<string, string>): boolean {
  return manifest.get('implementation-title') === 'Java Runtime Environment';
}

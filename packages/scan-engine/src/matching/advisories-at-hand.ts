import { createHash } from 'node:crypto';
import { AdvisoryDatabase, listGenerations, Matcher, VulnerabilitiesError } from '@esscm/vulnerabilities';

/** The generation in use, open, with its matcher. */
export interface OpenAdvisories {
  readonly file: string;
  readonly database: AdvisoryDatabase;
  readonly matcher: Matcher;
  readonly revision: string;
  /** RFC 3339; empty when nothing says so. */
  readonly importedAt: string;
  /** Of the source of ends of support; undefined without it. */
  readonly supportRevision: string | undefined;
}

/** Keeps the newest generation of a folder open, and goes over to the next one when there is one. For one thread. */
export class AdvisoriesAtHand implements Disposable {
  readonly #folder: string;
  #open: OpenAdvisories | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined when the folder holds no generation. @throws VulnerabilitiesError `database-damaged`, `database-outdated` */
  async current(): Promise<OpenAdvisories | undefined> {
    const file = (await listGenerations(this.#folder)).at(-1);
    if (file === this.#open?.file) return this.#open;
    this[Symbol.dispose]();
    if (file === undefined) return undefined;
    const database = AdvisoryDatabase.open(file);
    const sources = database.sources();
    this.#open = { file, database, matcher: new Matcher(database), revision: revisionOf(sources), importedAt: sources.map((source) => source.importedAt).toSorted().at(-1) ?? '', supportRevision: sources.find(({ name }) => name === 'end-of-life')?.revision };
    return this.#open;
  }

  /** The kept generation that has a revision, if it is the one before the newest; undefined when it is gone or another. */
  async previous(revision: string): Promise<string | undefined> {
    const file = (await listGenerations(this.#folder)).at(-2);
    if (file === undefined) return undefined;
    using database = AdvisoryDatabase.open(file);
    return revisionOf(database.sources()) === revision ? file : undefined;
  }

  [Symbol.dispose](): void {
    this.#open?.database.close();
    this.#open = undefined;
  }
}

/** The same for the same data, whoever fetched it: by what servers say of a file; of local files, only in this folder. */
function revisionOf(sources: ReturnType<AdvisoryDatabase['sources']>): string {
  const parts = sources.map(({ name, etag, lastModified, revision, newestRecord, records, ranges }) => [name, etag ?? lastModified ?? revision, newestRecord, records, ranges]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** Says whether an error means that there is no generation that can be used, and is for the user to read. */
export function isUnusable(error: unknown): error is VulnerabilitiesError {
  return error instanceof VulnerabilitiesError && error.code.startsWith('database-');
}

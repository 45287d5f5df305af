import type { ComponentHash, Ecosystem } from '../catalogue.js';
import { parentPath } from '../layers/layer-path.js';
import { licence } from '../licences/licence.js';
import { namedLicenceExpression } from '../licences/licence-names.js';
import { packageUrl, type PackageUrlParts } from '../package-url.js';
import type { Assembly, CatalogueView, ComponentContents, ComponentDraft, DraftRelationship, ViewFile } from './cataloguer.js';

/** What the records of a simple package manager say of one package. */
export interface PackageRecord {
  readonly name: string;
  readonly version: string;
  /** Namespace of the package URL that only the record knows. */
  readonly group?: string;
  readonly architecture?: string;
  readonly source?: { readonly name: string; readonly version: string };
  /** As declared. */
  readonly licences?: readonly string[];
  readonly description?: string;
  readonly homepage?: string;
  readonly supplier?: string;
  readonly downloadUrl?: string;
  readonly hashes?: readonly ComponentHash[];
  /** Names of packages it needs. */
  readonly dependencies?: readonly string[];
  /** Names it can be asked for by, besides its own. */
  readonly provides?: readonly string[];
  /** Qualifiers of the package URL that only the record knows. */
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** Paths of its files, a line each, relative to the root. */
  readonly files?: string;
}

/** How the records of one package manager become components. */
export interface RecordFiles {
  readonly ecosystem: Ecosystem;
  packageUrl(record: PackageRecord, view: CatalogueView<unknown>): PackageUrlParts;
  /** Whether a record at this path is of the image's own system; all are when absent. */
  isOwn?(path: string, view: CatalogueView<unknown>): boolean;
  /** Folders that belong to a package, by the file its record is in. */
  folders?(path: string): readonly string[];
  /** True where the manager is an operating system's, whose packages own other packages' files. */
  readonly ownsFiles?: boolean;
  /** Paths of files that say more of the package whose record is at `path`. */
  companions?(path: string): readonly string[];
  /** Candidate names for CPE. */
  cpes?(record: PackageRecord): readonly string[];
}

/** What one file says: records of packages, or more of the package whose record is elsewhere. */
export interface RecordFact {
  readonly records?: readonly PackageRecord[];
  readonly files?: string;
  readonly licences?: readonly string[];
}

interface Recorded {
  readonly file: ViewFile<RecordFact>;
  readonly record: PackageRecord;
  readonly component: ComponentDraft;
}

/**
 * Makes components of files that list packages. Edges go to the package of the name in the same folder, or else to the only
 * one of that name, or else to the only one that provides it.
 */
export function assembleRecords(view: CatalogueView<RecordFact>, records: RecordFiles): Assembly {
  const recorded = view.files
    .filter(({ path }) => records.isOwn?.(path, view) ?? true)
    .flatMap((file) =>
      (file.fact.records ?? []).map((own): Recorded => {
        const record = withCompanions(own, (records.companions?.(file.path) ?? []).flatMap((path) => view.file(path)?.fact ?? []));
        return { file, record, component: makeComponent(view, file, record, records) };
      }),
    );
  const components = recorded.map(({ component }) => component);
  const relationships = resolveDependencies(recorded);
  if (records.ownsFiles === true) {
    return { components, relationships, ownership: recorded.map(({ record, component }) => ({ owner: component, paths: record.files ?? '' })) };
  }
  const contents = recorded.flatMap(({ file, record, component }): readonly ComponentContents[] => {
    const folders = records.folders?.(file.path) ?? [];
    const files = record.files === undefined || record.files === '' ? [] : record.files.split('\n');
    return folders.length + files.length === 0 ? [] : [{ owner: component, folders, files }];
  });
  return { components, relationships, contents };
}

function withCompanions(record: PackageRecord, companions: readonly RecordFact[]): PackageRecord {
  return companions.reduce((joined: PackageRecord, { files, licences }) => ({ ...joined, ...(files === undefined ? {} : { files }), ...(licences === undefined ? {} : { licences }) }), record);
}

function makeComponent(view: CatalogueView<RecordFact>, file: ViewFile<RecordFact>, record: PackageRecord, records: RecordFiles): ComponentDraft {
  const { name, version, architecture, source, licences = [], description, homepage, supplier, downloadUrl, hashes } = record;
  const introducedIn = view.introducedIn(file, ({ records: others = [] }) => others.some((other) => other.name === name && other.version === version && other.architecture === architecture));
  const parts = records.packageUrl(record, view);
  const cpes = records.cpes?.(record) ?? [];
  return {
    ecosystem: records.ecosystem,
    name,
    version,
    packageUrl: packageUrl({ ...parts, qualifiers: { ...parts.qualifiers, ...record.qualifiers } }),
    ...(source === undefined ? {} : { source }),
    ...(architecture === undefined ? {} : { architecture }),
    licences: licences.map((declared) => licence(declared, namedLicenceExpression(declared))),
    ...(description === undefined ? {} : { description }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(supplier === undefined ? {} : { supplier }),
    locations: [view.location(file.path, introducedIn)],
    ...(hashes === undefined || hashes.length === 0 ? {} : { hashes }),
    ...(cpes.length === 0 ? {} : { cpes }),
    ...(downloadUrl === undefined ? {} : { downloadUrl }),
  };
}

function resolveDependencies(recorded: readonly Recorded[]): readonly DraftRelationship[] {
  const byName = Map.groupBy(recorded, ({ record }) => record.name);
  const provided = Map.groupBy(
    recorded.flatMap((found) => (found.record.provides ?? []).map((name) => ({ name, found }))),
    ({ name }) => name,
  );
  return recorded.flatMap((from) =>
    [...new Set(from.record.dependencies)].flatMap((name): readonly DraftRelationship[] => {
      const named = byName.get(name) ?? [];
      const nearest = named.find(({ file }) => parentPath(parentPath(file.path)) === parentPath(parentPath(from.file.path)));
      const providers = provided.get(name) ?? [];
      const to = nearest ?? (named.length === 1 ? named[0] : undefined) ?? (named.length === 0 && providers.length === 1 ? providers[0]?.found : undefined);
      return to === undefined || to === from ? [] : [{ from: from.component, to: to.component, kind: 'depends-on' }];
    }),
  );
}

/** Fields that have a value, bounded, so that a fact holds no empty texts. */
export function presentFields<Fields extends Readonly<Record<string, string | undefined>>>(fields: Fields): { readonly [Name in keyof Fields]?: string } {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const trimmed = value?.trim() ?? '';
      return trimmed === '' ? [] : [[name, trimmed.slice(0, 2000)]];
    }),
  ) as { readonly [Name in keyof Fields]?: string };
}

import { z } from 'zod';
import type { ComponentHash } from '../../catalogue.js';
import { baseName, joinPath, layerPath, parentPath } from '../../layers/layer-path.js';
import { packageUrl } from '../../package-url.js';
import {
  defineCataloguer,
  type Assembly,
  type CatalogueView,
  type ComponentDraft,
  type DraftRelationship,
  type Extraction,
  type ViewFile,
} from '../cataloguer.js';
import { withoutCredentials } from '../download-url.js';
import { normalisedName } from './normalised-name.js';
import { parsePythonMetadata, type PythonMetadata } from './parse-metadata.js';
import { pythonLicences } from './python-licences.js';
import { whenNeeded } from '../../when-needed.js';

type DistributionMetadata = PythonMetadata & { readonly name: string; readonly version: string };

/** Facts of a Python file: metadata, the list of installed files, or where an installation came from. */
export type PythonFact =
  | { readonly kind: 'metadata'; readonly metadata: DistributionMetadata }
  /** Metadata files of other distributions and programs among the installed files, relative to the folder the list's own folder is in. */
  | { readonly kind: 'record'; readonly metadataFiles: readonly string[]; readonly programs: readonly string[] }
  | { readonly kind: 'origin'; readonly vcsUrl?: string; readonly archiveUrl?: string; readonly hashes?: readonly ComponentHash[] };

interface InstalledDistribution {
  readonly file: ViewFile<PythonFact>;
  readonly metadata: DistributionMetadata;
  readonly component: ComponentDraft;
}

/** Python distributions as they are installed: wheels (`.dist-info`), eggs and what setuptools made (`.egg-info`). */
export const pythonCataloguer = defineCataloguer<PythonFact>({
  name: 'python',
  version: 3,
  candidates: { names: ['METADATA', 'RECORD', 'direct_url.json', 'installed-files.txt', 'PKG-INFO'], endings: ['egg-info'] },
  wants(path) {
    const name = baseName(path);
    if (name === 'METADATA' || name === 'RECORD' || name === 'direct_url.json') return /\.dist-info$/i.test(parentPath(path));
    if (name === 'installed-files.txt') return /\.egg-info$/i.test(parentPath(path));
    if (name === 'PKG-INFO') return /(?:\.egg-info|(?:^|\/)EGG-INFO)$/i.test(parentPath(path));
    return name.endsWith('.egg-info');
  },
  extract({ path, content }): Extraction<PythonFact> {
    const name = baseName(path);
    if (name === 'RECORD' || name === 'installed-files.txt') return readRecord(content.toString());
    if (name === 'direct_url.json') return readOrigin(content.toString());
    return readMetadata(content.toString());
  },
  assemble,
});

function readMetadata(text: string): Extraction<PythonFact> {
  const metadata = parsePythonMetadata(text);
  const { name, version } = metadata;
  if (name === undefined || version === undefined) {
    return {
      diagnostics: [
        { code: 'python-metadata-incomplete', severity: 'incomplete', message: 'The metadata of a Python distribution has no name or no version.' },
      ],
    };
  }
  // Python 2 writes metadata of its own standard library; the interpreter is no distribution.
  return name === 'Python' ? {} : { fact: { kind: 'metadata', metadata: { ...metadata, name, version } } };
}

/** More programs than any distribution brings. */
const maximumPrograms = 5000;

/** Lines are CSV: path, hash, size; older lists have paths alone. Paths with commas are quoted, and none of those matters here. */
function readRecord(text: string): Extraction<PythonFact> {
  const paths = text.split(/\r?\n/).map((line) => line.split(',', 1)[0] ?? '');
  const metadataFiles = paths.filter((path) => /\.(?:dist-info\/METADATA|egg-info\/PKG-INFO)$/.test(path));
  const programs = paths.filter((path) => /(?:\.(?:so|exe|dll|pyd|dylib|jar|zip|whl)|\.so\.[\d.]+|(?:^|\/)bin\/[^/]+|\/[^/.]+)$/.test(path)).slice(0, maximumPrograms);
  return metadataFiles.length <= 1 && programs.length === 0 ? {} : { fact: { kind: 'record', metadataFiles, programs } };
}

const directUrl = whenNeeded(() =>
  z.object({
    url: z.url(),
    vcs_info: z.object({ vcs: z.string().regex(/^[a-z]+$/), commit_id: z.string().regex(/^[\w.-]+$/) }).optional(),
    archive_info: z.object({ hash: z.string().optional(), hashes: z.record(z.string(), z.string()).optional() }).optional(),
  }),
);

/** packaging.python.org, "Recording the Direct URL Origin of installed distributions"; a folder of the build host says nothing here. */
function readOrigin(text: string): Extraction<PythonFact> {
  const parsed = directUrl().safeParse(JSON.parse(text)).data;
  if (parsed?.vcs_info !== undefined) {
    const url = new URL(parsed.url);
    url.username = '';
    url.password = '';
    const { vcs, commit_id: commit } = parsed.vcs_info;
    return { fact: { kind: 'origin', vcsUrl: `${vcs}+${url.href}@${commit}` } };
  }
  const archiveUrl = parsed?.archive_info === undefined ? undefined : withoutCredentials(parsed.url);
  if (archiveUrl === undefined) return {};
  const sha256 = parsed?.archive_info?.hashes?.['sha256'] ?? /^sha256=(.*)$/.exec(parsed?.archive_info?.hash ?? '')?.[1] ?? '';
  return { fact: { kind: 'origin', archiveUrl, ...(/^[0-9a-f]{64}$/.test(sha256) ? { hashes: [{ algorithm: 'SHA-256', value: sha256 }] } : {}) } };
}

function assemble(view: CatalogueView<PythonFact>): Assembly {
  const installed = asOne(
    view.files.flatMap((file): InstalledDistribution[] =>
      file.fact.kind === 'metadata'
        ? [{ file, metadata: file.fact.metadata, component: makeComponent(view, file, file.fact.metadata) }]
        : [],
    ),
  );
  return {
    components: [...new Set(installed.map(({ component }) => component))],
    relationships: [...resolveRequirements(installed), ...findVendored(view, installed)],
    contents: installed.map(({ file, component }) => ({ owner: component, ...installedPrograms(view, file) })),
  };
}

/** A distribution that one folder describes twice, as a wheel and as an egg, is there once; the wheel's metadata counts. */
function asOne(found: readonly InstalledDistribution[]): readonly InstalledDistribution[] {
  const same = Map.groupBy(found, ({ file, metadata }) => `${siteFolder(file.path)}\0${normalisedName(metadata.name)}\0${metadata.version}`);
  return [...same.values()].flatMap((group) => {
    const [first, ...others] = group.toSorted((left, right) => Number(isWheel(right)) - Number(isWheel(left)));
    if (first === undefined || others.length === 0) return group;
    const component = { ...first.component, locations: [first, ...others].flatMap((copy) => copy.component.locations) };
    return group.map((copy) => ({ ...copy, component }));
  });
}

function isWheel({ file }: InstalledDistribution): boolean {
  return file.path.endsWith('/METADATA');
}

function makeComponent(view: CatalogueView<PythonFact>, file: ViewFile<PythonFact>, metadata: DistributionMetadata): ComponentDraft {
  const { name, version, summary, homepage, author } = metadata;
  const origin = view.file(joinPath(parentPath(file.path), 'direct_url.json'))?.fact;
  const introducedIn = view.introducedIn(
    file,
    (fact) => fact.kind === 'metadata' && fact.metadata.name === name && fact.metadata.version === version,
  );
  return {
    ecosystem: 'pypi',
    name,
    version,
    packageUrl: packageUrl({
      type: 'pypi',
      name: normalisedName(name),
      version,
      qualifiers: { vcs_url: origin?.kind === 'origin' ? origin.vcsUrl : undefined },
    }),
    licences: pythonLicences(metadata),
    ...(summary === undefined ? {} : { description: summary }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(author === undefined ? {} : { supplier: author }),
    locations: [view.location(file.path, introducedIn)],
    ...(origin?.kind === 'origin' && origin.hashes !== undefined ? { hashes: origin.hashes } : {}),
    ...(origin?.kind === 'origin' && origin.archiveUrl !== undefined ? { downloadUrl: origin.archiveUrl } : {}),
  };
}

/**
 * Edges from Requires-Dist. Requirements with a marker are left out: whether they apply depends on the interpreter and on
 * the extras that were asked for, which the image does not say. The same folder is searched first; elsewhere a
 * distribution counts only when it is the one of its name.
 */
function resolveRequirements(installed: readonly InstalledDistribution[]): readonly DraftRelationship[] {
  const byName = Map.groupBy(installed, ({ metadata }) => normalisedName(metadata.name));
  return installed.flatMap((from) =>
    from.metadata.requires.flatMap((requirement): DraftRelationship[] => {
      const name = requirement.includes(';') ? undefined : /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(requirement)?.[1];
      const candidates = (name === undefined ? undefined : byName.get(normalisedName(name))) ?? [];
      const to = candidates.find(({ file }) => siteFolder(file.path) === siteFolder(from.file.path)) ?? (candidates.length === 1 ? candidates[0] : undefined);
      return to === undefined || to === from ? [] : [{ from: from.component, to: to.component, kind: 'depends-on' }];
    }),
  );
}

/** Distributions that came inside another one, as setuptools carries its own copies: its RECORD lists their metadata. */
function findVendored(view: CatalogueView<PythonFact>, installed: readonly InstalledDistribution[]): readonly DraftRelationship[] {
  const byPath = new Map(installed.map(({ file, component }) => [file.path, component]));
  return installed.flatMap(({ file, component: from }) => {
    const record = view.file(joinPath(parentPath(file.path), 'RECORD'))?.fact;
    if (record?.kind !== 'record') return [];
    return record.metadataFiles.flatMap((listed): DraftRelationship[] => {
      const path = layerPath(joinPath(siteFolder(file.path), listed));
      const to = path === undefined ? undefined : byPath.get(path);
      return to === undefined || to === from ? [] : [{ from, to, kind: 'owns' }];
    });
  });
}

/** Programs among the files a distribution lists as its own. Older lists are relative to the folder they are in. */
function installedPrograms(view: CatalogueView<PythonFact>, { path }: ViewFile<PythonFact>): { readonly files: readonly string[] } {
  const candidates = [
    { list: joinPath(parentPath(path), 'RECORD'), folder: siteFolder(path) },
    { list: joinPath(parentPath(path), 'installed-files.txt'), folder: parentPath(path) },
  ];
  const files = candidates.flatMap(({ list, folder }) => {
    const fact = view.file(list)?.fact;
    return fact?.kind === 'record' ? fact.programs.map((listed) => normalPath(joinPath(folder, listed))) : [];
  });
  return { files };
}

/** Without `..`, by name alone; lists lead out of the folder for scripts. */
function normalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

/** The folder distributions are installed in, from the path of a metadata file. */
function siteFolder(metadataPath: string): string {
  return metadataPath.endsWith('.egg-info') ? parentPath(metadataPath) : parentPath(parentPath(metadataPath));
}

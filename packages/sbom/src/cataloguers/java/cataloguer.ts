import { parentPath } from '../../layers/layer-path.js';
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
import { archiveEndings, isJavaArchiveName } from './archive-name.js';
import type { JavaPackage } from './identify-archive.js';
import { readJavaArchive, type JavaArchive } from './read-java-archive.js';

/** The archives of one file that hold something known; its own first, if it does. */
type JavaFact = readonly JavaArchive[];

interface Found {
  readonly file: ViewFile<JavaFact>;
  readonly archive: JavaArchive;
  readonly software: JavaPackage;
  readonly component: ComponentDraft;
}

/**
 * Java's archives, those inside others and what is shaded into them. By what the archives say, without asking anyone: one
 * that does not say its Maven group has none, and one that does not say its name and version for certain is reported.
 */
export const javaCataloguer = defineCataloguer<JavaFact>({
  name: 'java',
  version: 3,
  candidates: { endings: archiveEndings },
  wants: (path) => isJavaArchiveName(path),
  extract({ path, content }): Extraction<JavaFact> {
    const { archives, diagnostics } = readJavaArchive(path, content);
    return { ...(archives.length === 0 ? {} : { fact: archives }), diagnostics };
  },
  assemble,
});

function assemble(view: CatalogueView<JavaFact>): Assembly {
  const found = view.files.flatMap((file) =>
    file.fact.flatMap((archive) => archive.packages.map((software): Found => ({ file, archive, software, component: makeComponent(view, file, archive, software) }))),
  );
  return { components: found.map(({ component }) => component), relationships: [...findContained(found), ...resolveDependencies(found)] };
}

function makeComponent(view: CatalogueView<JavaFact>, file: ViewFile<JavaFact>, archive: JavaArchive, software: JavaPackage): ComponentDraft {
  const { group, name, version, licences, description, homepage, supplier } = software;
  const introducedIn = view.introducedIn(file, (fact) =>
    fact.some(({ path, packages }) => path === archive.path && packages.some((other) => other.group === group && other.name === name && other.version === version)),
  );
  return {
    ecosystem: 'maven',
    name: group === undefined ? name : `${group}:${name}`,
    version,
    // A package URL of type maven has to have a group; without one the archive is just a named file.
    packageUrl: packageUrl(group === undefined ? { type: 'generic', name, version } : { type: 'maven', namespace: group, name, version }),
    licences,
    ...(description === undefined ? {} : { description }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(supplier === undefined ? {} : { supplier }),
    locations: [view.location(archive.path === '' ? file.path : `${file.path}!/${archive.path}`, introducedIn)],
  };
}

/** What an archive holds belongs to what the archive is; archives without a name of their own are looked through. */
function findContained(found: readonly Found[]): readonly DraftRelationship[] {
  const mains = new Map(found.filter(({ software }) => software.isMain).map((main) => [locationKey(main.file.path, main.archive.path), main]));
  return found.flatMap((inner): DraftRelationship[] => {
    let path = inner.software.isMain ? outerPath(inner.archive.path) : inner.archive.path;
    while (path !== undefined) {
      const outer = mains.get(locationKey(inner.file.path, path));
      if (outer !== undefined) return [{ from: outer.component, to: inner.component, kind: 'owns' }];
      path = outerPath(path);
    }
    return [];
  });
}

function locationKey(filePath: string, archivePath: string): string {
  return `${filePath}\0${archivePath}`;
}

/** Path of the archive around another, `undefined` around the file itself. */
function outerPath(path: string): string | undefined {
  if (path === '') return undefined;
  const end = path.lastIndexOf('!/');
  return end < 0 ? '' : path.slice(0, end);
}

/** Edges from poms to what is in the same file, or else in the same folder: there class paths are made of. */
function resolveDependencies(found: readonly Found[]): readonly DraftRelationship[] {
  const inFile = new Map<string, Found>();
  const inFolder = new Map<string, Found>();
  for (const candidate of found) {
    const { file, component } = candidate;
    const [fileKey, folderKey] = [locationKey(file.path, component.name), locationKey(parentPath(file.path), component.name)];
    if (!inFile.has(fileKey)) inFile.set(fileKey, candidate);
    if (!inFolder.has(folderKey)) inFolder.set(folderKey, candidate);
  }
  return found.flatMap(({ file, software, component }) =>
    software.dependencies.flatMap((name): DraftRelationship[] => {
      const to = inFile.get(locationKey(file.path, name)) ?? inFolder.get(locationKey(parentPath(file.path), name));
      return to === undefined || to.component === component ? [] : [{ from: component, to: to.component, kind: 'depends-on' }];
    }),
  );
}

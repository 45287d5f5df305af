import { ecosystems, type Ecosystem } from '../../catalogue.js';
import { licence } from '../../licences/licence.js';
import { namedLicenceExpression } from '../../licences/licence-names.js';
import { packageUrl } from '../../package-url.js';
import { defineCataloguer, type Assembly, type CatalogueView, type ComponentDraft, type ViewFile } from '../cataloguer.js';
import { mayBeExecutable } from '../executable-path.js';
import { ExecutableScanner, type ExecutableFact } from './executable-scanner.js';
import { archiveEndings, fileKind, isArchiveName } from './file-kind.js';
import type { PackageNote } from './parse-package-note.js';

/**
 * Programs, shared libraries and archives: which there are, for the list of files nobody accounts for, and the packages
 * that notes in them name, for those that no package database has.
 */
export const executablesCataloguer = defineCataloguer<ExecutableFact>({
  name: 'executables',
  version: 2,
  candidates: { programs: true, endings: archiveEndings },
  wants: (path, _mode, sizeBytes) => sizeBytes > 0 && (mayBeExecutable(path) || isArchiveName(path)),
  scan({ path }, head) {
    const kind = fileKind(path, head);
    return kind === undefined ? undefined : new ExecutableScanner(kind, head);
  },
  assemble(view): Assembly {
    const noted = view.files.flatMap((file) => (file.fact.note === undefined ? [] : [{ file, note: file.fact.note }]));
    return {
      components: [],
      guesses: noted.map(({ file, note }) => makeComponent(view, file, note)),
      diagnostics: view.files.flatMap(({ path, fact: { packedBy } }) =>
        packedBy === undefined ? [] : [{ code: 'executables-packed-program', severity: 'incomplete' as const, message: `The program is packed by ${packedBy}, so what it was built from cannot be read.`, path }],
      ),
    };
  },
});

function makeComponent(view: CatalogueView<ExecutableFact>, file: ViewFile<ExecutableFact>, note: PackageNote): ComponentDraft {
  const { type, name, version, architecture, os, osVersion } = note;
  const isSame = ({ note: other }: ExecutableFact): boolean => other?.name === name && other.version === version;
  const ecosystem = (ecosystems as readonly string[]).includes(type) ? (type as Ecosystem) : 'generic';
  const distro = os === undefined ? undefined : osVersion === undefined ? os : `${os}-${osVersion}`;
  return {
    ecosystem,
    name,
    version,
    packageUrl: packageUrl({
      type: ecosystem,
      namespace: ecosystem === 'generic' ? undefined : os,
      name,
      version,
      qualifiers: { arch: architecture, distro },
    }),
    ...(architecture === undefined ? {} : { architecture }),
    licences: note.licence === undefined ? [] : [licence(note.licence, namedLicenceExpression(note.licence))],
    locations: [view.location(file.path, view.introducedIn(file, isSame))],
    evidence: { technique: 'binary-analysis', confidence: 0.9 },
  };
}

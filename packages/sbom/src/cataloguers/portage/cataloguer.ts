import { baseName, joinPath, parentPath } from '../../layers/layer-path.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { distroQualifier } from '../distribution-qualifiers.js';
import { assembleRecords, type PackageRecord, type RecordFact } from '../record-files.js';

const database = /(?:^|\/)var\/db\/pkg\/[^/]+\/[^/]+\/(?:CONTENTS|LICENSE)$/;

/** Versions of ebuilds (PMS 3.2): `1.2.3b_rc1-r2`. */
const folderName = /^(?<name>[\w+][\w+-]*?)-(?<version>\d+(?:\.\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d*)*(?:-r\d+)?)$/;

/** Gentoo: a folder for each installed package, whose name is all there is of its identity. */
export const portageCataloguer = defineCataloguer<RecordFact>({
  name: 'portage',
  version: 1,
  candidates: { names: ['CONTENTS', 'LICENSE'] },
  wants: (path) => (path.endsWith('/CONTENTS') || path.endsWith('/LICENSE')) && database.test(path),
  extract({ path, content }): Extraction<RecordFact> {
    const text = content.toString();
    if (baseName(path) === 'LICENSE') return { fact: { licences: declaredLicences(text) } };
    const record = recordOf(parentPath(path));
    if (record !== undefined) return { fact: { records: [{ ...record, files: installedFiles(text) }] } };
    return { diagnostics: [{ code: 'portage-folder-without-version', severity: 'incomplete', message: 'A folder of Portage’s database is not named after a package and its version.' }] };
  },
  assemble: (view) =>
    assembleRecords(view, {
      ecosystem: 'ebuild',
      ownsFiles: true,
      isOwn: (path) => path.startsWith('var/db/pkg/'),
      companions: (path) => [joinPath(parentPath(path), 'LICENSE')],
      packageUrl: ({ name, version }) => {
        const slash = name.indexOf('/');
        return { type: 'ebuild', namespace: name.slice(0, slash), name: name.slice(slash + 1), version, qualifiers: { distro: distroQualifier(view.distribution) } };
      },
    }),
});

/** Its name is `category/package`. */
function recordOf(folder: string): PackageRecord | undefined {
  const { name, version } = folderName.exec(baseName(folder))?.groups ?? {};
  return name === undefined || version === undefined ? undefined : { name: `${baseName(parentPath(folder))}/${name}`, version };
}

/** `obj PATH MD5 TIME`, `sym PATH -> TARGET TIME`, `dir PATH`; a path may hold blanks. */
function installedFiles(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => /^(?:obj \/(.+) [0-9a-f]{32} \d+|sym \/(.+?) -> .*)$/.exec(line)?.slice(1).find((path) => path !== undefined) ?? [])
    .join('\n');
}

/** Words of the licence expression; what depends on USE flags, and choices, are not resolved. */
function declaredLicences(text: string): readonly string[] {
  return [...new Set(text.split(/\s+/).filter((word) => /^[A-Za-z0-9][\w.+-]*$/.test(word)))];
}

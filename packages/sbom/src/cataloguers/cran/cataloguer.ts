import { parentPath } from '../../layers/layer-path.js';
import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { parseControl } from '../dpkg/parse-control.js';
import { assembleRecords, presentFields, type PackageRecord, type RecordFact } from '../record-files.js';

const libraryFolder = /(?:^|\/)(?:site-)?library\/[^/]+\/DESCRIPTION$/;

/** R packages as they are installed: a folder in a library, with the DESCRIPTION the package was built from. */
export const cranCataloguer = defineCataloguer<RecordFact>({
  name: 'cran',
  version: 1,
  candidates: { names: ['DESCRIPTION'] },
  wants: (path) => path.endsWith('/DESCRIPTION'),
  extract({ path, content }): Extraction<RecordFact> {
    const [stanza] = parseControl(content.toString()).stanzas;
    const record = stanza === undefined ? undefined : recordOf(stanza, libraryFolder.test(path));
    return record === undefined ? {} : { fact: { records: [record] } };
  },
  assemble: (view) =>
    assembleRecords(view, { ecosystem: 'cran', folders: (path) => [parentPath(path)], packageUrl: ({ name, version }) => ({ type: 'cran', name, version }) }),
});

/** Outside a library, only an installed package says which R it was built for (Writing R Extensions, 1.1.1). */
function recordOf(fields: ReadonlyMap<string, string>, isInLibrary: boolean): PackageRecord | undefined {
  const [name = '', version = ''] = [fields.get('package'), fields.get('version')];
  if ((!fields.has('built') && !isInLibrary) || !isIdentifier(name) || !isIdentifier(version)) return undefined;
  const licence = fields.get('license');
  const needed = ['depends', 'imports', 'linkingto'].flatMap((field) => (fields.get(field) ?? '').split(','));
  return {
    name,
    version,
    licences: licence === undefined ? [] : [licence.replace(/\s*[+|]\s*file LICEN[CS]E$/, '').trim()],
    ...presentFields({ description: fields.get('title'), homepage: fields.get('url')?.split(/[,\s]/, 1)[0], supplier: fields.get('maintainer') }),
    dependencies: needed.flatMap((term) => /^\s*([A-Za-z][\w.]*)/.exec(term)?.[1] ?? []).filter((name) => name !== 'R'),
  };
}
